// tries: a built-in that the isolate cannot interrupt
// expect: timeout memory error
function run(input) {
  return String((7n ** 4000000n) ** 7n).length;
}
