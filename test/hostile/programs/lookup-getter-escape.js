// tries: the ways out of vm2 by accessors (issues 175, 184; CVE-2026-44008): getters that see the host's objects pass by
// expect: success
function run(input) {
  const seen = [];
  const spy = {
    configurable: true,
    get() {
      seen.push(this);
      return undefined;
    },
    set(value) {
      seen.push(this, value);
    },
  };
  for (const owner of [Object.prototype, Array.prototype, Function.prototype, Error.prototype, Promise.prototype, String.prototype]) {
    for (const name of ["get", "set", "value", "then", "0", "1", "length", "message", "toJSON", "timeout", "reference", Symbol.species]) {
      try {
        Object.defineProperty(owner, name, spy);
      } catch {}
      try {
        owner.__defineGetter__(name, spy.get);
      } catch {}
    }
  }
  const up = Object.prototype.__lookupGetter__("__proto__");
  let it = console.log;
  for (let i = 0; i < 10 && it; i++, it = up.call(it)) {
    try {
      if (it.constructor.constructor("return process")()) return "escaped";
    } catch {}
  }
  return seen.every((x) => x === Object.prototype || x === undefined || Object.getPrototypeOf(Object(x)) !== null) &&
    !Object.hasOwn(Array.prototype, "0")
    ? "contained"
    : "spied";
}
