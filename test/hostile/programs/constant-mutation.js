// tries: to change one constant while another is made
// expect: success
const box = { n: 0, list: [0] };
const bump = { valueOf: () => (box.list.push(1), ++box.n) };
const first = bump - 1;
const second = bump + "";
function run(input) {
  const kept = [box.n, box.list.length, first, second].join();
  try {
    void -bump;
  } catch {}
  return kept === "2,3,0,2" ? "contained" : kept;
}
