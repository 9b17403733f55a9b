// tries: to hang the evaluation of its constants, before any call
// expect: timeout error memory crashed
const power = (7n ** 4000000n) ** 7n;
function run(input) {
  return "never";
}
