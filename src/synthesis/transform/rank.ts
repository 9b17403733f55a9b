/** Which of the programs that fit to prefer, and where they disagree. */
import type { JsonValue } from "../../contract/wire.ts";
import { fieldsOf, type Shape } from "./fields.ts";
import { strangeness } from "./looks.ts";
import { type Program, runPipeline, runProgram } from "./program.ts";
import { spread } from "./text.ts";
import { listKey } from "./tidy.ts";

const maxAmbiguous = 10;
const comparedPrograms = 8;
const rankedInputs = 200;
/** Programs dearer than the best by more than this are not serious rivals. */
const rivalMargin = 2;

export interface Ranked {
  readonly best: Program;
  readonly ambiguous: { readonly input: JsonValue; readonly outputs: readonly JsonValue[] }[];
}

/**
 * Cost, plus penalties for unlabelled inputs on which a program finds nothing, or gives what does not look like its
 * outputs on the examples. `known` are the fields of the examples.
 */
export function rankAndCompare(
  programs: readonly Program[],
  known: readonly (readonly string[])[],
  inputs: readonly JsonValue[],
  shape: Shape,
): Ranked {
  const rows = inputs.map((input) => fieldsOf(input, shape));
  const sample = spread(rows.length, rankedInputs)
    .map((i) => rows[i] ?? [])
    .filter((row) => row.some((field) => field.trim() !== ""));
  const shown = spread(known.length, rankedInputs).map((i) => known[i] ?? []);
  const ranked = programs
    .map((program) => {
      const lost =
        sample.length === 0 ? 0 : sample.reduce((sum, row) => sum + shareLost(program, row), 0) / sample.length;
      return { program, cost: program.cost + lost * 8 + strange(program, shown, sample) - sharedCuts(program) };
    })
    .sort((a, b) => a.cost - b.cost);
  const [best, ...others] = ranked;
  if (!best) throw new RangeError("nothing to rank");
  const rivals = others.filter((other) => other.cost <= best.cost + rivalMargin).slice(0, comparedPrograms);
  const ambiguous: { input: JsonValue; outputs: JsonValue[] }[] = [];
  const seen = new Set<string>();
  for (const [i, row] of rows.entries()) {
    if (ambiguous.length >= maxAmbiguous) break;
    const input = inputs[i] ?? null;
    const key = JSON.stringify(input);
    if (seen.has(key)) continue;
    seen.add(key);
    const outputs = new Map<string, JsonValue>();
    for (const { program } of [best, ...rivals]) {
      const output = runProgram(program, row);
      outputs.set(JSON.stringify(output), output);
    }
    if (outputs.size > 1) ambiguous.push({ input, outputs: [...outputs.values()].slice(0, 4) });
  }
  return { best: best.program, ambiguous };
}

/** Pieces taken from one list belong together: `const [last, first] = …`. */
function sharedCuts(program: Program): number {
  if (program.kind !== "text") return 0;
  const lists = program.pieces.flatMap((piece) => listKey(piece) ?? []);
  return (lists.length - new Set(lists).size) * 0.8;
}

/** How unlike the outputs on the examples those on the other rows look, column by column where there are several. */
function strange(
  program: Program,
  shown: readonly (readonly string[])[],
  sample: readonly (readonly string[])[],
): number {
  if (sample.length === 0) return 0;
  if (program.kind === "record")
    return program.values.reduce((sum, value) => sum + strange(value, shown, sample), 0) / program.values.length;
  const texts = (rows: readonly (readonly string[])[]): string[] =>
    rows
      .map((row) => runProgram(program, row))
      .flatMap((output) => (Array.isArray(output) ? output : [output]))
      .map(String);
  return strangeness(texts(shown), texts(sample));
}

/** 1 where the output is empty or not a number; in between where pieces of it are empty. */
function shareLost(program: Program, row: readonly string[]): number {
  if (row.every((field) => field.trim() === "")) return 0;
  switch (program.kind) {
    case "text": {
      const pipelines = program.pieces.flatMap((p) => (p.kind === "pipeline" ? [p.pipeline] : []));
      if (pipelines.length === 0) return 0;
      return pipelines.filter((pipeline) => runPipeline(pipeline, row) === "").length / pipelines.length;
    }
    case "number":
      return Number.isFinite(program.formula.value(row)) ? 0 : 1;
    case "branch":
      return shareLost(program.test.holds(row) ? program.yes : program.no, row);
    case "record":
      return program.values.reduce((sum, value) => sum + shareLost(value, row), 0) / program.values.length;
    default:
      return 0;
  }
}
