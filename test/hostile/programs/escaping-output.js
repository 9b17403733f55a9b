// tries: to return what grows sixfold when it is written
// expect: invalid_output
// expect quickjs: invalid_output timeout
function run(input) {
  return "\u0000".repeat(900000);
}
