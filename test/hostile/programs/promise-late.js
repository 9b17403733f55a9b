// tries: to go on after its answer was given
// expect: timeout error
async function run(input) {
  Promise.resolve().then(() => Promise.resolve().then(() => {
    for (;;) {}
  }));
  return "answered";
}
