/**
 * JavaScript source of the one function through which a program is called inside its isolate. Text in, text out: lines
 * as `lineOf` in protocol.ts writes them. It catches everything the program throws and writes JSON itself, reading each
 * property once, so nothing of the program's making (a thrown Proxy, a looping getter, a toJSON) is touched outside the
 * isolate or outside the budget.
 *
 * `boot` gives `(pureFactory, freshFactory, freezeRegExp, mayDefer) => call`, and
 * - `call(input)` gives a line, `p` for a promise, or `l`, what was printed as a JSON string, a newline and one of these;
 * - `call()`, once the microtasks have run, gives the same for that promise, or `n` where it never settles;
 * - `call(input, 1)` leaves the pure form out;
 * - `call(inputs, 2)` gives a line for each line, or "" where they must be run one by one;
 * - any of them may give `s`: an earlier call spoilt what all calls share, so the program must be loaded anew first.
 *
 * The built-ins it uses are frozen by lockdown before any program exists.
 */
import { maxLogLength, maxMessageLength, maxOutputDepth, maxOutputLength, type Outcome } from "./engine.ts";
import { lockdown } from "./lockdown.ts";
import type { Prepared } from "./prepare.ts";

export const EntryTag = {
  success: "0",
  error: "e",
  invalidOutput: "i",
  promise: "p",
  never: "n",
  spoilt: "s",
  logs: "l",
} as const;

export const EntryMode = { fresh: 1, many: 2 } as const;

/** What `call(inputs, 2)` answers may be so long; the rest is better off one by one. */
const maxManyLength = 4 * maxOutputLength;

const entry = String.raw`
(function (tools) {
  "use strict";
  const { apply } = Reflect;
  const { isArray } = Array;
  const { keys, getPrototypeOf, freeze, preventExtensions } = Object;
  const { parse, stringify } = JSON;
  const { isFinite } = Number;
  const { isView } = ArrayBuffer;
  const ObjectPrototype = Object.prototype, RegExpPrototype = RegExp.prototype, TrueError = Error;
  const getTime = Date.prototype.getTime, toISOString = Date.prototype.toISOString;
  const then = Promise.prototype.then, TruePromise = Promise;
  const indexOf = String.prototype.indexOf, slice = String.prototype.slice, split = String.prototype.split, join = Array.prototype.join;
  const numberOf = Number.prototype.valueOf, stringOf = String.prototype.valueOf, booleanOf = Boolean.prototype.valueOf;
  const TrueNumber = Number, TrueString = String, TrueBoolean = Boolean;
  const kinds = [[Map, "a Map", "Object.fromEntries(map)"], [Set, "a Set", "Array.from(set)"], [WeakMap, "a WeakMap", "a plain object"],
    [WeakSet, "a WeakSet", "an array"], [RegExp, "a regular expression", "its source"], [Error, "an error", "its message, or throw it"],
    [Promise, "a promise inside the result", "the awaited value"], [ArrayBuffer, "an ArrayBuffer", "an array of numbers"]];

  const brand = (get, value) => { try { apply(get, value, []); return true; } catch { return false; } };

  // Thrown by a writer alone; told from the program's errors by identity.
  let refusal = "";
  const refused = freeze({});
  const refuse = (message) => { refusal = message; throw refused; };

  // Writes a value as JSON text of a limited length; throws "refused" where it cannot.
  const makeWriter = (limit, tooLong) => {
    let length = 0;
    const ancestors = [];
    const add = (count) => {
      length += count;
      if (length > limit) refuse(tooLong);
    };
    const grow = (text) => {
      add(text.length);
      return text;
    };
    // Asked for its length first: escaping many megabytes takes longer than a call may.
    const quote = (text) => {
      if (length + text.length > limit) add(text.length);
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
    return (value) => {
      length = 0;
      return write(value, 0);
    };
  };
  const writeOutput = makeWriter(${maxOutputLength}, "The program returned more than 1 MB of JSON: return less.");
  const writeLog = makeWriter(${maxLogLength}, "");

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
  const failure = (thrown) => "e" + stringify(apply(slice, describe(thrown), [0, ${maxMessageLength}]));

  const finish = (value) => {
    try {
      return "0" + writeOutput(value);
    } catch (thrown) {
      if (thrown === refused) return "i" + stringify(refusal);
      throw thrown;
    }
  };

  // What this call printed. Printing does the same work whether anyone wants to know or not.
  let log = "", isPrinting = false;
  const shown = (value) => {
    if (typeof value === "string") return value;
    if (typeof value === "function") return "[a function]";
    if (typeof value !== "object" || value === null) return TrueString(value);
    try {
      return value instanceof TrueError ? describe(value) : writeLog(value);
    } catch {
      return "[a value that JSON cannot show]";
    }
  };
  tools.onPrint((parts) => {
    if (isPrinting || log.length >= ${maxLogLength}) return;
    isPrinting = true;
    let line = log === "" ? "" : log + "\n";
    for (let i = 0; i < parts.length && line.length < ${maxLogLength}; i++) {
      line += (i === 0 ? "" : " ") + apply(slice, shown(parts[i]), [0, ${maxLogLength}]);
    }
    log = apply(slice, line, [0, ${maxLogLength}]);
    isPrinting = false;
  });

  // Freezes all that the pure form holds; gives its regular expressions, which must keep their lastIndex.
  const freezeAll = (values) => {
    const regexes = [], seen = new Set(), waiting = [values];
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
    return regexes;
  };

  return (pureFactory, freshFactory, freezeRegExp, mayDefer) => {
    if (freezeRegExp) tools.freezeRegExp();
    // A sloppy function can get hold of its caller, and so of these.
    freeze(freshFactory);
    let pureRun = null, regexes = [], isPureMade = pureFactory === undefined;
    // Part of the first call and its budget: a constant may take as long as any other code.
    const makePure = () => {
      isPureMade = true;
      try {
        const made = pureFactory();
        regexes = freezeAll(made[1]);
        if (typeof made[0] === "function") pureRun = made[0];
      } catch {
        // The fresh form says why, call by call.
      }
    };

    // Of the call whose promise is waited for: its number, its input while the fresh form may yet be tried, its outcome.
    let calls = 0, pending, settled = "", failedPure = false;

    const settle = (value, isPure, input) => {
      const call = calls;
      settled = "";
      pending = isPure ? input : undefined;
      failedPure = false;
      const promise = new TruePromise((resolve) => resolve(value));
      const failed = (thrown) => { if (isPure) failedPure = true; else settled = failure(thrown); };
      apply(then, promise, [
        (result) => { if (call === calls) try { settled = finish(result); } catch (thrown) { failed(thrown); } },
        (thrown) => { if (call === calls) failed(thrown); },
      ]);
      return "p";
    };

    const isThenable = (value) => value !== null && typeof value === "object" && typeof value.then === "function";

    const runFresh = (input) => {
      log = "";
      isPrinting = false;
      try {
        const value = parse(input), run = freshFactory();
        if (typeof run !== "function") return "e\"The program's \\\"run\\\" is not a function.\"";
        const result = run(value);
        return isThenable(result) ? settle(result, false, input) : finish(result);
      } catch (thrown) {
        return failure(thrown);
      }
    };

    const runOne = (input) => {
      calls++;
      settled = "";
      pending = undefined;
      let value;
      try {
        value = parse(input);
      } catch {
        log = "";
        return "e\"The input is not JSON text.\"";
      }
      if (!isPureMade) makePure();
      if (pureRun === null) return runFresh(input);
      log = "";
      isPrinting = false;
      try {
        for (let i = 0; i < regexes.length; i++) regexes[i].lastIndex = 0;
      } catch {
        return "s";
      }
      try {
        const result = pureRun(value);
        return isThenable(result) ? settle(result, true, input) : finish(result);
      } catch {
        // What the pure form throws may be its own fault: the fresh form has the last word. For this call only, or what
        // the next ones get would depend on it.
        return runFresh(input);
      }
    };

    const wait = () => {
      if (!failedPure || pending === undefined) return settled === "" ? "n" : settled;
      const input = pending;
      pending = undefined;
      failedPure = false;
      calls++;
      return runFresh(input);
    };

    const runMany = (inputs) => {
      // What a call leaves to a microtask would run after the calls behind it, and see their regexes.
      if (mayDefer && pureRun !== null) return "";
      const lines = apply(split, inputs, ["\n"]);
      let length = 0;
      for (let i = 0; i < lines.length; i++) {
        const line = runOne(lines[i]);
        length += line.length;
        if (line === "s") return line;
        if (line === "p" || length > ${maxManyLength}) return "";
        lines[i] = line;
      }
      return apply(join, lines, ["\n"]);
    };

    return (input, mode) => {
      if (mode === ${EntryMode.many}) return runMany(input);
      let line;
      if (input === undefined) line = wait();
      else if (mode === ${EntryMode.fresh}) {
        calls++;
        settled = "";
        line = runFresh(input);
      } else line = runOne(input);
      return log === "" || line === "p" ? line : "l" + stringify(log) + "\n" + line;
    };
  };
})
`;

/** Reads what a `call` gave; anything but a line of its own says that the program broke its isolate. */
export function outcomeOf(answer: unknown): Outcome {
  if (typeof answer !== "string") return broken;
  let line = answer;
  let logs: string | undefined;
  if (answer.startsWith(EntryTag.logs)) {
    const end = answer.indexOf("\n");
    line = answer.slice(end + 1);
    logs = readString(answer.slice(1, end));
  }
  const outcome = readOutcome(line);
  return logs === undefined ? outcome : { ...outcome, logs };
}

function readOutcome(line: string): Outcome {
  switch (line.charAt(0)) {
    case EntryTag.success:
      return { status: "success", output: line.slice(1) };
    case EntryTag.error:
      return { status: "error", message: readString(line.slice(1)) };
    case EntryTag.invalidOutput:
      return { status: "invalid_output", message: readString(line.slice(1)) };
    case EntryTag.promise:
    case EntryTag.never:
      return { status: "timeout", message: "The promise that the program returned never settles." };
    default:
      return broken;
  }
}

const broken: Outcome = { status: "crashed", message: "The program broke its isolate." };

function readString(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return "";
  }
}

/** JavaScript source, an expression: locks its realm down and gives what the head of this file describes. */
export const boot = `(${entry})(${lockdown})`;

/** The sources of the two factories `boot` asks for; the program's lines keep their numbers. Null: there is no pure form. */
export function factories({ code, names, form }: Prepared): { readonly pure: string | null; readonly fresh: string } {
  return {
    pure: form === "pure" ? `(() => {"use strict";${code}\n;return [run, [${names.join(", ")}]];})` : null,
    fresh: `(() => {${code}\n;return run;})`,
  };
}
