/** The door of the transform room: examples in, programs that fit all of them out, best first. */
import { type Said, say } from "../../contract/say.ts";
import type { Example } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { Deadline } from "../deadline.ts";
import { spread } from "../spread.ts";
import { explain } from "./explain.ts";
import { fieldsOf, isMissing, shapeOf } from "./fields.ts";
import { emitProgram } from "./language/emit.ts";
import { evaluate } from "./language/expr.ts";
import type { Language } from "./language/source.ts";
import { learnBranches } from "./search/branches.ts";
import type { Candidate, Goal } from "./search/goal.ts";
import { disagreements, ranked } from "./search/rank.ts";
import { countFromOneEnd } from "./search/tidy.ts";
import { learnValues } from "./search/values.ts";
import type { Survivors } from "./survivors.ts";

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
  readonly survivors?: Survivors;
  readonly onProgress?: (message: Said) => void;
}

export interface Transform {
  readonly write: (language: Language) => string;
  /** What the program gives; undefined where it would throw. */
  readonly give: (input: JsonValue) => JsonValue | undefined;
  readonly explanation: string;
  /** In bits, with what it gets wrong on inputs at hand: to be compared with other programs that fit. */
  readonly cost: number;
  /** Whether the time ran out: then the explanation says so too. */
  readonly cutShort: boolean;
  /** Positions of examples that the program does not follow. */
  readonly odd: readonly number[];
  readonly ambiguous: readonly { readonly input: JsonValue; readonly outputs: readonly JsonValue[] }[];
}

/** Undefined where no compact program was found in time. */
export function learnTransform(examples: readonly Example[], options: TransformOptions): Transform | undefined {
  const { deadline } = options;
  const shape = shapeOf(examples.map((example) => example.input));
  if (!shape) return undefined;
  const unique = [...new Map(examples.map((example) => [JSON.stringify(example.input), example])).values()];
  const inputs = options.inputs.slice(0, maxInputs).map((input) => ({ input, fields: fieldsOf(input, shape) }));
  const goal: Goal = {
    rows: unique.map((example) => fieldsOf(example.input, shape)),
    targets: [],
    probes: inputs.slice(0, 300).map(({ fields }) => fields),
    labels: shape.labels,
  };
  const outputs = unique.map((example) => example.output);
  const { candidates, odd } = findCandidates(goal, outputs, options, unique, JSON.stringify(shape.keys ?? null));
  if (candidates.length === 0) return undefined;
  const { best, cost, serious } = ranked(
    candidates,
    goal.rows,
    inputs.map(({ fields }) => fields),
  );
  const expr = countFromOneEnd(best, [...goal.rows, ...goal.probes]);
  const cutShort = deadline.expired();
  const oddExamples = examples.flatMap((example, i) =>
    odd.some((at) => unique[at]?.input === example.input || sameInput(unique[at], example)) ? [i] : [],
  );
  const explanation = [
    explain(expr, shape.labels),
    ...(oddExamples.length > 0 ? [oddWords(oddExamples)] : []),
    ...(cutShort ? ["The search was cut short by its time limit: a better program may exist."] : []),
  ].join(" ");
  const optional = shape.labels.map((_, field) => unique.some(({ input }) => isMissing(input, shape, field)));
  const emitted = { explanation, rows: goal.rows, optional };
  return {
    give: (input) => evaluate(expr, fieldsOf(input, shape)) as JsonValue | undefined,
    write: (language) => emitProgram(expr, shape, language, emitted),
    ...{ explanation, cutShort, odd: oddExamples, cost },
    ambiguous: disagreements([expr, ...serious.slice(1)], inputs),
  };
}

const sameInput = (one: Example | undefined, other: Example): boolean =>
  JSON.stringify(one?.input) === JSON.stringify(other.input);

function oddWords(odd: readonly number[]): string {
  const names = odd.map((at) => at + 1).join(", ");
  return odd.length === 1
    ? `Example ${names} does not fit what all others say: check it for a slip.`
    : `Examples ${names} do not fit what all others say: check them for slips.`;
}

interface FoundCandidates {
  readonly candidates: readonly Candidate[];
  /** Positions of the rows they do not fit. */
  readonly odd: readonly number[];
}

/** What fits every example; with many, what fits all but a few where anything else would be a table of special cases. */
function findCandidates(
  goal: Goal,
  outputs: readonly JsonValue[],
  { deadline, labels, survivors, onProgress }: TransformOptions,
  examples: readonly Example[],
  shape: string,
): FoundCandidates {
  const wanted = outputs.map((output) => JSON.stringify(output));
  const misses = ({ expr }: Candidate): number[] =>
    goal.rows.flatMap((row, i) => (JSON.stringify(evaluate(expr, row)) === wanted[i] ? [] : [i]));
  const listed = listingCost(outputs, labels ? 2 : 4.5);
  const compact = ({ cost }: Candidate): boolean => cost < listed * (labels ? 0.5 : 0.85);
  const done = (candidates: readonly Candidate[]): FoundCandidates => {
    survivors?.remember(examples, shape, candidates);
    return { candidates, odd: [] };
  };

  const survived = survivors?.recall(examples, shape).filter((candidate) => misses(candidate).length === 0) ?? [];
  if (survived.length > 0) return done(survived);
  onProgress?.(say`Looking for one expression that fits every example`);
  const search = (
    learner: typeof learnValues,
    size: number,
    limit: Deadline,
    isWorthIt: (candidate: Candidate) => boolean,
  ): Candidate[] => {
    let rows = spread(goal.rows.length, size);
    for (let round = 0; round < maxRounds && !limit.expired(); round++) {
      const found = learner(
        { ...goal, rows: rows.map((i) => goal.rows[i] ?? []) },
        rows.map((i) => outputs[i] ?? null),
        limit,
      ).filter(isWorthIt);
      const missed = found.map((candidate) => misses(candidate)[0]);
      const fitting = found.filter((_, i) => missed[i] === undefined);
      const [miss] = missed;
      if (fitting.length > 0 || miss === undefined) return fitting;
      rows = [...rows, miss];
    }
    return [];
  };
  const whole = search(learnValues, maxRows, deadline.share(labels ? 0.9 : 0.55), compact);
  const simple = whole[0]?.cost ?? Number.POSITIVE_INFINITY;
  if (whole.length > 0 && (simple < contrived || labels || goal.rows.length < 2)) return done(whole);
  if (labels || goal.rows.length < 2) return { candidates: [], odd: [] };
  const despite = findDespiteSlips(goal, outputs, misses, deadline.share(0.3));
  const [best] = despite.candidates;
  onProgress?.(say`Looking for cases that need different expressions`);
  // The outputs of cases may stand in the program where the questions are natural ones.
  const natural = ({ cost, question = 0 }: Candidate): boolean =>
    cost < listed * (question < naturalQuestion && goal.rows.length > 2 && goal.probes.length > 2 ? 1.15 : 0.85);
  const branched = search(learnBranches, maxBranchRows, deadline, natural);
  // A special case for each slip would cost about so much.
  const cheapest = Math.min(simple, branched[0]?.cost ?? Number.POSITIVE_INFINITY);
  if (best && cheapest > best.cost + slipCost * despite.odd.length) return despite;
  return done([...whole, ...branched].sort((a, b) => a.cost - b.cost));
}

/** From this cost on, a program without cases looks contrived: cases may say it better. */
const contrived = 18;
/** Examples from which on one that is wrong stands out. */
const leastForSlips = 6;
/** One slip in so many examples is believed. */
const examplesPerSlip = 10;
const slipCost = 10;
/** Questions dearer than this hold words of the examples. */
const naturalQuestion = 4.6;
const slipTries = 8;

/** What fits all examples but one, or one in ten: learned from a few of them at a time. */
function findDespiteSlips(
  goal: Goal,
  outputs: readonly JsonValue[],
  misses: (candidate: Candidate) => number[],
  deadline: Deadline,
): FoundCandidates {
  const count = goal.rows.length;
  const tolerated = Math.max(1, Math.floor(count / examplesPerSlip));
  if (count < leastForSlips) return { candidates: [], odd: [] };
  for (let tries = 0; tries < slipTries && !deadline.expired(); tries++) {
    const rows = [0, 1, 2, 3].map((i) => (tries + Math.floor((i * count) / 4) + ((i * tries) % 3)) % count);
    const some = [...new Set(rows)];
    const found = learnValues(
      { ...goal, rows: some.map((i) => goal.rows[i] ?? []) },
      some.map((i) => outputs[i] ?? null),
      deadline.share(0.3),
    );
    const fitting = found.filter((candidate) => misses(candidate).length <= tolerated);
    const [first] = fitting;
    if (!first) continue;
    const odd = misses(first);
    const key = odd.join();
    return { candidates: fitting.filter((candidate) => misses(candidate).join() === key), odd };
  }
  return { candidates: [], odd: [] };
}

/** Cost of writing the outputs down as they are, each `base` and its characters: a program worth having is clearly cheaper. */
function listingCost(outputs: readonly JsonValue[], base: number): number {
  let sum = 0;
  for (const text of new Set(outputs.map((o) => (typeof o === "string" ? o : JSON.stringify(o)))))
    sum += base + Math.min(text.length, 40) * 1.2;
  return sum;
}
