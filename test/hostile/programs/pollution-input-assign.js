// tries: to become an object with other methods by being given an input
// input: {"__proto__": null, "hasOwnProperty": 1, "valueOf": 2, "then": 3, "toJSON": 4, "length": -1, "constructor": null}
// expect: success
// output: {"__proto__":null,"hasOwnProperty":1,"valueOf":2,"then":3,"toJSON":4,"length":-1,"constructor":null}
function run(input) {
  return Object.fromEntries(Object.entries(input));
}
