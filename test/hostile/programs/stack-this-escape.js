// tries: the way out of vm2 (CVE-2022-36067, CVE-2023-29017): call sites from an Error or a prepareStackTrace of its own
// expect: success
function run(input) {
  const found = [];
  const take = (_, sites) => {
    for (const site of sites) {
      try {
        const it = site.getThis() ?? site.getFunction();
        if (it && it !== globalThis) found.push("site");
        if (it?.process) found.push("process");
      } catch {}
    }
    return sites;
  };
  const globals = [globalThis, (0, eval)("this"), Function("return this")()];
  for (const root of globals) {
    for (const change of [
      () => (root.Error = { prepareStackTrace: take }),
      () => (root.Error.prepareStackTrace = take),
      () => Object.defineProperty(Object.prototype, "prepareStackTrace", { value: take }),
      () => Object.defineProperty(Function.prototype, "prepareStackTrace", { get: () => take }),
      () => (root.Error.stackTraceLimit = { valueOf: take }),
    ]) {
      try {
        change();
      } catch {}
    }
  }
  const holder = {};
  try {
    class Own extends Error {
      static prepareStackTrace = take;
    }
    Error.captureStackTrace(holder);
    void [new Own("x").stack, holder.stack, new TypeError("x").stack].map(String);
    null.x;
  } catch (error) {
    void error.stack;
  }
  if (/file:|node:|[\\/]/.test(String(holder.stack) + new Error("x").stack)) found.push("paths");
  return found.length === 0 ? "contained" : found;
}
