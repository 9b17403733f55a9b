// tries: to hang whoever awaits its result
// expect: timeout
function run(input) {
  return {
    then(resolve) {
      resolve(this);
    },
  };
}
