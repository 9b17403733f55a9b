// tries: a sort that the isolate cannot interrupt
// expect: timeout memory
function run(input) {
  const all = new Float64Array(8000000);
  for (let i = 0; i < all.length; i++) all[i] = (i * 7919) % 1000003;
  return Array.from(all).sort()[0];
}
