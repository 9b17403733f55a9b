// tries: to never end, again after being stopped
// expect: timeout
function run(input) {
  for (;;) {
    try {
      for (;;) {}
    } finally {
      for (;;) {}
    }
  }
}
