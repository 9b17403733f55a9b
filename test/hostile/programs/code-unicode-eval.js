// tries: eval and constructor in letters that a reader of the source might not know
// expect: success crashed
function run(input) {
  const root = \u0065val("typeof process + typeof require");
  const other = (() => 1).\u0063onstructor("return typeof process + typeof require")();
  return root + other === "undefined".repeat(4) ? "contained" : "escaped";
}
