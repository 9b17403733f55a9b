// tries: to return an object of a million keys
// expect: invalid_output timeout memory
function run(input) {
  const wide = {};
  for (let i = 0; i < 1000000; i++) wide["key" + i] = i;
  return wide;
}
