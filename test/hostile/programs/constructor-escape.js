// tries: the way out of vm2: constructors up to the host's Function
// expect: success
function run(input) {
  const root = input.constructor.constructor("return this")();
  const seen = ["process", "require", "module", "Buffer", "fetch", "setTimeout", "WebAssembly", "SharedArrayBuffer"];
  const found = seen.filter((name) => root[name] !== undefined);
  return found.length === 0 ? "contained" : found;
}
