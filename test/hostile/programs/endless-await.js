// tries: to never end, one microtask at a time
// expect: timeout
async function run(input) {
  for (;;) await null;
}
