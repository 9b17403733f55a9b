// tries: a regex with exponential backtracking
// expect: timeout
function run(input) {
  return /^(a+)+$/.test("a".repeat(40) + "b");
}
