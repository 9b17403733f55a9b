// tries: to overflow the compiler of regular expressions
// expect: error timeout
function run(input) {
  return new RegExp("(?:".repeat(500000) + ")".repeat(500000)).test("a");
}
