/** The door of the transform room: examples in, programs that fit all of them out, best first. */
import type { Example } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { Deadline } from "../deadline.ts";
import { spread } from "../spread.ts";
import { explain } from "./explain.ts";
import { fieldsOf, isMissing, shapeOf } from "./fields.ts";
import { emitProgram } from "./language/emit.ts";
import { evaluate } from "./language/expr.ts";
import { learnBranches } from "./search/branches.ts";
import type { Candidate, Goal } from "./search/goal.ts";
import { disagreements, ranked } from "./search/rank.ts";
import { countFromOneEnd } from "./search/tidy.ts";
import { learnValues } from "./search/values.ts";

/** Examples that a search looks at; what it finds is checked on all, and what it missed is looked at too. */
const maxRows = 300;
const maxBranchRows = 60;
const maxRounds = 4;
const maxInputs = 2_000;

export interface TransformOptions {
  readonly inputs: readonly JsonValue[];
  readonly deadline: Deadline;
  /** The outputs look like labels: no branches (a table of cases is not a transformation), and no data as constants. */
  readonly labels: boolean;
  readonly onProgress?: (message: string) => void;
}

export interface Transform {
  readonly javascript: string;
  readonly python: () => string;
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
  const inputs = options.inputs.slice(0, maxInputs).map((input) => ({ input, fields: fieldsOf(input, shape) }));
  const goal: Goal = {
    rows: unique.map((example) => fieldsOf(example.input, shape)),
    targets: [],
    probes: inputs.slice(0, 300).map(({ fields }) => fields),
    labels: shape.labels,
  };
  const wanted = outputs.map((output) => JSON.stringify(output));
  const firstMiss = ({ expr }: Candidate): number =>
    goal.rows.findIndex((row, i) => JSON.stringify(evaluate(expr, row)) !== wanted[i]);
  const listed = listingCost(outputs, options.labels ? 2 : 4.5);
  const compact = ({ cost }: Candidate): boolean => cost < listed * (options.labels ? 0.5 : 0.85);

  onProgress?.("Looking for one expression that fits every example");
  const search = (learner: typeof learnValues, size: number, limit: Deadline): Candidate[] => {
    let rows = spread(unique.length, size);
    for (let round = 0; round < maxRounds && !limit.expired(); round++) {
      const found = learner(
        { ...goal, rows: rows.map((i) => goal.rows[i] ?? []) },
        rows.map((i) => outputs[i] ?? null),
        limit,
      ).filter(compact);
      const misses = found.map(firstMiss);
      const fitting = found.filter((_, i) => misses[i] === -1);
      const [miss = -1] = misses;
      if (fitting.length > 0 || miss === -1) return fitting;
      rows = [...rows, miss];
    }
    return [];
  };
  let candidates = search(learnValues, maxRows, deadline.share(options.labels ? 0.9 : 0.6));
  if (candidates.length === 0 && !options.labels && unique.length >= 2) {
    onProgress?.("Looking for cases that need different expressions");
    candidates = search(learnBranches, maxBranchRows, deadline);
  }
  if (candidates.length === 0) return undefined;
  const { best, serious } = ranked(
    candidates,
    goal.rows,
    inputs.map(({ fields }) => fields),
  );
  const expr = countFromOneEnd(best, [...goal.rows, ...goal.probes]);
  const cutShort = deadline.expired();
  const said = explain(expr, shape.labels);
  const explanation = cutShort
    ? `${said} The search was cut short by its time limit: a better program may exist.`
    : said;
  const optional = shape.labels.map((_, field) => unique.some(({ input }) => isMissing(input, shape, field)));
  const emitted = { explanation, rows: goal.rows, optional };
  return {
    javascript: emitProgram(expr, shape, "javascript", emitted),
    python: () => emitProgram(expr, shape, "python", emitted),
    explanation,
    cutShort,
    ambiguous: disagreements([expr, ...serious.slice(1)], inputs),
  };
}

/** Cost of writing the outputs down as they are, each `base` and its characters: a program worth having is clearly cheaper. */
function listingCost(outputs: readonly JsonValue[], base: number): number {
  let sum = 0;
  for (const text of new Set(outputs.map((o) => (typeof o === "string" ? o : JSON.stringify(o)))))
    sum += base + Math.min(text.length, 40) * 1.2;
  return sum;
}
