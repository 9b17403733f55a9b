// tries: a hundred thousand promises that wait for each other
// expect: success timeout memory
async function run(input) {
  let last = Promise.resolve();
  const all = [];
  for (let i = 0; i < 100000; i++) all.push((last = last.then(() => i)));
  return (await Promise.all(all)).length === 100000 ? "contained" : "";
}
