// tries: to overflow the stack
// expect: error
function run(input) {
  return 1 + run(input);
}
