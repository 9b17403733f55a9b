/** What the results of many transformation problems come to. */
import { percentile } from "./statistics.ts";
import type { TransformResult } from "./transform.ts";

/** Times at which the problems done so far are counted, in s. */
export const checkpoints = [1, 5, 10] as const;

export interface Summary {
  /** Problems with at least one example. */
  readonly problems: number;
  /** Problems with a held-out row: only they can be solved. */
  readonly solvable: number;
  readonly solved: number;
  readonly fits: number;
  /** Problems with a program that gets a row wrong, given or held out. */
  readonly wrong: number;
  readonly none: number;
  /** Unsolved, solvable problems; some have no program, and so no wrong row to name. */
  readonly unsolved: number;
  readonly unsolvedNone: number;
  /** Of these, the ones with a wrong held-out row among the rows named as unsure. */
  readonly unsolvedNamed: number;
  /** Held-out rows that programs get wrong, and how many of them are named. */
  readonly wrongRows: number;
  readonly wrongRowsNamed: number;
  /** Held-out rows of problems with a program, how many are named, and the solved problems among those with a name. */
  readonly heldOutRows: number;
  readonly namedRows: number;
  readonly solvedNamed: number;
  /** Of one problem, in s. */
  readonly time: { readonly p50: number; readonly p95: number; readonly max: number };
  /** Problems solved (where nothing is held out: that fit) within so many seconds, in the order of `checkpoints`. */
  readonly within: readonly number[];
}

export function summarise(results: readonly TransformResult[]): Summary {
  const counted = results.filter(({ outcome }) => outcome !== "no examples");
  const solvable = counted.filter(({ heldOut }) => heldOut > 0);
  const unsolved = solvable.filter(({ outcome }) => outcome !== "solved");
  const wrongRows = solvable.flatMap((result) => result.wrongRows.filter(({ isHeldOut }) => isHeldOut));
  const seconds = counted.map(({ ms }) => ms / 1_000);
  const done = solvable.length > 0 ? solvable.filter(isSolved) : counted.filter(({ fits }) => fits);
  const withProgram = solvable.filter(({ code }) => code !== null);
  return {
    problems: counted.length,
    solvable: solvable.length,
    solved: solvable.filter(isSolved).length,
    fits: counted.filter(({ fits }) => fits).length,
    wrong: counted.filter((result) => result.wrongRows.length > 0).length,
    none: counted.filter(({ outcome }) => outcome === "none").length,
    unsolved: unsolved.length,
    unsolvedNone: unsolved.filter(({ code }) => code === null).length,
    unsolvedNamed: unsolved.filter(namesAWrongRow).length,
    wrongRows: wrongRows.length,
    wrongRowsNamed: wrongRows.filter(({ isNamed }) => isNamed).length,
    heldOutRows: withProgram.reduce((sum, { heldOut }) => sum + heldOut, 0),
    namedRows: withProgram.reduce((sum, { namedRows }) => sum + namedRows, 0),
    solvedNamed: solvable.filter((result) => isSolved(result) && result.namedRows > 0).length,
    time: { p50: percentile(seconds, 0.5), p95: percentile(seconds, 0.95), max: percentile(seconds, 1) },
    within: checkpoints.map((most) => done.filter(({ ms }) => ms <= most * 1_000).length),
  };
}

const isSolved = ({ outcome }: TransformResult): boolean => outcome === "solved";

/** Whether a person who answers the questions asked would meet the mistake. */
export function namesAWrongRow({ wrongRows }: TransformResult): boolean {
  return wrongRows.some(({ isHeldOut, isNamed }) => isHeldOut && isNamed);
}
