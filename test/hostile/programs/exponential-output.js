// tries: a small graph that is a huge tree
// expect: invalid_output timeout
function run(input) {
  let tree = ["leaf"];
  for (let i = 0; i < 40; i++) tree = [tree, tree];
  return tree;
}
