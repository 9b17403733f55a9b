// tries: to overflow the stack inside built-ins that call themselves
// expect: success error timeout memory
function run(input) {
  const deep = (wrap, start) => {
    let value = start;
    for (let i = 0; i < 20000; i++) value = wrap(value);
    return value;
  };
  const tries = [
    () => deep((f) => f.bind(), Object) instanceof Object,
    () => ({}) instanceof deep((f) => f.bind(), Object),
    () => deep((p) => new Proxy(p, {}), {}).x,
    () => Array.isArray(deep((p) => new Proxy(p, {}), [])),
    () => Object.getPrototypeOf(deep((p) => new Proxy(p, {}), {})),
    () => deep((a) => [a], []).flat(Infinity),
    () => String(deep((a) => [a], [])),
    () => JSON.stringify(deep((a) => [a], [])),
    () => JSON.parse("[".repeat(200000) + "]".repeat(200000)),
    () => "a".repeat(50000).replace(/a/g, () => deep((f) => f.bind(), String)(1)),
    () => Object.create(deep((p) => new Proxy(Object.create(p), {}), {})).missing,
    () => (0, eval)("(".repeat(50000) + ")".repeat(50000)),
    () => Function("return " + "[".repeat(50000) + "]".repeat(50000)),
    () => Function("return " + "a?".repeat(50000) + "1" + ":1".repeat(50000)),
  ];
  for (const attempt of tries) {
    try {
      attempt();
    } catch {}
  }
  return "contained";
}
