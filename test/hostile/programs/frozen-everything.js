// tries: to find one object that all calls share and that can be changed
// expect: success
function run(input) {
  const seen = new Set();
  const soft = [];
  const waiting = [["global", globalThis], ["function", Object.getPrototypeOf(function () {})]];
  const extra = {
    generator: function* () {},
    async: async () => {},
    asyncGenerator: async function* () {},
    arguments: (function () { return arguments; })(),
    array: [][Symbol.iterator](),
    map: new Map().entries(),
    set: new Set().values(),
    string: ""[Symbol.iterator](),
    regex: "".matchAll(/a/g),
    promise: Promise.resolve(),
    error: new Error(),
    typed: new Uint8Array(),
    helper: [].values().map?.((x) => x),
    wrapped: globalThis.Iterator?.from({ next() {} }),
    asyncIterator: Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})())),
    segments: globalThis.Intl?.Segmenter && new Intl.Segmenter("en").segment("a")[Symbol.iterator](),
    locale: globalThis.Intl?.Locale && new Intl.Locale("en"),
    template: ((strings) => strings)`x`,
    proxyTrap: Proxy,
    console: console,
    log: console.log,
  };
  for (const [name, value] of Object.entries(extra)) {
    if (value === null || value === undefined) continue;
    waiting.push([name + ".__proto__", typeof value === "function" && name !== "log" ? Object.getPrototypeOf(value) : Object.getPrototypeOf(Object(value))]);
  }
  while (waiting.length > 0) {
    const [path, value] = waiting.pop();
    if (value === null || (typeof value !== "object" && typeof value !== "function") || seen.has(value)) continue;
    seen.add(value);
    let changed = false;
    try {
      changed = Object.isExtensible(value) || Reflect.set(value, "note", 1, value) || Reflect.defineProperty(value, "note", { value: 1 });
    } catch {}
    if (changed) soft.push(path);
    for (const key of Reflect.ownKeys(value)) {
      let property;
      try {
        property = Reflect.getOwnPropertyDescriptor(value, key);
      } catch {
        continue;
      }
      if (property === undefined) continue;
      const at = path + "." + String(key);
      if (property.configurable || property.writable) soft.push(at);
      waiting.push([at, property.value], [at + " get", property.get], [at + " set", property.set]);
    }
    waiting.push([path + ".__proto__", Object.getPrototypeOf(value)]);
  }
  return soft.length === 0 ? "contained" : soft.slice(0, 20);
}
