// tries: to use all memory and to go on where that fails
// expect: memory timeout error crashed
function run(input) {
  const all = [];
  for (;;) {
    try {
      all.push(new Array(1 << 20).fill({}));
    } catch {
      try {
        all.push("x".repeat(1 << 20) + all.length);
      } catch {}
    }
  }
}
