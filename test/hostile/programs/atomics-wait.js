// tries: to sleep
// expect: error
function run(input) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  return "slept";
}
