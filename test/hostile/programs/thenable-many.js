// tries: to settle its result many times, with different values
// expect: success
function run(input) {
  return {
    then(done, failed) {
      done("contained");
      done("second");
      failed(new Error("third"));
      Promise.resolve().then(() => done("fourth"));
      throw new Error("fifth");
    },
  };
}
