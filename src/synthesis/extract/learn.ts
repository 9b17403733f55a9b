/** The door of the extraction room: texts with the wanted spans in, a program with a named pattern (or a splitter) out. */
import { type Said, say } from "../../contract/say.ts";
import type { Example } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { Deadline } from "../deadline.ts";
import { cellStyles, cellsOf } from "./cells.ts";
import { emitJavascript, type Source } from "./emit.ts";
import { findersFor } from "./finder.ts";
import type { Missing, Program } from "./program.ts";
import { runProgram } from "./program.ts";
import { emitPython } from "./python.ts";
import { type Ambiguity, type AtHand, rankAndCompare } from "./rank.ts";
import { recordPrograms } from "./records.ts";
import { locateAll, locateOne } from "./spans.ts";
import { explain } from "./words.ts";

export interface ExtractionOptions {
  /** Unlabelled inputs at hand: candidates that fail on them rank lower. */
  readonly inputs: readonly JsonValue[];
  readonly deadline: Deadline;
  readonly onProgress?: (message: Said) => void;
}

export interface Extraction {
  /** Source that defines `function run(input)`; it throws a TypeError that begins with "expected" for what is no text. */
  readonly javascript: string;
  /** The same program in Python, written when asked for. */
  readonly python: () => string;
  readonly explanation: string;
  /** What the program gives; undefined where it would throw. */
  readonly give: (input: JsonValue) => JsonValue | undefined;
  /** In bits, to be compared with other programs that fit the same examples. */
  readonly cost: number;
  /** At most ten inputs on which programs that fit disagree; the chosen program's output comes first. */
  readonly ambiguous: readonly Ambiguity[];
  /** Whether the time ran out: a better program may exist. */
  readonly cutShort: boolean;
}

/** Texts looked at: the shortest share of very large inputs keeps the search within its time. */
const maxTextLength = 2_000_000;

/**
 * Undefined where the outputs are not spans of the inputs (a text, null or "" for none; a list of texts in the order in
 * which they stand; a flat record of texts), or where no pattern gives them all in time. Positions and contexts are
 * generalised as in FlashExtract (Le and Gulwani, PLDI 2014, section 4: sequences of tokens left and right of a span);
 * what else the pattern finds in the examples counts against it, as in Bartoli et al., "Inference of regular expressions
 * for text extraction from examples" (IEEE TKDE 28, 2016).
 */
export function learnExtraction(examples: readonly Example[], options: ExtractionOptions): Extraction | undefined {
  const { deadline, onProgress } = options;
  const unique = [...new Map(examples.map((example) => [JSON.stringify(example.input), example])).values()];
  const contradictory = new Set(examples.map((example) => JSON.stringify([example.input, example.output]))).size;
  if (unique.length === 0 || contradictory > unique.length) return undefined;
  const source = sourceOf(unique);
  if (!source) return undefined;
  const texts = unique.map(({ input }) => textOf(input, source) ?? "");
  if (texts.reduce((sum, text) => sum + text.length, 0) > maxTextLength * 10) return undefined;
  const outputs = unique.map(({ output }) => output);
  const atHand: AtHand[] = options.inputs.slice(0, 2_000).flatMap((input) => {
    const text = textOf(input, source);
    return text === undefined ? [] : [{ input, text }];
  });
  onProgress?.(say`Looking for a pattern that finds what is wanted`);
  const programs = programsFor(texts, outputs, atHand, deadline.share(0.8));
  if (programs.length === 0) return undefined;
  const { best, ambiguous } = rankAndCompare(programs, texts, atHand, deadline);
  if (!unique.every((_, i) => sameJson(runProgram(best, texts[i] ?? ""), outputs[i] ?? null))) return undefined;
  const cutShort = deadline.expired();
  const note = cutShort ? " The search was cut short by its time limit: a better program may exist." : "";
  return {
    javascript: emitJavascript(best, source, note),
    python: () => emitPython(best, source, note),
    give: (input) => {
      const text = textOf(input, source);
      return text === undefined ? undefined : runProgram(best, text);
    },
    explanation: explain(best) + note,
    cost: best.cost,
    ambiguous,
    cutShort,
  };
}

const isRecord = (value: JsonValue): value is { [key: string]: JsonValue } =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** Equal as JSON; the order of an object's keys does not count. */
function sameJson(a: JsonValue, b: JsonValue): boolean {
  if (!isRecord(a) || !isRecord(b)) return JSON.stringify(a) === JSON.stringify(b);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key]);
}

/** Texts that an output consists of. */
function wantedTexts(output: JsonValue): string[] {
  const values = output !== null && typeof output === "object" ? Object.values(output) : [output];
  return values.filter((value) => typeof value === "string");
}

/** The text itself, or the one field of a record that holds all wanted texts. */
function sourceOf(examples: readonly Example[]): Source | undefined {
  const inputs = examples.map(({ input }) => input);
  if (inputs.every((input) => input === null || typeof input !== "object")) return { optional: inputs.includes(null) };
  if (!inputs.every(isRecord)) return undefined;
  const fields = [...new Set(inputs.flatMap((input) => Object.keys(input)))].slice(0, 40);
  for (const field of fields) {
    const values = inputs.map((input) => (Object.hasOwn(input, field) ? (input[field] ?? null) : null));
    if (!values.every((value) => value === null || typeof value === "string")) continue;
    const holds = examples.every(({ output }, i) =>
      wantedTexts(output).every((text) => (values[i] ?? "").includes(text)),
    );
    if (holds) return { field, optional: values.includes(null) };
  }
  return undefined;
}

/** The text of an input as the emitted program reads it; undefined where there is none. */
function textOf(input: JsonValue, { field, optional }: Source): string | undefined {
  if (field === undefined) {
    if (input === null) return optional ? "" : undefined;
    return typeof input === "object" ? undefined : String(input);
  }
  const value = isRecord(input) && Object.hasOwn(input, field) ? (input[field] ?? null) : null;
  return typeof value === "string" ? value : optional && value === null ? "" : undefined;
}

function programsFor(
  texts: readonly string[],
  outputs: readonly JsonValue[],
  atHand: readonly AtHand[],
  deadline: Deadline,
): Program[] {
  if (outputs.every((output) => output === null || typeof output === "string")) return forOne(texts, outputs, deadline);
  if (outputs.every((output) => Array.isArray(output))) return forAll(texts, outputs, deadline);
  if (!outputs.every(isRecord)) return [];
  if (!outputs.every((output) => Object.values(output).every((v) => v === null || typeof v === "string"))) return [];
  return recordPrograms({ texts, outputs, atHand }, deadline);
}

function forOne(texts: readonly string[], outputs: readonly (string | null)[], deadline: Deadline): Program[] {
  if (outputs.every((output, i) => output === texts[i]) || outputs.every((output) => !output)) return [];
  if (outputs.includes("") && outputs.includes(null)) return [];
  const missing: Missing = outputs.includes("") ? "" : null;
  const wanted = outputs.map((output) => output || undefined);
  const spans = locateOne(texts, wanted);
  const finders = spans
    ? findersFor({ texts, spans: spans.map((span) => (span ? [span] : [])), single: true }, deadline)
    : [];
  return [
    ...finders.map((finder): Program => ({ kind: "one", finder, missing, cost: finder.cost + 1 })),
    ...cellStyles(texts).flatMap((style): Program[] => {
      const rows = texts.map((text) => cellsOf(text, style));
      const width = Math.min(100, ...rows.map((row) => row.length));
      const column = Array.from({ length: width }, (_, c) => c).find((c) =>
        rows.every((row, i) => (row[c] || undefined) === wanted[i]),
      );
      if (column === undefined) return [];
      const cost = 3.2 + 0.2 * Math.min(column, 6) + (style.quotes ? 0 : 0.2) + (style.trim ? 0.3 : 0);
      return [{ kind: "cell", style, column, missing, cost }];
    }),
  ];
}

function forAll(texts: readonly string[], outputs: readonly (readonly JsonValue[])[], deadline: Deadline): Program[] {
  const wanted = outputs.map((output) => output.filter((value) => typeof value === "string"));
  if (wanted.some((list, i) => list.length < (outputs[i]?.length ?? 0))) return [];
  if (wanted.every((list) => list.length === 0)) return [];
  const cells = cellStyles(texts).flatMap((style): Program[] =>
    texts.every((text, i) => JSON.stringify(cellsOf(text, style)) === JSON.stringify(wanted[i]))
      ? [{ kind: "cells", style, cost: 2 + (style.quotes ? 0 : 0.2) + (style.trim ? 0.3 : 0) }]
      : [],
  );
  const spans = texts.map((text, i) => locateAll(text, wanted[i] ?? []));
  if (!spans.every((list) => list !== undefined)) return cells;
  const finders = findersFor({ texts, spans, single: false }, deadline);
  return [...cells, ...finders.map((finder): Program => ({ kind: "all", finder, cost: finder.cost + 1 }))];
}
