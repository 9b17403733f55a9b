// tries: a flood of promises that are rejected
// expect: error timeout memory crashed
// expect quickjs: success error timeout
// output: "looks done"
function run(input) {
  for (let i = 0; i < 1000000; i++) Promise.reject(i);
  return "looks done";
}
