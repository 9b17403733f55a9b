// tries: to hang the writing of its result
// expect: timeout
function run(input) {
  return {
    toJSON() {
      for (;;) {}
    },
  };
}
