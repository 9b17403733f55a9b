// tries: to use all memory with closures in a Map
// expect: memory timeout
function run(input) {
  const all = new Map();
  for (let i = 0; ; i++) all.set(i, () => all.get(i - 1));
}
