// tries: to use all memory with strings
// expect: memory timeout error
function run(input) {
  const all = [];
  for (;;) all.push(("x" + all.length).repeat(1000000).split("").join("-"));
}
