// tries: to patch what the entry uses to report
// expect: success
function run(input) {
  const evil = () => "patched";
  for (const [owner, name] of [
    [JSON, "stringify"],
    [JSON, "parse"],
    [Object, "keys"],
    [Array, "isArray"],
    [Promise.prototype, "then"],
    [Array.prototype, "map"],
    [RegExp.prototype, "exec"],
  ]) {
    try {
      owner[name] = evil;
    } catch {}
    try {
      Object.defineProperty(owner, name, { value: evil });
    } catch {}
  }
  try {
    Object.prototype.toJSON = evil;
  } catch {}
  return "contained";
}
