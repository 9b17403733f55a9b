// tries: to keep a note on the function that called it while it was loaded
// expect: success error
function who() {
  return who.caller;
}
var self = who() || {};
try {
  self.note = (self.note || 0) + 1;
  if (self.prototype) self.prototype.note = self.note;
} catch {}
function run(input) {
  return !(self.note > 1) && !(self.prototype?.note > 1) ? "contained" : "kept";
}
