// tries: to use all memory with arrays
// expect: memory timeout
function run(input) {
  const all = [];
  for (;;) all.push(new Array(100000).fill(all.length));
}
