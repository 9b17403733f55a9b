// tries: to overflow the stack where the overflow is handled
// expect: error timeout
function run(input) {
  try {
    return run(input);
  } catch {
    return run(input);
  }
}
