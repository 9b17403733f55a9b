// tries: a comparison that changes what is being sorted
// expect: timeout memory error
function run(input) {
  const all = Array.from({ length: 1000 }, (_, i) => i);
  for (;;) {
    all.sort((a, b) => {
      all.push(a, b);
      all.length = all.length > 5000000 ? 10 : all.length;
      return b - a;
    });
  }
}
