// tries: to hang the closing of an iterator, after being stopped once
// expect: timeout
function run(input) {
  const iterable = {
    [Symbol.iterator]: () => ({
      next: () => ({ done: false, value: 1 }),
      return() {
        for (;;) {}
      },
    }),
  };
  for (const one of iterable) return one;
}
