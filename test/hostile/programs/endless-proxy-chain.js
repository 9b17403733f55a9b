// tries: to hide an endless loop in the traps of a returned array
// expect: timeout invalid_output
function run(input) {
  return new Proxy([], {
    get: (target, name) => (name === "length" ? Infinity : name === "toJSON" ? undefined : ""),
  });
}
