/**
 * JavaScript source of the one function through which a program is called inside its isolate. Text in, text out: the
 * first character says how it went (see `EntryTag`), the rest is the output's JSON or a message. It catches everything
 * the program throws and writes JSON itself, reading each property once, so nothing of the program's making (a thrown
 * Proxy, a looping getter, a toJSON) is touched outside the isolate or outside the budget.
 *
 * The built-ins it uses are frozen by lockdown before any program exists.
 */
export const maxOutputLength = 1_000_000;
export const maxOutputDepth = 200;
export const maxMessageLength = 2_000;

export const EntryTag = {
  success: "0",
  error: "e",
  invalidOutput: "i",
  /** The result is a promise: once its microtasks have run, call the entry without input for how it settled. */
  promise: "p",
  /** The pure form does not fit this program or threw where the fresh one may not: load it in the fresh form. */
  notPure: "t",
} as const;

export const entry = String.raw`
(function (factory, pure) {
  "use strict";
  const { apply } = Reflect;
  const { isArray } = Array;
  const { keys, getPrototypeOf, freeze, preventExtensions, hasOwn } = Object;
  const { parse, stringify } = JSON;
  const { isFinite } = Number;
  const { isView } = ArrayBuffer;
  const ObjectPrototype = Object.prototype, RegExpPrototype = RegExp.prototype;
  const getTime = Date.prototype.getTime, toISOString = Date.prototype.toISOString;
  const then = Promise.prototype.then, indexOf = String.prototype.indexOf, slice = String.prototype.slice;
  const numberOf = Number.prototype.valueOf, stringOf = String.prototype.valueOf, booleanOf = Boolean.prototype.valueOf;
  const TrueNumber = Number, TrueString = String, TrueBoolean = Boolean;
  const kinds = [[Map, "a Map", "Object.fromEntries(map)"], [Set, "a Set", "Array.from(set)"], [WeakMap, "a WeakMap", "a plain object"],
    [WeakSet, "a WeakSet", "an array"], [RegExp, "a regular expression", "its source"], [Error, "an error", "its message, or throw it"],
    [Promise, "a promise inside the result", "the awaited value"], [ArrayBuffer, "an ArrayBuffer", "an array of numbers"]];

  const brand = (get, value) => { try { apply(get, value, []); return true; } catch { return false; } };

  // Thrown by write alone; told from the program's errors by identity.
  let refusal = "";
  const refused = freeze({});
  const refuse = (message) => { refusal = message; throw refused; };

  let length = 0;
  const ancestors = [];
  const add = (count) => {
    length += count;
    if (length > ${maxOutputLength}) refuse("The program returned more than 1 MB of JSON: return less.");
  };
  const grow = (text) => {
    add(text.length);
    return text;
  };
  // Asked for its length first: escaping many megabytes takes longer than a call may.
  const quote = (text) => {
    if (length + text.length > ${maxOutputLength}) add(text.length);
    return grow(stringify(text));
  };
  const write = (value, depth) => {
    switch (typeof value) {
      case "string": return quote(value);
      case "number":
        if (!isFinite(value)) refuse("The program returned " + value + ", which JSON cannot hold: return a finite number or null.");
        return grow(value === 0 ? "0" : "" + value);
      case "boolean": return grow(value ? "true" : "false");
      case "undefined": return refuse(depth === 0
        ? "The program returned undefined: return a JSON value (null for nothing)."
        : "The program returned an array with undefined in it: put null there.");
      case "function": return refuse("The program returned a function: return a JSON value (did you forget to call it?).");
      case "symbol": return refuse("The program returned a symbol: return a string.");
      case "bigint": return refuse("The program returned a BigInt: return Number(value) or String(value).");
    }
    if (value === null) return grow("null");
    if (depth >= ${maxOutputDepth}) {
      for (let i = 0; i < depth; i++) {
        if (ancestors[i] === value) refuse("The program returned a value that contains itself: return one without cycles.");
      }
      refuse("The program returned a value nested deeper than ${maxOutputDepth} levels: return a flatter one.");
    }
    ancestors[depth] = value;
    if (isArray(value)) {
      const count = value.length;
      let text = "[";
      add(2);
      for (let i = 0; i < count; i++) {
        add(1);
        text += i === 0 ? write(value[i], depth + 1) : "," + write(value[i], depth + 1);
      }
      return text + "]";
    }
    const prototype = getPrototypeOf(value);
    if (prototype !== ObjectPrototype && prototype !== null) {
      if (brand(getTime, value)) {
        if (apply(getTime, value, []) !== apply(getTime, value, [])) refuse("The program returned an invalid Date: check it before returning it.");
        return grow(stringify(apply(toISOString, value, [])));
      }
      if (brand(numberOf, value)) return write(TrueNumber(apply(numberOf, value, [])), depth);
      if (brand(stringOf, value)) return write(TrueString(apply(stringOf, value, [])), depth);
      if (brand(booleanOf, value)) return write(TrueBoolean(apply(booleanOf, value, [])), depth);
      if (isView(value)) refuse("The program returned a typed array: return Array.from(array).");
      for (let i = 0; i < kinds.length; i++) {
        if (value instanceof kinds[i][0]) refuse("The program returned " + kinds[i][1] + ": return " + kinds[i][2] + ".");
      }
    }
    const toJSON = value.toJSON;
    if (typeof toJSON === "function") return write(apply(toJSON, value, []), depth + 1);
    const names = keys(value);
    let text = "{", some = false;
    for (let i = 0; i < names.length; i++) {
      const item = value[names[i]];
      if (item === undefined) continue; // as JSON does
      const name = quote(names[i]);
      add(2);
      text += (some ? "," : "") + name + ":" + write(item, depth + 1);
      some = true;
    }
    add(2);
    return text + "}";
  };

  // What the pure form throws may be its own fault: the fresh form has the last word.
  const failed = pure ? "t" : "e";
  const text = (value) => (typeof value === "string" ? value : "");
  // "TypeError: x is not a function (line 3)"; never throws.
  const describe = (thrown) => {
    try {
      if (typeof thrown === "string") return apply(slice, thrown, [0, ${maxMessageLength}]) || "The program threw an empty string.";
      if (thrown === null || (typeof thrown !== "object" && typeof thrown !== "function")) return "The program threw " + TrueString(thrown);
      const name = apply(slice, text(thrown.name), [0, 100]), whole = text(thrown.message);
      const message = apply(slice, whole, [0, ${maxMessageLength - 150}]);
      let where = "";
      // The stack holds the whole message again: not worth it for a huge one.
      const stack = whole.length < 2000 ? apply(slice, text(thrown.stack), [0, 8000]) : "";
      const at = apply(indexOf, stack, ["program.js:"]);
      if (at >= 0) {
        let digits = "";
        for (let i = at + 11; i < stack.length && stack[i] >= "0" && stack[i] <= "9" && digits.length < 9; i++) digits += stack[i];
        if (digits !== "") where = " (line " + digits + ")";
      }
      if (name === "" && message === "") return "The program threw a value that is no error.";
      return name + (name && message ? ": " : "") + message + where;
    } catch {
      return "The program threw a value that cannot be described.";
    }
  };

  const finish = (value) => {
    length = 0;
    try {
      return "0" + write(value, 0);
    } catch (thrown) {
      if (thrown === refused) return "i" + refusal;
      return failed + describe(thrown);
    }
  };

  let run, settled = "";
  const regexes = [];
  if (pure) {
    const made = factory();
    run = made[0];
    const seen = new Set(), waiting = [made[1]];
    while (waiting.length > 0) {
      const value = waiting.pop();
      if (value === null || (typeof value !== "object" && typeof value !== "function") || seen.has(value)) continue;
      seen.add(value);
      const prototype = getPrototypeOf(value);
      if (prototype === RegExpPrototype) { preventExtensions(value); regexes.push(value); continue; }
      if (Object.isFrozen(prototype) === false) waiting.push(prototype);
      const names = Reflect.ownKeys(value);
      for (let i = 0; i < names.length; i++) {
        const property = Object.getOwnPropertyDescriptor(value, names[i]);
        waiting.push(property.value, property.get, property.set);
      }
      freeze(value);
    }
  }

  return (input) => {
    if (input === undefined) return settled;
    settled = "";
    let value;
    try {
      value = parse(input);
    } catch {
      return "eThe input is not JSON text.";
    }
    try {
      if (pure) for (let i = 0; i < regexes.length; i++) regexes[i].lastIndex = 0;
    } catch {
      return "t";
    }
    try {
      if (!pure) run = factory();
      if (typeof run !== "function") return "eThe program's \"run\" is not a function.";
      value = run(value);
      if (value !== null && typeof value === "object" && typeof value.then === "function") {
        const promise = new Promise((resolve) => resolve(value));
        apply(then, promise, [
          (result) => { settled = finish(result); },
          (thrown) => { settled = failed + describe(thrown); },
        ]);
        return "p";
      }
    } catch (thrown) {
      return failed + describe(thrown);
    }
    return finish(value);
  };
})
`;
