// tries: to run its own code in whoever reads its result
// expect: error invalid_output
function run(input) {
  return new Proxy(
    {},
    {
      ownKeys() {
        throw new Error("read");
      },
    },
  );
}
