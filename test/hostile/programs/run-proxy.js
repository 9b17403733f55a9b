// tries: to be a Proxy that acts when it is looked at
// expect: timeout error
const loop = () => {
  for (;;) {}
};
const run = new Proxy(function () {}, { get: loop, has: loop, apply: loop, getPrototypeOf: loop, ownKeys: loop, getOwnPropertyDescriptor: loop });
