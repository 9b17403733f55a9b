// tries: a slow pattern made from text, with lookahead and back reference
// expect: timeout
function run(input) {
  return new RegExp("^(?=(a+)+$)\\1*b", "u").exec("a".repeat(45) + "!");
}
