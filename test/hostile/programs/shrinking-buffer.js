// tries: to shrink memory while a built-in works on it
// expect: success error timeout
function run(input) {
  const attempts = [];
  const make = () => {
    const buffer = new ArrayBuffer(1 << 16, { maxByteLength: 1 << 17 });
    return { buffer, view: new Float64Array(buffer).fill(1.5), drop: { valueOf: () => (buffer.resize(8), 3) } };
  };
  for (const act of [
    ({ view, drop }) => view.fill(drop),
    ({ view, drop }) => view.fill(1, 0, drop),
    ({ view, drop }) => view.set([drop, 1, 2], 100),
    ({ view, drop }) => view.slice(0, drop),
    ({ view, drop }) => view.subarray(drop, 1000)[999],
    ({ view, drop }) => view.copyWithin(0, 4000, drop),
    ({ view, drop }) => view.indexOf(2, drop),
    ({ view, drop }) => view.lastIndexOf(2, drop),
    ({ view, drop }) => view.with(5000, drop),
    ({ view, buffer }) => view.sort(() => (buffer.resize(8), -1)),
    ({ view, buffer }) => view.map(() => (buffer.resize(8), 1)),
    ({ view, buffer }) => view.join({ toString: () => (buffer.resize(8), "-") }),
    ({ buffer, drop }) => new DataView(buffer, 1000).setFloat64(0, drop),
    ({ buffer, drop }) => new Uint8Array(buffer, 8, drop),
    ({ view, buffer }) => Float64Array.from(view, () => (buffer.resize(8), 1)),
    ({ view, buffer }) => [...view].concat(view, (buffer.transfer?.(4), view)),
    ({ buffer, drop }) => buffer.slice(drop, 60000),
  ]) {
    const it = make();
    try {
      act(it);
    } catch {}
    try {
      attempts.push(it.view.length, it.view[5000]);
    } catch {}
  }
  return attempts.every((n) => n === undefined || n <= 1 << 14) ? "contained" : attempts;
}
