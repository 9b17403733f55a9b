// tries: to get hold of the entry's callbacks through a promise's species
// expect: success timeout error
function run(input) {
  const promise = Promise.resolve("contained");
  promise.constructor = {
    [Symbol.species]: function (executor) {
      executor(
        (value) => value,
        () => {},
      );
      for (const name of Object.keys(this)) throw new Error(name);
    },
  };
  return promise;
}
