// tries: the same in split
// expect: timeout
function run(input) {
  return ("x".repeat(40) + "y").split(/(?:x|xx)+z/).length;
}
