// tries: a fill over a huge sparse array, known to abort the process
// expect: timeout memory crashed error
function run(input) {
  const all = [];
  all[2 ** 32 - 2] = 1;
  return all.fill(0).length;
}
