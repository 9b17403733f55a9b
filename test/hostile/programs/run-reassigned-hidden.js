// tries: the same, by the kinds of assignment that are easily overlooked
// expect: success error
const state = { times: 0 };
function run(input) {
  const first = helper() === 1;
  try {
    [helper = () => 2] = [];
    ({ x: helper = () => 2 } = {});
    for (helper of [() => 2]);
    for (helper in { x: 1 });
    helper ??= () => 2;
    helper &&= () => 2;
  } catch {}
  try {
    state.times++;
  } catch {}
  return first && state.times <= 1 ? "contained" : "replaced";
}
function helper() {
  return 1;
}
