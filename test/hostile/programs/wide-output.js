// tries: to return ten million numbers
// expect: invalid_output timeout memory
function run(input) {
  return new Array(10000000).fill(0);
}
