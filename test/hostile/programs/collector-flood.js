// tries: to spend its time in the collector's threads, not in its own
// expect: timeout memory success
function run(input) {
  let kept = [];
  for (let round = 0; round < 400; round++) {
    const next = new Array(20000);
    for (let i = 0; i < next.length; i++) next[i] = { before: kept[i % 7], round };
    kept = next.slice(0, 7);
  }
  return kept.length === 7 ? "contained" : "";
}
