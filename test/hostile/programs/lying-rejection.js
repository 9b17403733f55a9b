// tries: to pass a rejection of its own off as the sandbox's
// expect: error
// expect quickjs: success error timeout
// output: "looks done"
function run(input) {
  Promise.reject(new Error("Script execution timed out."));
  return "looks done";
}
