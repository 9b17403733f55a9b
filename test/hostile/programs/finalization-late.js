// tries: the way past vm2's time limit (GHSA-r4fx-v8hh-22mv): code that runs when garbage is collected
// expect: error
function run(input) {
  const registry = new FinalizationRegistry(() => {
    for (;;) {}
  });
  for (let i = 0; i < 100000; i++) registry.register({}, i);
  return "registered";
}
