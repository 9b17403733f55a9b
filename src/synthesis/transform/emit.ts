/** Writes a program as JavaScript that a person would write, and says in words what it does. */
import { freeName, literal, optionalMember, ordinal, propertyKey, quote, templateText } from "../javascript.ts";
import type { Shape } from "./fields.ts";
import { listJs, plural } from "./lists.ts";
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

/** A pipeline in words. */
export function sayPipeline(pipeline: Pipeline, labels: readonly string[]): string {
  let words = labels[pipeline.field] ?? "the text";
  for (const step of pipeline.steps) words = step.say(words);
  return words;
}

/** The whole source: helpers, a comment, and `function run(input)`. */
export function emitProgram(program: Program, shape: Shape, explanation: string): string {
  const taken = new Set<string>();
  const names = shape.keys ? shape.keys.map((key) => freeName(String(key), taken)) : ["text"];
  const used = usedFields(program);
  const lines = names.flatMap((name, i) => {
    if (!used.has(i)) return [];
    const source = shape.keys ? optionalMember("input", shape.keys[i] ?? "") : "input";
    return [`const ${name} = String(${source} ?? "");`];
  });
  const body = [...lines, ...statements(program, names, new Set([...names, "input"]))].map((line) => `  ${line}`);
  const helpers = [...new Map(helpersOf(program).map((h) => [h.name, h.source])).values()];
  const comment = explanation.length > 240 ? `${explanation.slice(0, 239).toWellFormed()}…` : explanation;
  return `${[...helpers, `// ${comment}\nfunction run(input) {\n${body.join("\n")}\n}`].join("\n\n")}\n`;
}

function statements(program: Program, names: Names, taken: ReadonlySet<string>): string[] {
  if (program.kind === "branch")
    return [
      `if (${program.test.js(names)}) {`,
      ...statements(program.yes, names, taken).map((line) => `  ${line}`),
      "}",
      ...statements(program.no, names, taken),
    ];
  const own = new Set(taken);
  const shared = sharedPicks(pipelinesOf(program), names, own);
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
      if (!program.keys) return `[${values.join(", ")}]`;
      return `{ ${program.keys.map((key, i) => `${propertyKey(key)}: ${values[i] ?? "null"}`).join(", ")} }`;
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

/** Where the list of a pick is taken from, as a key: pipelines that share it are destructured together. */
function pickKey(pipeline: Pipeline, names: Names): { at: number; key: string; from: string; step: Step } | undefined {
  const at = pipeline.steps.findIndex((step) => step.pick !== undefined);
  const step = pipeline.steps[at];
  if (!step?.pick || step.pick.index < 0 || step.pick.index > 5) return undefined;
  const from = pipelineJs(pipeline, names, undefined, pipeline.steps.slice(0, at));
  const before = pipeline.steps[at - 1];
  return { at, from: before?.loose ? `(${from})` : from, key: `${from}\u0001${step.pick.lister.key}`, step };
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
  names: Names,
  taken: Set<string>,
): { lines: string[]; starts: Map<string, string> } {
  const groups = new Map<string, NonNullable<ReturnType<typeof pickKey>>[]>();
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
    const slots: string[] = [];
    for (let index = 0; index <= Math.max(...wanted); index++) {
      if (!wanted.has(index)) {
        slots.push("");
        continue;
      }
      const nth = ["first", "second", "third", "fourth", "fifth", "sixth"][index] ?? ordinal(index);
      const noun = lister.noun.startsWith("run") ? "run" : (lister.noun.split(" ").at(-1) ?? "part");
      const name = freeName(`${nth} ${noun}`, taken);
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

function helpersOf(program: Program): readonly Helper[] {
  switch (program.kind) {
    case "text":
      return pipelinesOf(program).flatMap((pipeline) => pipeline.steps.flatMap((step) => step.helpers ?? []));
    case "number":
      return program.formula.helpers ?? [];
    case "branch":
      return [...helpersOf(program.yes), ...helpersOf(program.no)];
    case "list":
      return program.each?.helpers ?? [];
    case "record":
      return program.values.flatMap(helpersOf);
    default:
      return [];
  }
}

/** Fields whose variables the source mentions; tests and formulas may mention any. */
function usedFields(program: Program): Set<number> {
  const used = new Set<number>();
  const probe = Array.from({ length: 1_000 }, (_, i) => `@@${i}@@`);
  for (const [, field] of statements(program, probe, new Set())
    .join("\n")
    .matchAll(/@@(\d+)@@/g))
    used.add(Number(field));
  return used;
}

/** What a program does, as one sentence. */
export function explain(program: Program, labels: readonly string[]): string {
  return `Gives ${say(program, labels)}.`;
}

function say(program: Program, labels: readonly string[]): string {
  switch (program.kind) {
    case "text":
      return program.pieces
        .map((p) => (p.kind === "constant" ? quote(p.text) : sayPipeline(p.pipeline, labels)))
        .join(", then ");
    case "number":
      return program.formula.say;
    case "test":
      return `${!program.negated} where ${program.test.say}, else ${program.negated}`;
    case "constant":
      return `${literal(program.value)} always`;
    case "branch":
      return `${say(program.yes, labels)} where ${program.test.say}; else ${say(program.no, labels)}`;
    case "list":
      return program.each
        ? program.each.say(`each ${program.lister.noun}`)
        : `the list of ${plural(program.lister)} of ${labels[program.field] ?? "the text"}${program.lister.where && ` (cut${program.lister.where})`}`;
    case "record": {
      const parts = program.values.map((value, i) => `${program.keys?.[i] ?? ordinal(i)}: ${say(value, labels)}`);
      return `${program.keys ? "an object" : "a list"} with ${parts.join("; ")}`;
    }
  }
}
