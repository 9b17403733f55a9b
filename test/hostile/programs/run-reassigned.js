// tries: to become another program while it runs
// expect: success
function run(input) {
  run = () => "replaced";
  try {
    (0, eval)("run = () => 'replaced'; var run = 1");
  } catch {}
  return "contained";
}
