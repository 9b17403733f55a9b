// tries: to pass its own error off as the sandbox's
// expect: error
function run(input) {
  throw new Error("Script execution timed out.");
}
