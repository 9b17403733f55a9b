// tries: to run its own code in whoever looks at what it throws
// expect: error
function run(input) {
  const trap = () => {
    throw new Proxy({}, handler);
  };
  const handler = { get: trap, has: trap, getPrototypeOf: trap, ownKeys: trap, getOwnPropertyDescriptor: trap };
  throw new Proxy({}, handler);
}
