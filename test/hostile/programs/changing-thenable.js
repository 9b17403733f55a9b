// tries: a then that is something else each time it is read
// output: {"then":1}
// expect: timeout error invalid_output success
function run(input) {
  let reads = 0;
  return {
    get then() {
      return reads++ === 0 ? () => {} : reads % 2 === 0 ? (done) => done({ then: 1 }) : undefined;
    },
  };
}
