// tries: to keep what it uses just below its bound, for good
// expect: success memory timeout
function run(input) {
  const all = [];
  for (let i = 0; i < 40; i++) all.push(new Float64Array(100000).fill(i));
  return all.length === 40 ? "contained" : "";
}
