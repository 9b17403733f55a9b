// tries: to leave JavaScript
// expect: error
function run(input) {
  return new WebAssembly.Memory({ initial: 1 }).buffer.byteLength;
}
