// tries: to use all memory outside the heap
// expect: memory timeout error
function run(input) {
  const all = [];
  for (;;) all.push(new Uint8Array(16 * 1024 * 1024).fill(1));
}
