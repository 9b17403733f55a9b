// tries: to use all memory with errors and their stacks
// expect: memory timeout error
function run(input) {
  let cause;
  for (;;) cause = new AggregateError([cause, new Error("m".repeat(10000), { cause })], "m", { cause });
}
