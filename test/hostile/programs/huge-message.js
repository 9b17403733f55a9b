// tries: to throw 16 MB of message
// expect: error
function run(input) {
  throw new Error("m".repeat(16 * 1024 * 1024));
}
