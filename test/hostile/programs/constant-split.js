// tries: a slow pattern in a list of words
// expect: timeout error
const words = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".split(/(?:a+)+b/);
function run(input) {
  return words;
}
