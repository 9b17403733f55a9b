// tries: to never end in what a harmless-looking constant calls
// expect: timeout error
const one = {
  valueOf: () => {
    for (;;) {}
  },
};
const minus = -one;
function run(input) {
  return minus;
}
