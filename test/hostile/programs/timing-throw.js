// tries: to spend its budget first and throw then
// expect: timeout error
function run(input) {
  let n = 0;
  for (let i = 0; i < 100000000; i++) n ^= i;
  throw new Error("late " + n);
}
