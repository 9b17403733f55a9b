/** Small pieces of JavaScript source: literals that survive any text, and names. */
import type { JsonValue } from "../contract/wire.ts";

const reserved = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in input instanceof interface let new null package private " +
    "protected public return run static super switch this throw true try typeof undefined var void while with yield " +
    "NaN Infinity String Number Object Math Boolean Array JSON parts text words"
  ).split(" "),
);

/** Characters that would break a line, hide, or not survive UTF-8: written as escapes. */
function escapeOdd(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g, (c) =>
      unicodeEscape(c),
    );
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A double-quoted string literal, on one line, without invisible characters. */
export function quote(text: string): string {
  return escapeOdd(JSON.stringify(text));
}

/** Text as it stands inside a template literal. */
export function templateText(text: string): string {
  return quote(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("`", "\\`").replaceAll("${", "\\${");
}

/** A literal of any JSON value. */
export function literal(value: JsonValue): string {
  return typeof value === "string" ? quote(value) : escapeOdd(JSON.stringify(value));
}

/** A property key: bare where JavaScript allows it. `__proto__` is computed, so that it is an ordinary key. */
export function propertyKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

/** `value.name` or `value["odd name"]`. */
export function member(value: string, name: string | number): string {
  if (typeof name === "string" && /^[A-Za-z_$][\w$]*$/.test(name)) return `${value}.${name}`;
  return `${value}[${typeof name === "number" ? name : quote(name)}]`;
}

/** A camelCase variable name after `name`, different from those taken, and takes it. */
export function freeName(name: string, taken: Set<string>): string {
  const words = name.match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words
    .map((word, i) => {
      const plain = word === word.toUpperCase() ? word.toLowerCase() : word;
      return i === 0 ? plain.charAt(0).toLowerCase() + plain.slice(1) : plain.charAt(0).toUpperCase() + plain.slice(1);
    })
    .join("")
    .slice(0, 30);
  const base =
    /^[a-z]/.test(joined) && !reserved.has(joined) ? joined : `${joined || "field"}Value`.replace(/^\d/, "n$&");
  let free = base;
  for (let i = 2; taken.has(free); i++) free = `${base}${i}`;
  taken.add(free);
  return free;
}

const nth = "first second third fourth fifth sixth seventh eighth ninth tenth".split(" ");

/** "first", "second" … for 0, 1 …; "last", "second-to-last" for -1, -2. */
export function ordinal(index: number): string {
  if (index === -1) return "last";
  if (index < 0) return `${ordinal(-index - 1)}-to-last`;
  const n = index + 1;
  const suffix = n % 100 >= 11 && n % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return nth[index] ?? `${n}${suffix}`;
}
