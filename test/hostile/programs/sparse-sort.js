// tries: to sort four billion holes
// expect: timeout memory error
function run(input) {
  const all = [];
  all.length = 2 ** 32 - 1;
  return all.toSorted().length + all.sort().length;
}
