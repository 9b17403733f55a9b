// tries: to import a module of Node
// expect: error
async function run(input) {
  const fs = await import("node:fs");
  return fs.readFileSync("/etc/passwd", "utf8");
}
