// tries: to send the reader of its result round in circles
// expect: invalid_output
function run(input) {
  const circle = {};
  circle.self = circle;
  return circle;
}
