// tries: every spelling of import and require, from every kind of code
// expect: success error
async function run(input) {
  const got = [];
  const tries = [
    () => import("node:fs"),
    () => import("fs"),
    () => import("data:text/javascript,export default 1"),
    () => import("./engine.js"),
    () => import({ toString: () => "node:child_process" }),
    () => Function("return import('node:fs')")(),
    () => (0, eval)("import('node:fs')"),
    () => Function("return require('fs')")(),
    () => process.binding("fs"),
    () => process.mainModule.require("fs"),
    () => module.constructor._load("fs"),
    () => globalThis[Symbol.for("nodejs.require")]("fs"),
    () => new ShadowRealm().importValue("node:fs", "readFileSync"),
    () => new Worker("x"),
    () => importScripts("x"),
    () => std.loadFile("/etc/passwd"),
    () => os.open("/etc/passwd", 0),
    () => bjson.read(new ArrayBuffer(8), 0, 8),
    () => ivm.Isolate,
    () => new Isolate(),
    () => Deno.readTextFile("/etc/passwd"),
    () => $262.agent,
    () => print(1),
    () => load("x"),
    () => read("/etc/passwd"),
    () => d8.file.read("/etc/passwd"),
    () => fetch("http://127.0.0.1"),
    () => new XMLHttpRequest(),
    () => new WebSocket("ws://127.0.0.1"),
    () => setTimeout(() => {}, 0),
    () => queueMicrotask(() => {}),
    () => structuredClone({}),
    () => gc(),
  ];
  for (const attempt of tries) {
    try {
      const it = await attempt();
      got.push(String(attempt) + " gave " + typeof it);
    } catch {}
  }
  return got.length === 0 ? "contained" : got;
}
