// tries: to be a class that must not be called
// expect: error
class Run {
  static [Symbol.hasInstance]() {
    for (;;) {}
  }
  constructor() {
    return { answer: "made" };
  }
}
const run = Run;
