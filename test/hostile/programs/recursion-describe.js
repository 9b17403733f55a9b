// tries: to leave no stack to whoever describes what it throws
// expect: error timeout
function run(input) {
  const dig = () => {
    try {
      return dig();
    } catch (error) {
      error.message = { toString: dig };
      Object.defineProperty(error, "name", { get: dig });
      throw error;
    }
  };
  return dig();
}
