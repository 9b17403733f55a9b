// tries: a toJSON that always gives one more toJSON
// expect: invalid_output timeout
function run(input) {
  const next = () => ({ toJSON: next });
  return next();
}
