// tries: splitting 2^28 characters
// expect: timeout memory crashed error
function run(input) {
  return "a".repeat(2 ** 28).split("").length;
}
