/** Writes a program as JavaScript that a person would write. */
import { freeName, literal, propertyKey, quote, templateText } from "../javascript.ts";
import type { Shape } from "./fields.ts";
import { listJs } from "./lists.ts";
import { elementNames } from "./names.ts";
import type { Names, Piece, Program, Test } from "./program.ts";
import type { Helper, Pipeline, Step } from "./step.ts";

/** JavaScript of a pipeline, from the variable of its field (or from `start`). */
export function pipelineJs(pipeline: Pipeline, names: Names, start?: string, steps = pipeline.steps): string {
  let source = start ?? names[pipeline.field] ?? "text";
  let loose = false;
  for (const step of steps) {
    source = step.js(loose ? `(${source})` : source);
    loose = step.loose ?? false;
  }
  return source;
}

export interface EmitOptions {
  readonly explanation: string;
  /** Fields of the examples: they tell how long lists are, and so what to call their elements. */
  readonly rows: readonly (readonly string[])[];
  /** For each field, whether it is null or missing in an example: it is then read as empty text. */
  readonly optional: readonly boolean[];
}

/**
 * The whole source: helpers, a comment, and `function run(input)`. Text, numbers and yes/no are read as text; whatever
 * else stands where the examples had text (null, a list, an object) throws a TypeError that begins with "expected".
 */
export function emitProgram(program: Program, shape: Shape, options: EmitOptions): string {
  const taken = new Set(["input"]);
  const names = shape.keys
    ? shape.keys.map((key) => freeName(typeof key === "number" ? `item ${key + 1}` : key, taken))
    : ["text"];
  for (const name of names) taken.add(name);
  const used = [...usedFields(program, options.rows)].sort((a, b) => a - b);
  const helpers = helpersOf(program);
  const lines = used.flatMap((field) => {
    const name = names[field] ?? "text";
    const optional = options.optional[field] ?? false;
    if (!shape.keys) return optional ? readOptional : readText;
    helpers.push(fieldHelper(options.optional.some(Boolean)));
    return `const ${name} = textOf(input, ${literal(shape.keys[field] ?? "")}${optional ? ', ""' : ""});`;
  });
  const context = { names, rows: options.rows };
  const body = [...lines, ...statements(program, context, taken)].map((line) => `  ${line}`);
  const sources = [...new Map(helpers.map((h) => [h.name, h.source])).values()];
  const { explanation } = options;
  const comment = explanation.length > 240 ? `${explanation.slice(0, 239).toWellFormed()}…` : explanation;
  return `${[...sources, `// ${comment}\nfunction run(input) {\n${body.join("\n")}\n}`].join("\n\n")}\n`;
}

const readText = [
  'if (typeof input === "object") throw new TypeError("expected text");',
  "const text = String(input);",
];
const readOptional = [
  'if (typeof (input ?? "") === "object") throw new TypeError("expected text");',
  'const text = String(input ?? "");',
];

/** Reads a field of a record as text; with `optional`, a third argument stands for what is null or missing. */
const fieldHelper = (optional: boolean): Helper => ({
  name: "textOf",
  source: [
    `function textOf(record, key${optional ? ", missing" : ""}) {`,
    `  const value = ${optional ? '(typeof record === "object" ? record?.[key] : undefined) ?? missing' : 'typeof record === "object" ? record?.[key] : undefined'};`,
    '  if (["string", "number", "boolean"].includes(typeof value)) return String(value);',
    '  throw new TypeError("expected text in " + JSON.stringify(key));',
    "}",
  ].join("\n"),
});

interface Context {
  readonly names: Names;
  readonly rows: readonly (readonly string[])[];
}

function statements(program: Program, context: Context, taken: ReadonlySet<string>): string[] {
  const { names } = context;
  if (program.kind === "branch")
    return [
      `if (${program.test.js(names)}) {`,
      ...statements(program.yes, context, taken).map((line) => `  ${line}`),
      "}",
      ...statements(program.no, context, taken),
    ];
  const own = new Set(taken);
  const shared = sharedPicks(pipelinesOf(program), context, own);
  return [...shared.lines, `return ${expression(program, names, shared.starts)};`];
}

function expression(program: Program, names: Names, starts: ReadonlyMap<string, string>): string {
  switch (program.kind) {
    case "text":
      return concatenation(program.pieces, names, starts);
    case "number":
      return program.formula.js(names);
    case "test":
      return program.negated ? negation(program.test, names) : program.test.js(names);
    case "constant":
      return literal(program.value);
    case "branch":
      return `${program.test.js(names)} ? ${expression(program.yes, names, starts)} : ${expression(program.no, names, starts)}`;
    case "list": {
      const list = listJs(program.lister)(names[program.field] ?? "text");
      return program.each ? `${list}.map((part) => ${program.each.js("part")})` : list.replace(/^\((.*)\)$/s, "$1");
    }
    case "record": {
      const values = program.values.map((value) => expression(value, names, starts));
      const { keys } = program;
      const entries = keys ? values.map((value, i) => `${propertyKey(keys[i] ?? "")}: ${value}`) : values;
      const [open, close] = keys ? ["{", "}"] : ["[", "]"];
      const line = entries.join(", ");
      if (line.length < 90) return keys ? `{ ${line} }` : `[${line}]`;
      return `${open}\n${entries.map((entry) => `    ${entry},\n`).join("")}  ${close}`;
    }
  }
}

function negation(test: Test, names: Names): string {
  return test.notJs?.(names) ?? `!${test.js(names)}`;
}

function concatenation(pieces: readonly Piece[], names: Names, starts: ReadonlyMap<string, string>): string {
  const sources = pieces.map((piece) =>
    piece.kind === "constant" ? quote(piece.text) : pipelineSource(piece.pipeline, names, starts),
  );
  const [only] = sources;
  if (sources.length === 1 && only !== undefined) return only;
  const inside = pieces.map((piece, i) =>
    piece.kind === "constant" ? templateText(piece.text) : `\${${sources[i] ?? ""}}`,
  );
  return `\`${inside.join("")}\``;
}

interface Pick {
  readonly pipeline: Pipeline;
  readonly at: number;
  readonly key: string;
  readonly from: string;
  readonly step: Step;
}

/** Where the list of a pick is taken from, as a key: pipelines that share it are destructured together. */
function pickKey(pipeline: Pipeline, names: Names): Pick | undefined {
  const at = pipeline.steps.findIndex((step) => step.pick !== undefined);
  const step = pipeline.steps[at];
  if (!step?.pick || step.pick.index < 0 || step.pick.index > 5) return undefined;
  const from = pipelineJs(pipeline, names, undefined, pipeline.steps.slice(0, at));
  const before = pipeline.steps[at - 1];
  return { pipeline, at, from: before?.loose ? `(${from})` : from, key: `${from}\u0001${step.pick.lister.key}`, step };
}

function pipelineSource(pipeline: Pipeline, names: Names, starts: ReadonlyMap<string, string>): string {
  const pick = pickKey(pipeline, names);
  const start = pick && starts.get(`${pick.key}\u0001${pick.step.pick?.index}`);
  return start && pick
    ? pipelineJs(pipeline, names, start, pipeline.steps.slice(pick.at + 1))
    : pipelineJs(pipeline, names);
}

/** `const [firstPart, secondPart = ""] = text.split("-");` for lists that several pieces take elements of. */
function sharedPicks(
  pipelines: readonly Pipeline[],
  { names, rows }: Context,
  taken: Set<string>,
): { lines: string[]; starts: Map<string, string> } {
  const groups = new Map<string, Pick[]>();
  for (const pipeline of pipelines) {
    const pick = pickKey(pipeline, names);
    if (pick) groups.set(pick.key, [...(groups.get(pick.key) ?? []), pick]);
  }
  const lines: string[] = [];
  const starts = new Map<string, string>();
  for (const [key, picks] of groups) {
    const [first] = picks;
    const lister = first?.step.pick?.lister;
    if (picks.length < 2 || !first || !lister) continue;
    const wanted = new Set(picks.map((p) => p.step.pick?.index ?? 0));
    const called = elementNames(first.pipeline, first.at, lister, rows);
    const slots: string[] = [];
    for (let index = 0; index <= Math.max(...wanted); index++) {
      if (!wanted.has(index)) {
        slots.push("");
        continue;
      }
      const name = freeName(called[index] ?? `part ${index + 1}`, taken);
      starts.set(`${key}\u0001${index}`, name);
      slots.push(index === 0 && !lister.nullable ? name : `${name} = ""`);
    }
    const list = lister.js(first.from) + (lister.nullable ? " ?? []" : "");
    lines.push(`const [${slots.join(", ")}] = ${list};`.replace("[, ", "[, "));
  }
  return { lines, starts };
}

function pipelinesOf(program: Program): Pipeline[] {
  if (program.kind === "text") return program.pieces.flatMap((p) => (p.kind === "pipeline" ? [p.pipeline] : []));
  if (program.kind === "record") return program.values.flatMap(pipelinesOf);
  if (program.kind === "branch") return [program.yes, program.no].flatMap(pipelinesOf);
  return [];
}

function helpersOf(program: Program): Helper[] {
  switch (program.kind) {
    case "text":
      return pipelinesOf(program).flatMap((pipeline) => pipeline.steps.flatMap((step) => step.helpers ?? []));
    case "number":
      return [...(program.formula.helpers ?? [])];
    case "branch":
      return [...helpersOf(program.yes), ...helpersOf(program.no)];
    case "list":
      return [...(program.each?.helpers ?? [])];
    case "record":
      return program.values.flatMap(helpersOf);
    default:
      return [];
  }
}

/** Fields whose variables the source mentions; tests and formulas may mention any. */
function usedFields(program: Program, rows: Context["rows"]): Set<number> {
  const used = new Set<number>();
  const probe = Array.from({ length: 1_000 }, (_, i) => `@@${i}@@`);
  for (const [, field] of statements(program, { names: probe, rows }, new Set())
    .join("\n")
    .matchAll(/@@(\d+)@@/g))
    used.add(Number(field));
  return used;
}
