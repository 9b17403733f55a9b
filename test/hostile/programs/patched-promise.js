// tries: to get between the entry and the promise it awaits
// expect: success error
async function run(input) {
  const seen = [];
  const evil = function (...handlers) {
    seen.push(handlers);
    return this;
  };
  for (const change of [
    () => (Promise.prototype.then = evil),
    () => Object.defineProperty(Promise.prototype, "then", { value: evil }),
    () => Object.defineProperty(Promise, Symbol.species, { get: () => evil }),
    () => Object.defineProperty(Object.prototype, "then", { get: () => evil }),
    () => Object.setPrototypeOf(Promise.prototype, { then: evil }),
    () => Object.getPrototypeOf(async function () {}).__proto__.constructor.prototype.then = evil,
  ]) {
    try {
      change();
    } catch {}
  }
  await null;
  return seen.length === 0 && Promise.prototype.then !== evil ? "contained" : "patched";
}
