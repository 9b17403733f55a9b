// tries: indirect eval, Function and its three siblings, to reach a global that is not locked
// expect: success
function run(input) {
  const makers = [
    Function,
    (0, eval),
    Object.getPrototypeOf(function* () {}).constructor,
    Object.getPrototypeOf(async () => {}).constructor,
    Object.getPrototypeOf(async function* () {}).constructor,
  ];
  const found = [];
  for (const maker of makers) {
    for (const code of [
      "return this",
      "this",
      "return new.target",
      "var leaked = 1; return this",
      "leaked = 1",
      "function leaked() {}",
      "return arguments.callee.caller",
      "this.constructor.constructor('return process')()",
      "}, globalThis.leaked = 1, function () {",
      "/*', a = 1) { return this } //",
    ]) {
      try {
        const made = maker(code);
        const it = typeof made === "function" ? made() : made;
        if (typeof it?.then === "function") it.then(() => {}, () => {});
        if (it?.process || it?.require || it?.hapa) found.push(code);
      } catch {}
    }
  }
  if (typeof leaked !== "undefined" || "leaked" in globalThis) found.push("leaked");
  return found.length === 0 ? "contained" : found;
}
