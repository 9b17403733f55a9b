// tries: the built-ins that count to 2^53
// expect: timeout
function run(input) {
  return [].reverse.call({ length: 2 ** 53 - 1, 0: "first" });
}
