// tries: to return 64 MB in pieces of one text
// expect: invalid_output
function run(input) {
  return new Array(64).fill("x".repeat(1024 * 1024));
}
