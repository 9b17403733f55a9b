// tries: to overflow the stack of whoever reads its result
// expect: error invalid_output
function run(input) {
  return {
    get answer() {
      return this.answer;
    },
  };
}
