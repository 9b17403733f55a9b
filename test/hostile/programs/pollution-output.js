// tries: to pollute the prototypes of whoever reads its result
// expect: success
// output: {"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"then":"no"}
function run(input) {
  return JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "then": "no"}');
}
