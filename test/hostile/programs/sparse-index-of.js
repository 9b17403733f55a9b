// tries: the built-ins that look for something 2^53 times
// expect: timeout
function run(input) {
  return [].indexOf.call({ length: 2 ** 53 - 1 }, 99) + [].lastIndexOf.call({ length: 2 ** 53 - 1 }, 99);
}
