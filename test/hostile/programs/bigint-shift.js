// tries: numbers of a billion bits by shifting
// expect: error timeout memory crashed
function run(input) {
  let n = 1n << 2n ** 29n;
  for (let i = 0; i < 100; i++) n = (n << 1n) | BigInt.asUintN(2 ** 29, -n);
  return n.toString(3).length;
}
