// tries: to use all memory with a Map that is its own key and value
// expect: memory timeout
function run(input) {
  let all = new Map();
  for (;;) all = new Map([[all, [new Set([all]), new Map(all)]], ...Array.from({ length: 1000 }, (_, i) => [{ i }, i])]);
}
