// tries: to keep a note on the function that its source is wrapped in
// expect: success error
var self = typeof arguments === "undefined" ? {} : arguments.callee;
self.note = (self.note || 0) + 1;
function run(input) {
  return self.note === 1 ? "contained" : "kept " + self.note;
}
