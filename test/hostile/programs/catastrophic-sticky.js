// tries: a slow pattern kept at module level, in a case-insensitive unicode search
// expect: timeout
const slow = /(?:(?:[a-zß]+)*)*\d$/giu;
function run(input) {
  return "ſtraßE".repeat(30).search(slow);
}
