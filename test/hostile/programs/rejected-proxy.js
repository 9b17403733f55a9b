// tries: to run its own code in whoever reports a rejection
// expect: timeout error
// expect quickjs: success error timeout
// output: "looks done"
function run(input) {
  const trap = () => {
    for (;;) {}
  };
  Promise.reject(new Proxy(new Error("x"), { get: trap, has: trap, getPrototypeOf: trap, ownKeys: trap }));
  return "looks done";
}
