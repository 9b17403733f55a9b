// tries: promises that beget promises
// expect: timeout
function run(input) {
  const again = () => Promise.resolve().then(again);
  again();
  return "looks done";
}
