/** When two JSON values are the same. Pure. */
import type { JsonValue } from "../../contract/wire.ts";

/** The same text for values that are the same in JSON, whatever the order of their keys. */
export function canonical(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join()}}`;
  }
  return value === undefined ? "" : JSON.stringify(value);
}
