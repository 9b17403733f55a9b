// tries: to return one of everything that is no JSON, each looking like something that is
// expect: invalid_output error
function run(input) {
  const date = new Date(Number.NaN);
  date.toJSON = () => "now";
  return [date];
}
