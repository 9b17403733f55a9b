// tries: to hang whoever reports a rejection that nobody handles
// expect: timeout
// expect quickjs: success error timeout
// output: "looks done"
function run(input) {
  Promise.reject({
    get message() {
      for (;;) {}
    },
  });
  return "looks done";
}
