/** What completion and hover say in a task file, by the line alone: they also work while the file cannot be read. Pure. */
import type { Said } from "../../contract/say.ts";
import { exampleFields, type Field, fields } from "./fields.ts";

export interface Suggestion {
  readonly label: string;
  /** Undefined where the label says it all. */
  readonly description?: Said;
  /** In VS Code's snippet syntax. */
  readonly snippet: string;
  readonly kind: "key" | "value";
  /** What of the line it takes the place of: from here to the caret. */
  readonly from: number;
}

export interface Explanation {
  readonly description: Said;
  readonly start: number;
  readonly end: number;
}

const keyBefore = /^(\s*)(-\s+)?([\w]*)$/;

/** @param line counted from 0, as `character` */
export function suggest(lines: readonly string[], line: number, character: number): Suggestion[] {
  const before = (lines[line] ?? "").slice(0, character);
  const valued = /^(\w+):\s+(\w*)$/.exec(before);
  if (valued) {
    const values = fields[valued[1] ?? ""]?.values ?? [];
    const from = character - (valued[2] ?? "").length;
    return values.map((label) => ({ label, snippet: label, kind: "value", from }));
  }
  const key = keyBefore.exec(before);
  if (!key) return [];
  const [, indent = "", dash = "", word = ""] = key;
  const from = character - word.length;
  if (indent === "" && dash === "") {
    const taken = new Set(lines.flatMap((one, at) => (at === line ? [] : (/^(\w+):/.exec(one)?.[1] ?? []))));
    return offer(fields, taken, from);
  }
  if (parentKey(lines, line) !== "examples") return [];
  return offer(exampleFields, takenInItem(lines, line, dash !== ""), from);
}

/** Undefined where nothing is known of what stands there. */
export function explain(lines: readonly string[], line: number, character: number): Explanation | undefined {
  const text = lines[line] ?? "";
  const key = /^(\s*(?:-\s+)?)(\w+)(?=\s*:)/.exec(text);
  if (!key) return undefined;
  const [, lead = "", name = ""] = key;
  const [start, end] = [lead.length, lead.length + name.length];
  if (character < start || character > end) return undefined;
  const known = lead === "" ? fields : parentKey(lines, line) === "examples" ? exampleFields : {};
  const field: Field | undefined = Object.hasOwn(known, name) ? known[name] : undefined;
  return field && { description: field.description, start, end };
}

function offer(known: Readonly<Record<string, Field>>, taken: ReadonlySet<string>, from: number): Suggestion[] {
  return Object.entries(known)
    .filter(([name]) => !taken.has(name))
    .map(([label, { description, snippet }]) => ({
      label,
      description,
      snippet: `${label}:${snippet}`,
      kind: "key",
      from,
    }));
}

/** The key at the margin under which a line stands. */
function parentKey(lines: readonly string[], line: number): string | undefined {
  for (let at = line - 1; at >= 0; at--) {
    const key = /^(\w+):/.exec(lines[at] ?? "")?.[1];
    if (key) return key;
  }
  return undefined;
}

/** Keys that the list item of this line has in its other lines. */
function takenInItem(lines: readonly string[], line: number, startsItem: boolean): Set<string> {
  const taken = new Set<string>();
  const keyOf = (text: string) => /^\s+(?:-\s+)?(\w+)\s*:/.exec(text)?.[1];
  const isStart = (text: string) => /^\s*-\s/.test(text);
  for (let at = line - 1; !startsItem && at >= 0; at--) {
    const text = lines[at] ?? "";
    const key = keyOf(text);
    if (key) taken.add(key);
    if (isStart(text) || /^\w/.test(text)) break;
  }
  for (let at = line + 1; at < lines.length && !isStart(lines[at] ?? "") && !/^\w/.test(lines[at] ?? ""); at++) {
    const key = keyOf(lines[at] ?? "");
    if (key) taken.add(key);
  }
  return taken;
}
