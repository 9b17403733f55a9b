// tries: to be asked for its function again and again, by a name that changes what it means
// expect: success error
// output: 1
var calls = 0;
var { get: run = () => ++calls } = {
  get get() {
    calls = 0;
    return undefined;
  },
};
