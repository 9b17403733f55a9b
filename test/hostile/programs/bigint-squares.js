// tries: squaring until the process gives up
// expect: timeout memory error crashed
function run(input) {
  let n = 3n;
  for (;;) n *= n;
}
