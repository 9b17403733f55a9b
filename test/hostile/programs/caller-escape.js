// tries: to reach the entry function through caller
// expect: success
function run(input) {
  try {
    return run.caller ? "escaped" : "contained";
  } catch {
    return "contained";
  }
}
