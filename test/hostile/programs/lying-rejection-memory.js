// tries: to pass a rejection of its own off as an isolate that ran out of memory
// expect: error
// expect quickjs: success error timeout
// output: "looks done"
function run(input) {
  Promise.reject(new RangeError("Isolate was disposed during execution due to memory limit"));
  return "looks done";
}
