// tries: constants that double, before any call
// expect: success error memory timeout
const a = "0123456789abcdef" + "0123456789abcdef";
const b = a + a + a + a + a + a + a + a;
const c = b + b + b + b + b + b + b + b;
const d = c + c + c + c + c + c + c + c;
const e = d + d + d + d + d + d + d + d;
const f = e + e + e + e + e + e + e + e;
const g = f + f + f + f + f + f + f + f;
const h = g < f || g + g + g + g + g + g + g + g + g > g;
function run(input) {
  return g.length === 32 * 8 ** 6 && h ? "contained" : "";
}
