// tries: to never end while its top level is evaluated
// expect: timeout
class Forever {
  static {
    for (;;) {}
  }
}
function run(input) {
  return "never";
}
