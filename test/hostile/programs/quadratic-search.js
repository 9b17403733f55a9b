// tries: a search for text that nearly matches everywhere
// expect: timeout success memory
// output: -1
function run(input) {
  const half = "ab".repeat(1000000);
  let at = -1;
  for (let i = 0; i < 100; i++) at = (half + "ac" + half).lastIndexOf("c" + half + "c", half.length - i);
  return at;
}
