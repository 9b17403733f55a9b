// tries: to hang the reading of its result
// expect: timeout
function run(input) {
  return {
    get answer() {
      for (;;) {}
    },
  };
}
