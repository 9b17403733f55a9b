// tries: to write four billion holes as text
// expect: error timeout memory
function run(input) {
  const all = [];
  all[2 ** 32 - 2] = 1;
  return String(all).length + [].concat.apply([], new Array(100000).fill(all)).length;
}
