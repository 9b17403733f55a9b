// tries: to return 64 MB
// expect: invalid_output
// expect quickjs: invalid_output timeout memory
function run(input) {
  return "x".repeat(64 * 1024 * 1024);
}
