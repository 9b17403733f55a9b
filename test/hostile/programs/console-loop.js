// tries: to hang the printing of a value
// expect: timeout success error
function run(input) {
  const loop = () => {
    for (;;) {}
  };
  console.log({ toString: loop, toJSON: loop, get x() { return loop(); }, [Symbol.toPrimitive]: loop });
  return "contained";
}
