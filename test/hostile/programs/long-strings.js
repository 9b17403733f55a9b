// tries: 2^28 characters, made in every way, and worked on as a whole
// expect: timeout memory error crashed
function run(input) {
  const long = "ab".padEnd(2 ** 28, "cd");
  return [...long.toUpperCase().normalize("NFKD").replaceAll("C", "xyz")].reverse().join("").length;
}
