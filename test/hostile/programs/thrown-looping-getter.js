// tries: to hang whoever reads the message of what it throws
// expect: timeout
function run(input) {
  throw {
    get message() {
      for (;;) {}
    },
  };
}
