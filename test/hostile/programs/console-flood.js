// tries: to print without end
// expect: timeout memory
function run(input) {
  for (;;) console.log("x".repeat(100000), [1, { two: 3 }], input);
}
