// tries: to overflow whoever reads its result
// expect: invalid_output
function run(input) {
  let nested = [];
  for (let i = 0; i < 20000; i++) nested = [nested];
  return nested;
}
