// tries: to answer with a generator that never ends
// expect: success invalid_output error
// output: {}
function* run(input) {
  for (;;) yield input;
}
