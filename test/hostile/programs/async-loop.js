// tries: to never end after an await
// expect: timeout
async function run(input) {
  await null;
  for (;;) {}
}
