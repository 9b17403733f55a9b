// tries: the same with a real error
// expect: timeout
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
