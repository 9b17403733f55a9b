// tries: to print while it is printed, and to be written while it prints
// expect: success error invalid_output timeout
// output: {"deep":{"deep":"end"}}
function run(input) {
  const make = (depth) => ({
    get deep() {
      console.log(depth === 0 ? "end" : make(depth - 1));
      return depth === 0 ? "end" : make(depth - 1);
    },
  });
  console.log(make(3));
  return make(1);
}
