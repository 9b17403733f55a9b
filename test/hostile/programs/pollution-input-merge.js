// tries: to pollute prototypes by what its input carries
// input: {"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}, "name": "x"}, "a": {"__proto__": {"polluted": 1, "toString": 1}}}
// expect: success
function merge(into, from) {
  for (const key in from) {
    if (from[key] !== null && typeof from[key] === "object") merge((into[key] ??= {}), from[key]);
    else
      try {
        into[key] = from[key];
      } catch {}
  }
  return into;
}
function run(input) {
  if (!Object.hasOwn(input, "__proto__") || input.polluted === 1) return "input changed";
  for (const start of [{}, [], () => 1, /x/, new Map(), Object.create(null)]) merge(start, input);
  return [{}, [], () => 1, /x/, "", 1].some((value) => value.polluted) ? "polluted" : "contained";
}
