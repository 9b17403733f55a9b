// tries: to throw 16 MB of message
// expect: error
// expect quickjs: error timeout memory
function run(input) {
  throw new Error("m".repeat(16 * 1024 * 1024));
}
