// tries: to keep a note in a regular expression that all calls share
// expect: success error
const word = /a/g;
const nested = { deep: [/b/y] };
function run(input) {
  const before = [word.lastIndex, nested.deep[0].lastIndex, word.note, nested.deep[0].note];
  try {
    word.lastIndex = { valueOf: () => 7 };
    nested.deep[0].lastIndex = 5;
  } catch {}
  try {
    word.note = 1;
  } catch {}
  try {
    Object.defineProperty(nested.deep[0], "lastIndex", { value: 3, writable: false });
  } catch {}
  return String(before) === "0,0,," ? "contained" : before.map(String);
}
