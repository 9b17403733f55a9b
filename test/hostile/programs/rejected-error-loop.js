// tries: the same with a real error
// expect: timeout
// expect quickjs: success error timeout
// output: "looks done"
function run(input) {
  const error = new Error("x");
  Object.defineProperty(error, "message", {
    get() {
      for (;;) {}
    },
  });
  Promise.reject(error);
  return "looks done";
}
