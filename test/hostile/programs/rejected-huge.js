// tries: to make whoever reports a rejection copy 64 MB
// expect: error timeout memory crashed
// expect quickjs: success error timeout
// output: "looks done"
function run(input) {
  const error = new Error("m".repeat(16 * 1024 * 1024));
  error.stack = "s".repeat(16 * 1024 * 1024);
  error.name = "n".repeat(16 * 1024 * 1024);
  Promise.reject(error);
  return "looks done";
}
