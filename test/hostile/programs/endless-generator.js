// tries: to never end inside a generator
// expect: timeout
function* forever() {
  for (;;) yield 1;
}
function run(input) {
  let sum = 0;
  for (const one of forever()) sum += one;
  return sum;
}
