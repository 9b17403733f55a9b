/** JSON values as they are written in programs. Pure. */
import type { JsonValue } from "../../contract/wire.ts";

/** Characters that hide, or end a line for some readers: written as escapes. */
const odd = /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

function quoted(text: string): string {
  return JSON.stringify(text).replace(odd, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

export function javascriptLiteral(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(javascriptLiteral).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    // `__proto__` is computed, so that it is a key like any other.
    const key = (name: string) => (name === "__proto__" ? '["__proto__"]' : quoted(name));
    const entries = Object.entries(value).map(([name, one]) => `${key(name)}: ${javascriptLiteral(one)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  return typeof value === "string" ? quoted(value) : JSON.stringify(value);
}

export function pythonLiteral(value: JsonValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  if (typeof value === "object") {
    const entries = Object.entries(value).map(([name, one]) => `${quoted(name)}: ${pythonLiteral(one)}`);
    return `{${entries.join(", ")}}`;
  }
  return typeof value === "string" ? quoted(value) : JSON.stringify(value);
}
