// tries: the same in replace
// expect: timeout
function run(input) {
  return ("x".repeat(40) + "y").replace(/(x+x+)+z/g, "");
}
