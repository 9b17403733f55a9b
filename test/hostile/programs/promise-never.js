// tries: a promise that never settles
// expect: timeout
function run(input) {
  return new Promise(() => {});
}
