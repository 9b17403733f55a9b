// tries: to never end inside an async generator that is never let go
// expect: timeout
async function* forever() {
  try {
    for (;;) yield await 1;
  } finally {
    for (;;) {}
  }
}
async function run(input) {
  let sum = 0;
  for await (const one of forever()) {
    sum += one;
    if (sum > 1000) break;
  }
  return sum;
}
