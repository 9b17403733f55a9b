// tries: to have a hundred million digits read
// expect: timeout memory error crashed
function run(input) {
  return String(BigInt("7".repeat(100000000)) + BigInt(parseInt("1".repeat(100000000))));
}
