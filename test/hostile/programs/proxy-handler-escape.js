// tries: the way out of vm2 (CVE-2023-30547, CVE-2023-32314): an error thrown inside a trap, caught with its host's self
// expect: success
function run(input) {
  const caught = [];
  const throwing = { getPrototypeOf(target) { (function stack() { new Error().stack; stack(); })(); } };
  try {
    try {
      throw new Proxy(() => {}, throwing);
    } catch ({ constructor: c }) {
      caught.push(c);
    }
  } catch (error) {
    caught.push(error.constructor);
  }
  const target = new Proxy(Error, { apply: (_, self, args) => caught.push(self, ...args), get: (t, n) => (caught.push(t), t[n]) });
  try {
    const own = new Error();
    own.name = { toString: new Proxy(() => "", { apply: (_, self, args) => (caught.push(self?.constructor, args.constructor), "") }) };
    void own.stack;
    void String(own);
    void new target("x").stack;
  } catch {}
  for (const it of caught) {
    try {
      const F = typeof it === "function" ? it.constructor : it?.constructor?.constructor;
      if (F("return typeof process + typeof require")() !== "undefinedundefined") return "escaped";
    } catch {}
  }
  return "contained";
}
