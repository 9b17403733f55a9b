// tries: to join an array of nothing into a string of everything
// expect: timeout memory error crashed
function run(input) {
  return new Array(2 ** 28).join("x").concat(Array(2 ** 27).toString()).split(",").length;
}
