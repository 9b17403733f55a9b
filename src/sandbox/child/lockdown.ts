/**
 * JavaScript source, an expression, that runs first in every isolate: takes away what carries state or the outside
 * world, then freezes every built-in, so that no call can leave anything for the next. After "lockdown" of SES (Secure
 * ECMAScript, Agoric), including its cure for the override mistake: on a frozen prototype, `counts["constructor"] = 1`
 * must still work. V8 and QuickJS lack different things, so what one of them does not have is looked for first.
 *
 * It gives `entry` two functions: `freezeRegExp` freezes the one thing left, RegExp.prototype: V8 matches two to four
 * times as fast while that is as it was made. It must be called before any program that might get hold of it (see
 * `reachesRegExp`). `onPrint` takes the function that is called with the arguments of `console.log` and its like.
 *
 * It is text, not functions turned to text: a bundler must not be able to change it.
 */
export const lockdown = `
(function () {
  "use strict";
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, freeze, getOwnPropertyNames } = Object;
  const { apply, construct, ownKeys } = Reflect;
  const hasOwn = Object.hasOwn;

  // The outside world and hidden state.
  for (const name of ["WeakRef", "FinalizationRegistry", "SharedArrayBuffer", "Atomics", "WebAssembly", "Temporal", "ShadowRealm", "gc", "performance", "navigator", "queueMicrotask"]) {
    delete globalThis[name];
  }
  // RegExp.$1 and its like remember the last match; compile changes a regex in place.
  for (const name of getOwnPropertyNames(RegExp)) if (name !== "prototype" && name !== "length" && name !== "name" && name !== "escape") delete RegExp[name];
  delete Error.prepareStackTrace;
  // A promise that no word of the program's tells of.
  delete Array.fromAsync;

  const define = (target, key, value) => defineProperty(target, key, { value, writable: true, enumerable: false, configurable: true });

  // No clock, no dice: a result depends on the input alone.
  const noClock = () => new TypeError("programs have no clock: pass the date in the input");
  const TrueDate = Date;
  const SafeDate = function Date(...parts) {
    if (new.target === undefined || parts.length === 0) throw noClock();
    return construct(TrueDate, parts, new.target);
  };
  defineProperty(SafeDate, "length", { value: 7 });
  defineProperty(SafeDate, "prototype", { value: TrueDate.prototype, writable: false });
  define(SafeDate, "UTC", TrueDate.UTC);
  define(SafeDate, "parse", TrueDate.parse);
  define(SafeDate, "now", function now() { throw noClock(); });
  define(TrueDate.prototype, "constructor", SafeDate);
  define(globalThis, "Date", SafeDate);
  define(Math, "random", function random() {
    throw new TypeError("programs have no random numbers: a result depends on the input alone");
  });
  if (typeof Intl === "object") {
    const prototype = Intl.DateTimeFormat.prototype;
    const { get: trueFormat } = getOwnPropertyDescriptor(prototype, "format");
    const trueParts = prototype.formatToParts;
    defineProperty(prototype, "format", {
      get() {
        const format = apply(trueFormat, this, []);
        return (date) => { if (date === undefined) throw noClock(); return format(date); };
      },
      set: undefined, enumerable: false, configurable: true,
    });
    define(prototype, "formatToParts", function formatToParts(date) {
      if (date === undefined) throw noClock();
      return apply(trueParts, this, [date]);
    });
  }

  // Programs written by models often log. What these write to is out of their reach.
  let print = () => {};
  const console = {};
  for (const name of ["log", "info", "warn", "error", "debug"]) define(console, name, (...parts) => { print(parts); });
  for (const name of ["trace", "table", "dir", "assert", "group", "groupCollapsed", "groupEnd"]) define(console, name, () => {});
  define(globalThis, "console", console);

  // The override mistake: what programs commonly assign on their own objects is inherited through accessors.
  const letOverride = (prototype, keys) => {
    for (const key of keys) {
      const property = getOwnPropertyDescriptor(prototype, key);
      if (property === undefined || !("value" in property) || !property.configurable) continue;
      const value = property.value;
      defineProperty(prototype, key, {
        get() { return value; },
        set(own) {
          if (this === prototype) throw new TypeError("a built-in cannot be changed");
          if (this === undefined || this === null || (typeof this !== "object" && typeof this !== "function")) return;
          if (hasOwn(this, key)) this[key] = own;
          else defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
        },
        enumerable: false, configurable: true,
      });
    }
  };
  letOverride(Object.prototype, ownKeys(Object.prototype));
  letOverride(Function.prototype, ["toString", "name"]);
  letOverride(Array.prototype, ["toString", "concat", "push"]);
  for (const Kind of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError, globalThis.InternalError]) {
    if (Kind !== undefined) letOverride(Kind.prototype, ["constructor", "name", "message", "toString"]);
  }

  // Everything that can be reached from the global object or from syntax.
  const seen = new Set();
  const waiting = [
    globalThis, TrueDate, function* () {}, async function () {}, async function* () {}, (function* () {})(), (async function* () {})(),
    [][Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](), ""[Symbol.iterator](), "".matchAll(/a/g),
    (function () { return getOwnPropertyDescriptor(arguments, "callee").get; })(),
  ];
  if (typeof Iterator === "function") waiting.push([].values().map((x) => x), Iterator.from({ next() {} }));
  if (typeof Intl === "object" && Intl.Segmenter) {
    const segments = new Intl.Segmenter("en").segment("a");
    waiting.push(segments, segments[Symbol.iterator]());
  }
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (value === null || (typeof value !== "object" && typeof value !== "function") || seen.has(value)) continue;
    seen.add(value);
    waiting.push(getPrototypeOf(value));
    for (const key of ownKeys(value)) {
      const property = getOwnPropertyDescriptor(value, key);
      waiting.push(property.value, property.get, property.set);
    }
  }
  const regExpPrototype = RegExp.prototype;
  for (const value of seen) if (value !== regExpPrototype) freeze(value);
  return {
    freezeRegExp() {
      delete regExpPrototype.compile;
      freeze(regExpPrototype);
    },
    onPrint(listener) { print = listener; },
  };
})()
`;
