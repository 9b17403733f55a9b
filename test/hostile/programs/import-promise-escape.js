// tries: the way out of vm2 (CVE-2021-23449): the promise that import gives, and what it is rejected with
// expect: success error
async function run(input) {
  const seen = [];
  for (const name of ["./none.js", "node:fs", ""]) {
    try {
      const promise = import(name);
      seen.push(promise, promise.then, promise.toString);
      await promise.catch((error) => seen.push(error, error?.constructor));
    } catch (error) {
      seen.push(error);
    }
  }
  for (const it of seen) {
    for (const get of [() => it.constructor, () => it.constructor.constructor, () => it.toString.constructor]) {
      try {
        if (get()("return this")().process) return "escaped";
        if (get()("return typeof require")() !== "undefined") return "escaped";
      } catch {}
    }
  }
  return "contained";
}
