// tries: to throw 16 MB of name, message and stack, each made anew
// expect: error
// expect quickjs: error timeout memory
function run(input) {
  const huge = () => "m".repeat(16 * 1024 * 1024) + "program.js:" + "9".repeat(1000);
  const error = new Error("x");
  for (const name of ["name", "message", "stack"]) Object.defineProperty(error, name, { get: huge });
  throw error;
}
