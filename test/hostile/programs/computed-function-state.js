// tries: sloppy code made by a name put together at run time, in a program that looks harmless
// expect: success error
const make = (code) => ((x) => x)["constr" + "uctor"](code)();
function run(input) {
  const root = make("return this");
  try {
    make("note = (typeof note === 'undefined' ? 0 : note) + 1");
  } catch {}
  return root.process === undefined && root.note === undefined ? "contained" : "left a note";
}
