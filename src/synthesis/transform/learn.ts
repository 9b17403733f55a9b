/** The door of the transform room: examples in, programs that fit all of them out, best first. */
import type { Example } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { Deadline } from "../deadline.ts";
import { learnBranches } from "./branches.ts";
import { emitProgram } from "./emit.ts";
import { fieldsOf, isMissing, shapeOf } from "./fields.ts";
import type { Goal } from "./goal.ts";
import { listingCost, type Program, runProgram } from "./program.ts";
import { rankAndCompare } from "./rank.ts";
import { spread } from "./text.ts";
import { countFromOneEnd } from "./tidy.ts";
import { learnValues } from "./values.ts";
import { explain } from "./words.ts";

/** Examples that a search looks at; what it finds is checked on all, and what it missed is looked at too. */
const maxRows = 300;
const maxBranchRows = 60;
const maxRounds = 4;

export interface TransformOptions {
  readonly inputs: readonly JsonValue[];
  readonly deadline: Deadline;
  /** The outputs look like labels: no branches (a table of cases is not a transformation), and no data as constants. */
  readonly labels: boolean;
  readonly onProgress?: (message: string) => void;
}

export interface Transform {
  readonly code: string;
  readonly explanation: string;
  /** Whether the time ran out: then the explanation says so too. */
  readonly cutShort: boolean;
  readonly ambiguous: readonly { readonly input: JsonValue; readonly outputs: readonly JsonValue[] }[];
}

/** Undefined where no compact program was found in time. */
export function learnTransform(examples: readonly Example[], options: TransformOptions): Transform | undefined {
  const { deadline, onProgress } = options;
  const shape = shapeOf(examples.map((example) => example.input));
  if (!shape) return undefined;
  const unique = [...new Map(examples.map((example) => [JSON.stringify(example.input), example])).values()];
  const outputs = unique.map((example) => example.output);
  const goal: Goal = {
    rows: unique.map((example) => fieldsOf(example.input, shape)),
    targets: [],
    probes: options.inputs.slice(0, 300).map((input) => fieldsOf(input, shape)),
    labels: shape.labels,
  };
  const wanted = outputs.map((output) => JSON.stringify(output));
  const firstMiss = (program: Program): number =>
    goal.rows.findIndex((row, i) => JSON.stringify(runProgram(program, row)) !== wanted[i]);
  const listed = listingCost(outputs, options.labels ? 2 : 4.5);
  const compact = (program: Program): boolean => program.cost < listed * (options.labels ? 0.5 : 0.85);

  onProgress?.("Looking for one expression that fits every example");
  const search = (learner: typeof learnValues, size: number, limit: Deadline): Program[] => {
    let part = spread(unique.length, size);
    for (let round = 0; round < maxRounds && !limit.expired(); round++) {
      const rows = part.map((i) => goal.rows[i] ?? []);
      const found = learner(
        { ...goal, rows },
        part.map((i) => outputs[i] ?? null),
        limit,
      ).filter(compact);
      const misses = found.map(firstMiss);
      const fitting = found.filter((_, i) => misses[i] === -1);
      const [miss = -1] = misses;
      if (fitting.length > 0 || miss === -1) return fitting;
      part = [...part, miss];
    }
    return [];
  };
  let programs = search(learnValues, maxRows, deadline.share(options.labels ? 0.9 : 0.6));
  if (programs.length === 0 && !options.labels && unique.length >= 2) {
    onProgress?.("Looking for cases that need different expressions");
    programs = search(learnBranches, maxBranchRows, deadline);
  }
  if (programs.length === 0) return undefined;
  const { best, ambiguous } = rankAndCompare(programs, goal.rows, options.inputs.slice(0, 2_000), shape);
  const tidied = countFromOneEnd(best, [...goal.rows, ...goal.probes]);
  const cutShort = deadline.expired();
  const said = explain(tidied, shape.labels, goal.rows.slice(0, maxRows));
  const explanation = cutShort
    ? `${said} The search was cut short by its time limit: a better program may exist.`
    : said;
  const optional = shape.labels.map((_, field) => unique.some(({ input }) => isMissing(input, shape, field)));
  return {
    code: emitProgram(tidied, shape, { explanation, rows: goal.rows, optional }),
    explanation,
    cutShort,
    ambiguous,
  };
}
