// tries: to shrink and to retype arrays while a built-in works on them
// expect: success error timeout
function run(input) {
  const odd = (act) => ({ valueOf: () => (act(), 2), toString: () => (act(), "x"), [Symbol.toPrimitive]: undefined });
  const results = [];
  for (const use of [
    (a, x) => a.fill(0, x),
    (a, x) => a.splice(x, 900, 1, 2, 3),
    (a, x) => a.slice(x, 990),
    (a, x) => a.indexOf(7, x),
    (a, x) => a.lastIndexOf(7, x),
    (a, x) => a.includes(7, x),
    (a, x) => a.copyWithin(0, x, 900),
    (a, x) => a.join(x),
    (a, x) => a.toSpliced(x, 5),
    (a, x) => a.with(x, 1),
    (a, x) => a.at(x),
    (a, x) => a.flat(x),
    (a, x) => String.fromCharCode.apply(null, [...a, x]),
    (a, x) => a.concat([x]).sort(() => (a.length = 0, -1)),
    (a, x) => ((a[500] = x), JSON.stringify(a), a.join(), a.sort()),
    (a, x) => a.reduce((sum, n) => ((a.length = 1), sum + n), x),
  ]) {
    for (const act of [(a) => (a.length = 0), (a) => (a[1e6] = {}), (a) => a.push("s", {}, 1.5), (a) => Object.freeze(a)]) {
      const a = Array.from({ length: 1000 }, (_, i) => i);
      try {
        const made = use(a, odd(() => act(a)));
        results.push(typeof made);
      } catch {}
    }
  }
  return results.every((kind) => typeof kind === "string") ? "contained" : "";
}
