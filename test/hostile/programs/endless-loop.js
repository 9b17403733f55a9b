// tries: to never end
// expect: timeout
function run(input) {
  for (;;) {}
}
