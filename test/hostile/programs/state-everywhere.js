// tries: to leave a note for the next call wherever one might be kept
// expect: success
let counter = 0;
var total = 0;
const kept = new Map();
const finder = /a/g;
function run(input) {
  const notes = [];
  const attempt = (leave, read) => {
    if (read()) notes.push(String(read));
    try {
      leave();
    } catch {}
  };
  attempt(
    () => (globalThis.note = 1),
    () => globalThis.note,
  );
  attempt(
    () => (run.note = 1),
    () => run.note,
  );
  attempt(
    () => counter++,
    () => counter,
  );
  attempt(
    () => total++,
    () => total,
  );
  attempt(
    () => kept.set("note", 1),
    () => kept.size,
  );
  attempt(
    () => finder.test("aa"),
    () => finder.lastIndex,
  );
  attempt(
    () => /(n)ote/.exec("note"),
    () => RegExp.$1,
  );
  attempt(
    () => (Array.prototype.note = 1),
    () => [].note,
  );
  attempt(
    () => (Object.prototype.note = 1),
    () => ({}).note,
  );
  attempt(
    () => (Math.note = 1),
    () => Math.note,
  );
  attempt(
    () => (0, eval)("var evalNote = 1"),
    () => typeof evalNote !== "undefined",
  );
  attempt(
    () => Function("globalThis.functionNote = 1")(),
    () => typeof functionNote !== "undefined",
  );
  attempt(
    () => (Symbol.for("note").description.note = 1),
    () => Symbol.for("note").note,
  );
  attempt(
    () => Object.setPrototypeOf(Array.prototype, { note: 1 }),
    () => [].note,
  );
  return notes.length === 0 ? "contained" : notes;
}
