/** Programs that give a record of fields: columns, pairs, one pattern for the line, or a pattern for each field. */
import type { JsonValue } from "../../contract/wire.ts";
import type { Deadline } from "../deadline.ts";
import { freeName } from "../javascript.ts";
import { spread } from "../spread.ts";
import { cellStyles, cellsOf } from "./cells.ts";
import { findersFor } from "./finder.ts";
import { linePatterns } from "./line.ts";
import { pairStyles, pairsOf } from "./pairs.ts";
import { type Missing, type Program, runProgram } from "./program.ts";
import { type AtHand, rankAndCompare } from "./rank.ts";
import { locateAll, locateOne, type Span } from "./spans.ts";

type Fields = Readonly<Record<string, JsonValue>>;

export interface RecordTask {
  readonly texts: readonly string[];
  readonly outputs: readonly Fields[];
  readonly atHand: readonly AtHand[];
}

interface Column {
  readonly key: string;
  /** Undefined where the field is missing. */
  readonly wanted: readonly (string | undefined)[];
  readonly missing: Missing;
}

const maxKeys = 40;
const sampledRows = 60;
/** Rows that patterns for lines are learned from. */
const lineRows = 200;
const maxLines = 40;

/** The fields, and whether those that are missing are left out; undefined where outputs are no such records. */
function columnsOf(outputs: readonly Fields[]): { columns: Column[]; omit: boolean } | undefined {
  const keys = [...new Set(outputs.flatMap((output) => Object.keys(output)))];
  if (keys.length === 0 || keys.length > maxKeys) return undefined;
  const missing = new Set<string>();
  const columns = keys.map((key): Column => {
    const values = outputs.map((output) => (Object.hasOwn(output, key) ? output[key] : undefined));
    const own = new Set(
      values.map((value) =>
        typeof value === "string" && value !== "" ? "text" : (JSON.stringify(value) ?? "left out"),
      ),
    );
    own.delete("text");
    for (const kind of own) missing.add(own.size > 1 ? "mixed" : kind);
    const wanted = values.map((value) => (typeof value === "string" && value !== "" ? value : undefined));
    return { key, wanted, missing: own.has('""') ? "" : null };
  });
  const kinds = [...missing];
  if (kinds.some((kind) => !["null", '""', "left out"].includes(kind))) return undefined;
  const omit = kinds.includes("left out");
  return omit && kinds.includes("null") ? undefined : { columns, omit };
}

export function recordPrograms(task: RecordTask, deadline: Deadline): Program[] {
  const shape = columnsOf(task.outputs);
  if (!shape) return [];
  const { columns, omit } = shape;
  const part = sampleOf(columns, task.texts.length);
  const few = columns.map((column) => ({ ...column, wanted: part.map((i) => column.wanted[i]) }));
  const texts = part.map((i) => task.texts[i] ?? "");
  const outputs = part.map((i) => task.outputs[i] ?? {});
  const cut = [...byColumns(texts, few, omit), ...byPairs({ ...task, texts, outputs }, few, omit)];
  const found = [
    ...cut.filter((program) => fitsAll(program, task, columns, deadline)),
    ...byLine(task, columns, omit, deadline.share(0.5)),
  ];
  return found.length > 0 ? found : byFields(task, columns, omit, deadline);
}

/** Positions of rows that splitters are learned from: spread over all, and one where each field is missing. */
function sampleOf(columns: readonly Column[], rows: number): number[] {
  const missing = columns.map(({ wanted }) => wanted.indexOf(undefined)).filter((i) => i >= 0);
  return [...new Set([...spread(rows, sampledRows), ...missing])];
}

function fitsAll(program: Program, { texts }: RecordTask, columns: readonly Column[], deadline: Deadline): boolean {
  return texts.every((text, i) => {
    if (i % 64 === 63 && deadline.expired()) return false;
    const output = runProgram(program, text) as Fields;
    return columns.every(({ key, wanted }) => (output[key] || undefined) === wanted[i]);
  });
}

function byColumns(texts: readonly string[], columns: readonly Column[], omit: boolean): Program[] {
  return cellStyles(texts).flatMap((style): Program[] => {
    const rows = texts.map((text) => cellsOf(text, style));
    const width = Math.min(200, Math.max(...rows.map((row) => row.length)));
    const taken = new Set<number>();
    const slots = columns.map(({ key, wanted, missing }) => {
      const matches = (column: number): boolean =>
        !taken.has(column) && rows.every((row, i) => (row[column] || undefined) === wanted[i]);
      const column = Array.from({ length: width }, (_, c) => c).find(matches) ?? -1;
      taken.add(column);
      return { key, missing, column };
    });
    if (slots.some(({ column }) => column < 0)) return [];
    const rare = [",", "\t", "|", ";"].includes(style.delimiter) ? 0 : 1;
    const cost = 1.2 + 0.35 * slots.length + (style.quotes ? -0.3 : 0) + (style.trim ? 0.3 : 0) + rare;
    return [{ kind: "columns", style, slots, omit, cost }];
  });
}

function byPairs({ texts, outputs }: RecordTask, columns: readonly Column[], omit: boolean): Program[] {
  return pairStyles.flatMap((style, rank): Program[] => {
    const rows = texts.map((text) => pairsOf(text, style));
    if (rows.every((row) => row.size === 0)) return [];
    const names = new Set(rows.flatMap((row) => [...row.keys()]));
    const base = 1.6 + rank * 0.08;
    const slots = columns.map(({ key, wanted, missing }) => {
      const fits = (name: string): boolean => rows.every((row, i) => (row.get(name) || undefined) === wanted[i]);
      const name = names.has(key) && fits(key) ? key : [...names].find(fits);
      return { key, missing, name };
    });
    const whole = rows.every((row, i) => {
      const output = outputs[i] ?? {};
      return row.size === Object.keys(output).length && [...row].every(([key, value]) => output[key] === value);
    });
    // Records that differ in their keys, and have every pair, mean every pair.
    const all: Program[] = whole && omit ? [{ kind: "pairs", style, omit: false, cost: base }] : [];
    if (slots.some(({ name }) => name === undefined)) return all;
    const known = slots.flatMap((slot) => (slot.name === undefined ? [] : [{ ...slot, name: slot.name }]));
    const renamed = known.filter(({ key, name }) => key !== name).length;
    return [...all, { kind: "pairs", style, slots: known, omit, cost: base + 0.25 * known.length + 0.4 * renamed }];
  });
}

/** Fields in the order in which they stand, for texts that have all of them; texts that have none must not match. */
function byLine(task: RecordTask, columns: readonly Column[], omit: boolean, deadline: Deadline): Program[] {
  const { texts } = task;
  const complete = texts.flatMap((_, i) => (columns.every(({ wanted }) => wanted[i] !== undefined) ? [i] : []));
  const empty = texts.flatMap((_, i) => (columns.every(({ wanted }) => wanted[i] === undefined) ? [i] : []));
  if (complete.length === 0 || complete.length + empty.length < texts.length) return [];
  const full = spread(complete.length, lineRows).map((i) => complete[i] ?? 0);
  const lines = full.map((i) => texts[i] ?? "");
  const places = columns.map(({ wanted }) =>
    locateOne(
      lines,
      full.map((i) => wanted[i]),
    ),
  );
  const [first, ...rest] = [...lines.keys()].map((row) =>
    columns.map((_, c) => c).sort((a, b) => (places[a]?.[row]?.start ?? 0) - (places[b]?.[row]?.start ?? 0)),
  );
  if (!first) return [];
  const orders = [...new Map([first, ...rest].map((order) => [String(order), order])).values()];
  const taken = new Set<string>();
  const groups = columns.map(({ key }) => freeName(key, taken));
  for (const order of orders.slice(0, 4)) {
    const spans: Span[][] = [];
    for (const [row, line] of lines.entries()) {
      const own = order.map((c) => places[c]?.[row]);
      const inOrder = own.every((span, i) => span && (i === 0 || span.start >= (own[i - 1]?.end ?? 0)));
      const located = inOrder
        ? own.filter((span) => span !== undefined)
        : locateAll(
            line,
            order.map((c) => columns[c]?.wanted[full[row] ?? 0] ?? ""),
          );
      if (!located) break;
      spans.push(located);
    }
    if (spans.length < lines.length) continue;
    const patterns = linePatterns({ texts: lines, spans, groups: order.map((c) => groups[c] ?? "") }, deadline);
    const programs = patterns
      .slice(0, maxLines)
      .map(({ node, regExp, cost }): Program => {
        const slots = columns.map(({ key, missing }, c) => ({ key, missing, group: groups[c] ?? "" }));
        return { kind: "line", node, regExp, slots, omit, cost: 1 + cost };
      })
      .filter((program) => fitsAll(program, task, columns, deadline));
    if (programs.length > 0) return programs;
  }
  return [];
}

/** The best finder for each field, and the runners-up one at a time. */
function byFields(
  { texts, atHand }: RecordTask,
  columns: readonly Column[],
  omit: boolean,
  deadline: Deadline,
): Program[] {
  const slots: { key: string; missing: Missing; options: Extract<Program, { kind: "one" }>[] }[] = [];
  for (const [i, { key, wanted, missing }] of columns.entries()) {
    const spans = locateOne(texts, wanted);
    if (!spans) return [];
    const part = deadline.share(1 / (columns.length - i));
    const finders = findersFor({ texts, spans: spans.map((span) => (span ? [span] : [])), single: true }, part);
    const options = finders.map((finder) => ({ kind: "one" as const, finder, missing: null, cost: finder.cost }));
    const [first] = options;
    if (!first) return [];
    const { best } = rankAndCompare(options, texts, atHand);
    const chosen = best.kind === "one" ? best : first;
    slots.push({ key, missing, options: [chosen, ...options.filter((option) => option !== chosen).slice(0, 4)] });
  }
  const build = (changed: number, option: number): Program => {
    const chosen = slots.map(({ key, missing, options }, i) => ({
      key,
      missing,
      one: options[i === changed ? option : 0],
    }));
    const known = chosen.flatMap(({ key, missing, one }) =>
      one ? [{ key, missing, finder: one.finder, cost: one.cost }] : [],
    );
    return {
      kind: "fields",
      slots: known,
      omit,
      cost: known.reduce((sum, slot) => sum + slot.cost + 0.4, 0.5) + (option > 0 ? 0.3 : 0),
    };
  };
  return [build(-1, 0), ...slots.flatMap(({ options }, i) => options.slice(1).map((_, o) => build(i, o + 1)))];
}
