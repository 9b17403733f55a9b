// tries: to pollute Object.prototype by merging its input
// expect: success
function merge(into, from) {
  for (const key of Object.keys(from)) {
    if (from[key] !== null && typeof from[key] === "object") merge((into[key] ??= {}), from[key]);
    else into[key] = from[key];
  }
  return into;
}
function run(input) {
  try {
    merge({}, JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'));
  } catch {}
  return {}.polluted ? "polluted" : "contained";
}
