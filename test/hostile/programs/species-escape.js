// tries: the way out of vm2 (CVE-2023-37466, CVE-2026-22709): an async function's rejection, handled through species
// expect: success error
async function run(input) {
  const seen = [];
  const fails = async () => {
    const error = new Error();
    error.name = Symbol();
    return error.stack;
  };
  const promise = fails();
  try {
    promise.constructor = {
      [Symbol.species]: class {
        constructor(executor) {
          executor(
            () => {},
            (error) => seen.push(error),
          );
        }
      },
    };
    promise.then();
  } catch {}
  await promise.catch((error) => seen.push(error));
  for (const error of seen) {
    try {
      if (error.constructor.constructor("return process")()) return "escaped";
    } catch {}
  }
  return "contained";
}
