/** How Python writes what the language holds: text literals, JSON values, patterns. */
import type { JsonValue } from "../../../contract/wire.ts";
import { quote } from "../../javascript.ts";

/** A double-quoted string literal on one line: JSON's escapes are Python's, but for pairs of surrogates. */
export function pyQuote(text: string): string {
  return quote(text).replace(
    /\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})/gi,
    (_, high: string, low: string) =>
      `\\U${String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)).codePointAt(0)?.toString(16).padStart(8, "0")}`,
  );
}

export function pyLiteral(value: JsonValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return pyQuote(value);
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return `[${value.map(pyLiteral).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${pyQuote(key)}: ${pyLiteral(item)}`)
    .join(", ")}}`;
}

/** Python's `re` knows no Unicode properties: letters of Latin, Greek and Cyrillic by their ranges, other scripts by `\w`. */
const classes: readonly (readonly [from: RegExp, inside: string, outside: string])[] = [
  [/\\p\{Lu\}/g, "A-ZÀ-ÖØ-ÞΑ-ΩЀ-Я", "[A-ZÀ-ÖØ-ÞΑ-ΩЀ-Я]"],
  [/\\p\{Ll\}/g, "a-zß-öø-ÿα-ωа-џ", "[a-zß-öø-ÿα-ωа-џ]"],
  [/\\p\{L[om]\}/g, "ぁ-ヿ㐀-鿿가-힣א-تऀ-ॿ", "[ぁ-ヿ㐀-鿿가-힣א-تऀ-ॿ]"],
  [/\\p\{L\}/g, "A-Za-zÀ-ÖØ-öø-ɏͰ-ϿЀ-ӿ֐-ࣿऀ-෿ก-๛ぁ-ヿ㐀-鿿가-힣", "[^\\W\\d_]"],
  [/\\p\{N\}/g, "0-9", "[0-9]"],
  [/\\d/g, "0-9", "[0-9]"],
  [/\\w/g, "A-Za-z0-9_", "[A-Za-z0-9_]"],
  [/\\D/g, "\\D", "[^0-9]"],
  [/\\W/g, "\\W", "[^A-Za-z0-9_]"],
];

/** The pattern as a raw Python string that means the same to `re` (the flag `i` apart, which the caller gives). */
export function pyPattern({ source, flags }: RegExp): string {
  let inClass = false;
  let text = flags.includes("s") ? "(?s)" : "";
  for (let i = 0; i < source.length; ) {
    const rest = source.slice(i);
    const known = classes.find(([from]) => new RegExp(`^${from.source}`).test(rest));
    const length = known ? (rest.match(new RegExp(`^${known[0].source}`))?.[0].length ?? 1) : 1;
    if (known) text += inClass ? known[1] : known[2];
    else if (rest.startsWith("\\/")) {
      text += "/";
      i += 2;
      continue;
    } else if (rest.startsWith("\\")) {
      text += rest.slice(0, 2);
      i += 2;
      continue;
    } else if (!inClass && rest.startsWith("(?<") && /^\(\?<[A-Za-z]/.test(rest)) {
      text += "(?P<";
      i += 3;
      continue;
    } else if (!inClass && rest.startsWith("$")) text += "\\Z";
    else {
      if (rest.startsWith("[") && !inClass) inClass = true;
      else if (rest.startsWith("]")) inClass = false;
      text += rest.charAt(0);
    }
    i += length;
  }
  return text.includes('"') ? `r'${text.replaceAll("'", "\\'")}'` : `r"${text}"`;
}
