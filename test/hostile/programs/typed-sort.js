// tries: a sort of typed numbers, with a comparison that lies
// expect: timeout memory error
function run(input) {
  const all = new Float64Array(4000000).map((_, i) => Math.sin(i));
  all.sort();
  return all.sort((a, b) => (a * 1e9) % 3 | 0)[0];
}
