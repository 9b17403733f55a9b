// tries: to answer with an async generator that pretends to be a promise
// expect: timeout error invalid_output success
async function* run(input) {
  for (;;) yield input;
}
Object.defineProperty(run, "then", { get() { for (;;) {} } });
run.prototype.then = function (done) {
  for (;;) done();
};
