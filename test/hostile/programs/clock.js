// tries: to tell the time by every clock there is
// expect: success
function run(input) {
  const clocks = {
    now: () => Date.now(),
    date: () => new Date().getTime(),
    text: () => Date(),
    construct: () => Reflect.construct(Date, []).getTime(),
    derived: () => new (class extends Date {})().getTime(),
    hidden: () => new (Object.getPrototypeOf(class extends Date {}))().getTime(),
    fromPrototype: () => new Date.prototype.constructor().getTime(),
    target: () => Reflect.construct(Date, [], Object).valueOf(),
    format: () => new Intl.DateTimeFormat("en").format(),
    bound: () => Reflect.get(Intl.DateTimeFormat.prototype, "format", new Intl.DateTimeFormat("en"))(undefined),
    parts: () => new Intl.DateTimeFormat("en").formatToParts().length,
    performance: () => performance.now(),
    temporal: () => Temporal.Now.instant().epochMilliseconds,
    dice: () => Math.random(),
    more: () => crypto.getRandomValues(new Uint8Array(1)),
  };
  const told = [];
  for (const [name, ask] of Object.entries(clocks)) {
    try {
      const answer = ask();
      if (typeof answer === "object" || Number.isNaN(answer)) continue;
      told.push(name + ": " + answer);
    } catch {}
  }
  return told.length === 0 ? "contained" : told;
}
