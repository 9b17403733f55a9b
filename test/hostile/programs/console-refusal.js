// tries: to catch what the printing of a value throws, and to throw it as its own result
// expect: success error
function run(input) {
  const circle = {};
  circle.self = circle;
  for (const value of [circle, 1n, () => 1, new Array(200000).fill("x".repeat(10)), { toJSON: () => Symbol() }, new Map([[1, circle]])]) {
    try {
      console.log(value);
    } catch (caught) {
      if (Object.getPrototypeOf(caught) === Object.prototype && Reflect.ownKeys(caught).length === 0) return "caught one of the entry's own";
    }
  }
  return "contained";
}
