/** Judges the generator on one transformation problem: some examples given, the others held out. */
import type { JsonValue } from "../../../src/contract/wire.ts";
import type { Problem } from "./files.ts";
import { generate } from "./generate.ts";
import { type Answer, runProgram } from "./run.ts";

/**
 * `solved`: all held-out rows are right, and there are some; `fits`: all given ones are; `wrong`: a program that does
 * not even fit; `none`: no program; `no examples`: the problem says nothing by examples, and is not counted.
 */
export type Outcome = "solved" | "fits" | "wrong" | "none" | "no examples";

export interface WrongRow {
  readonly input: JsonValue;
  readonly expected: JsonValue;
  readonly got: Answer;
  readonly isHeldOut: boolean;
  /** Whether the row's input is among those the generator named as unsure. */
  readonly isNamed: boolean;
}

export interface TransformResult {
  readonly name: string;
  readonly outcome: Outcome;
  readonly fits: boolean;
  /** Rows given and held out. */
  readonly given: number;
  readonly heldOut: number;
  /** With a program: the rows it gets wrong, given ones among them. */
  readonly wrongRows: readonly WrongRow[];
  /** Held-out rows named as unsure: the questions a person would be asked. */
  readonly namedRows: number;
  readonly ms: number;
  /** Why there is no program; else empty. */
  readonly reason: string;
  readonly code: string | null;
}

/** @param train examples given, the first ones; absent: all. Inputs of all rows are shown to the generator. */
export async function judgeTransform(
  { name, examples }: Problem,
  train: number | undefined,
  budgetMs: number,
): Promise<TransformResult> {
  const given = examples.slice(0, train);
  const counts = { name, given: given.length, heldOut: examples.length - given.length };
  if (examples.length === 0)
    return {
      ...{ ...counts, outcome: "no examples", fits: false, wrongRows: [], namedRows: 0 },
      ...{ ms: 0, reason: "no examples", code: null },
    };
  const inputs = examples.map(({ input }) => input);
  const { code, reason, ambiguous, ms } = await generate(given, inputs, budgetMs);
  if (code === null) return { ...counts, outcome: "none", fits: false, wrongRows: [], namedRows: 0, ms, reason, code };
  const answers = runProgram(code, inputs);
  const named = new Set(ambiguous.map((input) => JSON.stringify(input)));
  const isNamed = (input: JsonValue) => named.has(JSON.stringify(input));
  const wrongRows = examples.flatMap(({ input, output }, i): WrongRow[] => {
    const got = answers[i] ?? { error: "no answer" };
    if ("json" in got && got.json === JSON.stringify(output)) return [];
    return [{ input, expected: output, got, isHeldOut: i >= given.length, isNamed: isNamed(input) }];
  });
  const fits = wrongRows.every(({ isHeldOut }) => isHeldOut);
  const solved = counts.heldOut > 0 && !wrongRows.some(({ isHeldOut }) => isHeldOut);
  const outcome = solved ? "solved" : fits ? "fits" : "wrong";
  const namedRows = inputs.slice(given.length).filter(isNamed).length;
  return { ...counts, outcome, fits, wrongRows, namedRows, ms, reason, code };
}
