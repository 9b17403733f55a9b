// tries: to reserve far more memory than there is
// expect: error timeout memory crashed success
function run(input) {
  const all = [];
  for (let i = 0; i < 64; i++) all.push(new ArrayBuffer(8, { maxByteLength: 2 ** 32 }));
  for (const buffer of all) buffer.resize(2 ** 31);
  return all.length === 64 ? "contained" : "";
}
