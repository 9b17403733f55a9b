/** Writes a linear model as JavaScript: whole-number weights in literals, and the few functions that add them up. */
import { literal, member, propertyKey, quote } from "../javascript.ts";
import type { Field } from "./inputs.ts";
import { readingParts } from "./javascript-parts.ts";
import { type Encoding, encodingOf, type LinearProgram, type Table } from "./quantise.ts";

/** What a program says beside its weights. */
export interface Frame {
  /** A sentence or two; stands above `run`. */
  readonly explanation: string;
  /** Answers less sure than this become null; 0 for none. */
  readonly threshold: number;
  /** Whether an example's input is null, where inputs are plain texts: it is then read as empty text. */
  readonly optional: boolean;
}

/** The first character code of labels and of the weight zero, where pairs of characters stand for weights. */
export const codes = (labels: number): { label: number; zero: number } => ({
  label: labels <= 92 ? 35 : 256,
  zero: 80,
});

export function emitLinearJavascript(program: LinearProgram, frame: Frame): string {
  const { labels, fields, start, tables } = program;
  const encoding = encodingOf(labels.length);
  const names = tableNames(fields);
  const parts = [
    `const LABELS = ${wrapList(labels.map(literal))};`,
    `// Where each label's score starts.\nconst START = ${wrapList(start.map((value) => String(Number(value.toFixed(4)))))};`,
    `// ${explainWeights(encoding)}`,
    ...fields.flatMap((_, f) => {
      const own = tables.filter(({ field }) => field === f);
      if (own.length === 0) return [];
      return [`const ${names[f]} = {\n${own.map((table) => writeTable(table, encoding, labels.length)).join("")}};`];
    }),
  ];
  const used = fields.map((_, f) => tables.filter(({ field }) => field === f));
  const needed = readingParts(program);
  const calls = fields.flatMap((field, f) => (used[f]?.length ? [callFor(field, names[f] ?? "", frame.optional)] : []));
  return `${parts.join("\n\n")}

${needed}${adder(encoding, labels.length)}
// The likeliest label and how sure it is (0 to 1); null where nothing of the input is known${frame.threshold > 0 ? " or it is too unsure" : ""}.
function classify(input) {
  ${guard(fields, frame.optional)}
  const scores = START.slice();
  const known = ${calls.join(" + ") || "0"};
  if (known === 0) return { label: null, confidence: 0 };
  let best = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i] > scores[best]) best = i;
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - scores[best]);
  const confidence = Math.round(10000 / sum) / 10000;
  return { label: ${frame.threshold > 0 ? `confidence < ${frame.threshold} ? null : ` : ""}LABELS[best], confidence };
}

// ${frame.explanation.replace(/\s+/g, " ")}
function run(input) {
  return classify(input).label;
}
`;
}

function explainWeights(encoding: Encoding): string {
  if (encoding === "two") return "What each feature adds: above zero for the second label, below for the first.";
  return "What each feature adds to labels: pairs of characters, one for the label and one for the weight.";
}

function writeTable({ kind, step, weights }: Table, encoding: Encoding, labels: number): string {
  const entries = [...weights].map(
    ([text, values]) => `${propertyKey(text)}: ${writeWeights(values, encoding, labels)}`,
  );
  return `  ${kind}: {\n    step: ${step},\n    weights: {\n${wrap(entries, "      ")}    },\n  },\n`;
}

function writeWeights(values: Int16Array, encoding: Encoding, labels: number): string {
  if (encoding === "two") return String(values[0] ?? 0);
  return quote(pairsOf(values, labels));
}

/** Labels and weights as pairs of characters; weights of zero are not written. */
export function pairsOf(values: Int16Array, labels: number): string {
  const { label, zero } = codes(labels);
  let text = "";
  values.forEach((value, c) => {
    if (value !== 0) text += String.fromCharCode(label + c, zero + value);
  });
  return text;
}

function adder(encoding: Encoding, labels: number): string {
  const { label, zero } = codes(labels);
  const tally = {
    two: "totals[1] += weights;",
    pairs: `for (let i = 0; i < weights.length; i += 2) totals[weights.charCodeAt(i) - ${label}] += weights.charCodeAt(i + 1) - ${zero};`,
  }[encoding === "two" ? "two" : "pairs"];
  return `// Adds the weights of features that are in the table, each times the share; gives how many are.
function add(table, features, share, scores) {
  if (table === undefined) return 0;
  const totals = scores.map(() => 0);
  let known = 0;
  for (const feature of features) {
    const weights = table.weights[feature];
    if (weights === undefined) continue;
    known++;
    ${tally}
  }
  for (let i = 0; i < scores.length; i++) scores[i] += totals[i] * table.step * share;
  return known;
}
`;
}

function callFor(field: Field, table: string, optional: boolean): string {
  const value = field.key === undefined ? "input" : member("input", field.key);
  if (field.kind === "number") return `addNumber(${value}, ${table}, scores)`;
  const safe = field.key === undefined && !optional ? value : `${value} ?? ""`;
  return `add${field.kind === "text" ? "Text" : "Category"}(String(${safe}), ${table}, scores)`;
}

/** Says in the program's own words what it cannot read. */
export function guard(fields: readonly Field[], optional: boolean): string {
  if (fields[0]?.key !== undefined)
    return 'if (input === null || typeof input !== "object") throw new TypeError("expected a record");';
  const wanted = fields[0]?.kind === "number" ? "a number" : "text";
  return `if (typeof ${optional ? '(input ?? "")' : "input"} === "object") throw new TypeError("expected ${wanted}");`;
}

/** A constant's name for each field's tables, all different. */
export function tableNames(fields: readonly Field[]): string[] {
  const names = fields.map(({ key, kind }) => {
    if (key === undefined) return kind === "number" ? "NUMBER" : "TEXT";
    const name = (String(key).match(/[A-Za-z0-9]+/g) ?? []).join("_").toUpperCase().slice(0, 30);
    return /^[A-Z]/.test(name) ? `${name}_WEIGHTS` : `FIELD_${name}`;
  });
  return names.map((name, i) => (names.indexOf(name) === i ? name : `${name}_${i + 1}`));
}

const wrapList = (items: readonly string[]): string => {
  const line = `[${items.join(", ")}]`;
  return line.length < 105 ? line : `[\n${wrap(items, "  ")}]`;
};

/** Entries in lines of about 115 characters. */
export function wrap(entries: readonly string[], indent: string): string {
  let lines = "";
  let line = indent;
  for (const entry of entries) {
    if (line.length + entry.length > 115 && line !== indent) {
      lines += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += `${entry}, `;
  }
  return line === indent ? lines : `${lines}${line.trimEnd()}\n`;
}
