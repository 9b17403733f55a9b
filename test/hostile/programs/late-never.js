// tries: to pass for a program that the machine kept from running, and so to be tried again and again
// expect: timeout
function run(input) {
  let n = 0;
  for (let i = 0; i < 30000000; i++) n ^= i;
  return new Promise(() => n);
}
