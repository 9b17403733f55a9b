/** Texts of keys and values: `user=ann status="not found"`, `Name: Ann` on lines of their own. */
import { parsePattern } from "./parse.ts";
import { compile, type Node } from "./pattern.ts";

export interface PairStyle {
  /** Groups: the key, and the value: quoted or plain where there are three. */
  readonly node: Node;
  readonly regExp: RegExp;
  readonly quotes: boolean;
  /** Whether the value is to be freed of spaces around it. */
  readonly trim: boolean;
  readonly say: string;
}

function style(say: string, source: string, quotes: boolean, trim: boolean): PairStyle {
  const node = parsePattern(source);
  const multiline = source.startsWith("^");
  const tree: Node =
    multiline && node.kind === "seq"
      ? { ...node, parts: [{ kind: "edge", at: "lineStart" }, ...node.parts.slice(1)] }
      : node;
  return { node: tree, regExp: compile(tree, true), quotes, trim, say };
}

const separated = ["&", ";", ",", "|"];

/** The commonest first. */
export const pairStyles: readonly PairStyle[] = [
  style(
    "a key, = and its value, which ends at a space unless it is in quotes",
    '\\b(\\w+)=(?:"([^"]*)"|([^\\s"]\\S*))',
    true,
    false,
  ),
  style(
    "a key, = and its value up to the next space or comma, unless it is in quotes",
    '\\b(\\w+)=(?:"([^"]*)"|([^\\s",]+))',
    true,
    false,
  ),
  ...separated.map((c) => style(`a key, = and its value up to the next ${c}`, `\\b(\\w+)=([^${c}]*)`, false, false)),
  ...separated.map((c) => style(`a key, = and its value up to the next ${c}`, `\\b(\\w+) ?= ?([^${c}]*)`, false, true)),
  style("a key and its value with a colon between, one pair a line", "^([^:\\n]+):[ \\t]*(.*)", false, true),
  style("a key and its value with = between, one pair a line", "^([^=\\n]+)=[ \\t]*(.*)", false, true),
  ...separated.map((c) =>
    style(`a key, a colon and its value up to the next ${c}`, `\\b(\\w+):([^${c}]*)`, false, true),
  ),
  style(
    "a key, a colon and its value, which ends at a space unless it is in quotes",
    '\\b(\\w+):(?:"([^"]*)"|([^\\s"]\\S*))',
    true,
    false,
  ),
];

export function pairsOf(text: string, { regExp, quotes, trim }: PairStyle): Map<string, string> {
  return new Map(
    Array.from(text.matchAll(regExp), ([, key = "", first, second]) => {
      const value = (quotes ? (first ?? second) : first) ?? "";
      return [trim ? key.trim() : key, trim ? value.trim() : value];
    }),
  );
}
