/** Regular expressions as trees: built, read from a text, and written for JavaScript and Python. */
import { type CharSet, type Dialect, isAscii, needsUnicode, printSet, visible } from "./charset.ts";

export type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "set"; readonly set: CharSet; readonly min: number; readonly max: number }
  | { readonly kind: "seq"; readonly parts: readonly Node[] }
  | { readonly kind: "either"; readonly options: readonly Node[] }
  | { readonly kind: "repeat"; readonly part: Node; readonly min: number; readonly max: number }
  | { readonly kind: "capture"; readonly part: Node; readonly name?: string }
  | { readonly kind: "edge"; readonly at: "start" | "end" | "lineStart" | "lineEnd" | "word" };

export const text = (value: string): Node => ({ kind: "text", text: value });
export const chars = (set: CharSet, min = 1, max = Number.POSITIVE_INFINITY): Node => ({ kind: "set", set, min, max });
export const capture = (part: Node, name?: string): Node => ({ kind: "capture", part, ...(name ? { name } : {}) });
export const edge = (at: Extract<Node, { kind: "edge" }>["at"]): Node => ({ kind: "edge", at });
export const either = (options: readonly Node[]): Node => ({ kind: "either", options });
export const repeat = (part: Node, min: number, max: number): Node => ({ kind: "repeat", part, min, max });

/** Parts one after another, nested sequences flattened and neighbouring texts joined. */
export function seq(parts: readonly Node[]): Node {
  const flat: Node[] = [];
  for (const part of parts.flatMap((p) => (p.kind === "seq" ? p.parts : [p]))) {
    const last = flat.at(-1);
    if (part.kind === "text" && part.text === "") continue;
    if (part.kind === "text" && last?.kind === "text") flat[flat.length - 1] = text(last.text + part.text);
    else flat.push(part);
  }
  const [only] = flat;
  return flat.length === 1 && only ? only : { kind: "seq", parts: flat };
}

function children(node: Node): readonly Node[] {
  switch (node.kind) {
    case "seq":
      return node.parts;
    case "either":
      return node.options;
    case "repeat":
    case "capture":
      return [node.part];
    default:
      return [];
  }
}

const some = (node: Node, test: (node: Node) => boolean): boolean =>
  test(node) || children(node).some((child) => some(child, test));

export const hasCapture = (node: Node): boolean => some(node, (n) => n.kind === "capture");
const isUnicode = (node: Node): boolean => some(node, (n) => n.kind === "set" && needsUnicode(n.set));
/** Whether its fixed text has half of a surrogate pair, which Python and JavaScript do not see alike. */
export const hasHalves = (node: Node): boolean => some(node, (n) => n.kind === "text" && !n.text.isWellFormed());
const isMultiline = (node: Node): boolean =>
  some(node, (n) => n.kind === "edge" && (n.at === "lineStart" || n.at === "lineEnd"));

function quantifier(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === 1 && max === 1) return "";
  if (min === 0 && max === 1) return "?";
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function edgeSource(at: string, dialect: Dialect): string {
  if (at === "word") return dialect === "py" ? "(?a:\\b)" : "\\b";
  if (at === "start" || at === "lineStart") return "^";
  // In Python `$` also stands before a newline that ends the text.
  return dialect !== "js" && at === "end" ? "\\Z" : "$";
}

function print(node: Node, dialect: Dialect): string {
  switch (node.kind) {
    case "text":
      return Array.from(node.text, (c) =>
        /[\\^$.*+?()[\]{}|]/.test(c) || (c === "/" && dialect === "js") ? `\\${c}` : visible(c),
      ).join("");
    case "set":
      return printSet(node.set, dialect) + quantifier(node.min, node.max);
    case "seq":
      return node.parts
        .map((part) => (part.kind === "either" ? `(?:${print(part, dialect)})` : print(part, dialect)))
        .join("");
    case "either":
      return node.options.map((option) => print(option, dialect)).join("|");
    case "repeat": {
      const inside = print(node.part, dialect);
      const single = node.part.kind === "text" && Array.from(node.part.text).length === 1 && inside.length <= 2;
      return (single ? inside : `(?:${inside})`) + quantifier(node.min, node.max);
    }
    case "capture":
      return `(${node.name ? `?${dialect === "js" ? "" : "P"}<${node.name}>` : ""}${print(node.part, dialect)})`;
    case "edge":
      return edgeSource(node.at, dialect);
  }
}

/** Source and flags (without g) of a JavaScript regular expression. */
export function javascriptRegExp(node: Node): { readonly source: string; readonly flags: string } {
  return { source: print(node, "js"), flags: (isMultiline(node) ? "m" : "") + (isUnicode(node) ? "u" : "") };
}

export const compile = (node: Node, global: boolean): RegExp => {
  const { source, flags } = javascriptRegExp(node);
  return new RegExp(source, flags + (global ? "g" : ""));
};

/** `re.compile(…)` of the same in Python: `\d`, `\w` and `\b` mean ASCII there only with the flag. */
export function pythonRegExp(node: Node): string {
  const ascii = !some(node, (n) => n.kind === "set" && !isAscii(n.set));
  const special = some(
    node,
    (n) =>
      (n.kind === "set" && n.set.items.some((item) => item === "digit" || item === "word")) ||
      (n.kind === "edge" && n.at === "word"),
  );
  const source = print(node, ascii ? "ascii" : "py");
  const flags = [...(ascii && special ? ["re.ASCII"] : []), ...(isMultiline(node) ? ["re.MULTILINE"] : [])];
  const single = source.includes('"') && !source.includes("'");
  const quoted = single ? `r'${source}'` : `r"${source.replaceAll('"', '\\"')}"`;
  return `re.compile(${[quoted, ...(flags.length > 0 ? [flags.join(" | ")] : [])].join(", ")})`;
}
