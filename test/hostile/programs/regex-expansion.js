// tries: a short pattern that unfolds into a huge machine
// expect: success error timeout memory crashed
// output: false
function run(input) {
  return new RegExp("(?:(?:(?:(?:a{1,99}b){1,99}c){1,99}d){1,99}e){1,99}").test("ab".repeat(1000));
}
