/** Reads the part of regular-expression syntax that this room writes, so that known shapes can be listed as people write them. */
import { anyInLine, anything, type CharSet, charset } from "./charset.ts";
import { capture, chars, edge, either, type Node, repeat, seq, text } from "./pattern.ts";

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v" };
const classes: Readonly<Record<string, string>> = { d: "digit", w: "word", s: "space" };
const spans: Readonly<Record<string, readonly string[]>> = {
  "A-Z": ["upper"],
  "a-z": ["lower"],
  "0-9": ["digit"],
  "가-힣": ["hangul"],
};

interface Cursor {
  readonly source: string;
  at: number;
}

/** Throws a SyntaxError for what it does not know (lookaround, backreferences, lazy quantifiers). */
export function parsePattern(source: string): Node {
  const cursor = { source, at: 0 };
  const node = parseEither(cursor);
  if (cursor.at < source.length) throw new SyntaxError(`unexpected ${source[cursor.at]} in ${source}`);
  return node;
}

function take(cursor: Cursor, expected: string): boolean {
  if (!cursor.source.startsWith(expected, cursor.at)) return false;
  cursor.at += expected.length;
  return true;
}

function parseEither(cursor: Cursor): Node {
  const options: Node[] = [];
  do {
    const parts: Node[] = [];
    while (cursor.at < cursor.source.length && !/[|)]/.test(cursor.source[cursor.at] ?? ""))
      parts.push(quantified(cursor));
    options.push(seq(parts));
  } while (take(cursor, "|"));
  const [only] = options;
  return options.length === 1 && only ? only : either(options);
}

function quantified(cursor: Cursor): Node {
  const node = parseAtom(cursor);
  const match = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})/.exec(cursor.source.slice(cursor.at));
  if (!match) return node;
  cursor.at += match[0].length;
  if (cursor.source[cursor.at] === "?") throw new SyntaxError("lazy quantifiers are not known");
  const [whole, low = "", comma, high] = match;
  const min = whole === "*" || whole === "?" ? 0 : whole === "+" ? 1 : Number(low);
  const open = whole === "*" || whole === "+" || (comma !== undefined && high === "");
  const max = open ? Number.POSITIVE_INFINITY : whole === "?" ? 1 : Number(high ?? low);
  return node.kind === "set" && node.min === 1 && node.max === 1 ? chars(node.set, min, max) : repeat(node, min, max);
}

function parseAtom(cursor: Cursor): Node {
  if (take(cursor, "(?:")) return closed(cursor, parseEither(cursor));
  const name = /^\(\?<(\w+)>/.exec(cursor.source.slice(cursor.at));
  if (name) {
    cursor.at += name[0].length;
    return closed(cursor, capture(parseEither(cursor), name[1]));
  }
  if (take(cursor, "(?")) throw new SyntaxError("lookaround is not known");
  if (take(cursor, "(")) return closed(cursor, capture(parseEither(cursor)));
  if (take(cursor, "[\\s\\S]")) return chars(anything, 1, 1);
  if (take(cursor, "[")) return chars(parseSet(cursor), 1, 1);
  if (take(cursor, ".")) return chars(anyInLine, 1, 1);
  if (take(cursor, "^")) return edge("start");
  if (take(cursor, "$")) return edge("end");
  if (take(cursor, "\\b")) return edge("word");
  if (take(cursor, "\\S")) return chars(charset(["space"], true), 1, 1);
  if (take(cursor, "\\p{L}")) return chars(charset(["letter"]), 1, 1);
  const item = parseItem(cursor);
  return item.length > 1 && /^[a-z]+$/.test(item) ? chars(charset([item]), 1, 1) : text(item);
}

function closed(cursor: Cursor, node: Node): Node {
  if (!take(cursor, ")")) throw new SyntaxError(`missing ) in ${cursor.source}`);
  return node;
}

/** A class name, or one character. */
function parseItem(cursor: Cursor): string {
  const character = String.fromCodePoint(cursor.source.codePointAt(cursor.at) ?? 0);
  cursor.at += character.length;
  if (character !== "\\") return character;
  const escaped = cursor.source[cursor.at++] ?? "";
  if (/[1-9kBDWxucPp]/.test(escaped)) throw new SyntaxError(`\\${escaped} is not known`);
  return classes[escaped] ?? escapes[escaped] ?? escaped;
}

function parseSet(cursor: Cursor): CharSet {
  const negated = take(cursor, "^");
  const items: string[] = [];
  while (!take(cursor, "]")) {
    if (cursor.at >= cursor.source.length) throw new SyntaxError(`missing ] in ${cursor.source}`);
    const range = cursor.source.slice(cursor.at, cursor.at + 3);
    if (take(cursor, "\\p{L}\\p{N}_")) items.push("uword");
    else if (take(cursor, "\\p{L}\\p{N}")) items.push("alnum");
    else if (/^[^\\]-[^\]]$/u.test(range)) {
      cursor.at += 3;
      items.push(...(spans[range] ?? between(range)));
    } else items.push(parseItem(cursor));
  }
  return charset(items, negated);
}

/** Every character of a range such as `a-f`. */
function between(range: string): string[] {
  const first = range.charCodeAt(0);
  return Array.from({ length: range.charCodeAt(2) - first + 1 }, (_, i) => String.fromCharCode(first + i));
}
