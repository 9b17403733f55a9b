// tries: to hang or break whoever prints its values
// expect: success error timeout
function run(input) {
  const trap = () => {
    throw new Error("printed");
  };
  const values = [
    new Proxy({}, { get: trap, ownKeys: trap, getPrototypeOf: trap }),
    new Proxy(() => {}, { get: trap, apply: trap }),
    { toString: trap, toJSON: trap, get x() { return trap(); }, [Symbol.toPrimitive]: trap },
    Object.create(null),
    Symbol("x"),
    10n ** 1000n,
    () => {},
    [, , 1],
    new Array(2 ** 32 - 1),
    "\ud800\u2028\n",
    "x".repeat(20 * 1024 * 1024),
  ];
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  values.push(proxy, [values], { self: values });
  for (const name of ["log", "info", "warn", "error", "debug", "trace", "dir", "table", "assert", "group"]) {
    for (const value of values) {
      try {
        console[name](value);
        console[name]("%s %d %o", value, value);
      } catch {}
    }
  }
  return "contained";
}
