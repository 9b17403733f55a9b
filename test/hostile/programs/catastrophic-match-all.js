// tries: a slow pattern found again and again, each time a little later
// expect: timeout
function run(input) {
  let found = 0;
  for (const _ of "a".repeat(60000).matchAll(/a*?b|a{0,30000}?c/g)) found++;
  return found;
}
