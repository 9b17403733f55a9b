// tries: the ways out of vm2 by constructors (issues 177, 179): to be constructed and called by whoever runs it
// expect: error invalid_output timeout
const seen = [];
const trap = (kind) =>
  function (target, ...rest) {
    seen.push(kind, this, ...rest);
    try {
      for (const one of rest) if (one?.constructor?.constructor("return process")()) return "escaped";
    } catch {}
    return Reflect[kind](target, ...rest);
  };
const handler = Object.fromEntries(
  ["apply", "construct", "get", "has", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor"].map((k) => [k, trap(k)]),
);
function run(input) {
  return new Proxy(
    class A {
      then = new Proxy(() => {}, handler);
    },
    handler,
  );
}
