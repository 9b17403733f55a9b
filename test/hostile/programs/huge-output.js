// tries: to return 64 MB
// expect: invalid_output
function run(input) {
  return "x".repeat(64 * 1024 * 1024);
}
