// tries: to use up nearly the whole budget, without a clock
// expect: timeout error success
// output: "counted"
function run(input) {
  let n = 0;
  for (let i = 0; i < 60000000; i++) n ^= i;
  return "counted";
}
