// tries: to hang whoever reports a rejection that nobody handles
// expect: timeout
function run(input) {
  Promise.reject({
    get message() {
      for (;;) {}
    },
  });
  return "looks done";
}
