/**
 * Looks for a better program: makes one from the task's examples and some corrected failures, runs it on everything whose
 * right output is known, and gives the next attempt what this one got wrong (counterexample-guided inductive synthesis:
 * Solar-Lezama et al. 2006, section 4). What was kept aside is measured on, and never shown to a generator.
 */
import type { Said } from "../../contract/say.ts";
import type { Example } from "../../contract/tasks.ts";
import { type Row, type Sorted, typical } from "./rows.ts";

/** A program a generator made. */
export interface Made {
  readonly version: number;
}

export interface SearchParts<M extends Made> {
  /**
   * A program for these examples; in words why there is none. @throws whatever should end the search
   * @param last what the last attempt made, undefined for the program that runs now; and what of the examples it gets wrong
   */
  generate(
    examples: readonly Example[],
    last: { readonly made: M | undefined; readonly wrong: readonly Example[] },
  ): Promise<M | { readonly none: Said }>;
  /** Whether a program is right on each of the rows. */
  right(made: M, rows: readonly Row[]): Promise<readonly boolean[]>;
  /** Whether there is time and money for one more attempt. */
  mayGoOn(): boolean;
}

export interface SearchOptions {
  /** The outputs are labels: what decides is many rows, not telling ones. */
  readonly labels: boolean;
  readonly attempts: number;
  /** The generator makes use of what the last attempt got wrong, also where that was among its examples. */
  readonly seesMistakes: boolean;
  /** A person agreed that rows which were right may be lost. */
  readonly mayLose: boolean;
  /** Of the rows a model confirmed, the share in which the model may be wrong itself. */
  readonly modelErrs: number;
}

/** How a program does beside the one that runs now. */
export interface Checked<M extends Made> {
  readonly made: M;
  /** Examples and confirmed rows that the other gets right and this one does not. */
  readonly lost: readonly Row[];
  /** Whether so many may be lost, as a model that confirmed them may be wrong itself. */
  readonly losesNone: boolean;
  /** Of the corrected failures that could be shown: how many it gets right. */
  readonly mended: number;
  /** Of the rows that were kept aside and never shown. */
  readonly candidateRight: number;
  readonly incumbentRight: number;
  readonly heldOut: number;
  /** Whether it does better, whatever it loses. */
  readonly isBetter: boolean;
}

export interface SearchResult<M extends Made> {
  readonly best: Checked<M> | undefined;
  readonly attempts: number;
  /** Why the last attempt made none. */
  readonly none: Said | undefined;
}

/** Rows offered first where each tells something; with as many, a generator keeps some back by itself. */
const offeredFirst = 12;
const offeredMore = 8;
/** Rows at most, newest first. */
const offeredMost = 2_000;
/** Of the failures that could be shown, the share that is mended in a program that needs no further attempt. */
const wellMended = 0.98;
/** With so few failures kept aside they say little: then it must be right on those that were shown. */
const fewHeldOut = 3;
const mostlyMended = 0.8;

/** @param incumbent whether the program that runs now is right, for each of the rows */
export async function searchBetter<M extends Made>(
  rows: Sorted,
  incumbent: ReadonlyMap<Row, boolean>,
  options: SearchOptions,
  parts: SearchParts<M>,
): Promise<SearchResult<M>> {
  const { examples, corrections, confirmed, heldOut } = rows;
  const all = [...examples, ...corrections, ...confirmed, ...heldOut];
  const { labels, seesMistakes } = options;
  const plain = (some: readonly Row[]): Example[] => some.map(({ input, output }) => ({ input, output }));
  // A classifier learns from what was right as much: failures alone would show it a world in which it never was.
  let offered = labels ? [...corrections, ...confirmed].slice(0, offeredMost) : typical(corrections, offeredFirst);
  let best: Checked<M> | undefined;
  let none: Said | undefined;
  /** Rows shown once more: a classifier may be wrong on what it learned from, and less so where it weighs more. */
  let again: readonly Row[] = [];
  let attempts = 0;
  let last: { made: M | undefined; isRight: ReadonlyMap<Row, boolean> } = { made: undefined, isRight: incumbent };
  while (attempts < options.attempts && (attempts === 0 || parts.mayGoOn())) {
    attempts++;
    const given = new Set(offered);
    const shown = [...examples, ...offered, ...again];
    const wrongBefore = plain(shown.filter((row) => !last.isRight.get(row)));
    const made = await parts.generate(plain(shown), { made: last.made, wrong: wrongBefore });
    if ("none" in made) {
      none = made.none;
      const fewer = otherChoice(rows, offered, attempts, labels);
      if (!fewer) break;
      offered = fewer;
      continue;
    }
    const right = await parts.right(made, all);
    const isRight = new Map(all.map((row, at) => [row, right[at] === true]));
    const checked = check(rows, incumbent, isRight, given, made, options);
    if (!best || rank(checked, options) > rank(best, options)) best = checked;
    const wrong = corrections.filter((row) => !isRight.get(row) && !given.has(row));
    const mended = checked.mended >= wellMended * corrections.length;
    if (checked.isBetter && mayTakeOver(checked, options) && mended) break;
    // What it lost may be of the rows kept aside; one that is shown is no longer measured on.
    const more = labels
      ? [...checked.lost, ...wrong, ...confirmed.slice(0, offered.length)]
      : [...typical(checked.lost, offeredMore), ...typical(wrong, offeredMore)];
    const next = [...new Set([...offered, ...more.filter(({ from }) => from !== "example")])].slice(0, offeredMost);
    last = { made, isRight };
    const isWrongOnSome = [...examples, ...next].some((row) => !isRight.get(row));
    const loses = labels && !mayTakeOver(checked, options);
    if (next.length === offered.length && !loses && !(seesMistakes && isWrongOnSome)) break;
    // What was right and is lost: shown as often again as it was lost (boosting: Freund & Schapire 1997).
    if (next.length === offered.length && loses) again = [...again, ...checked.lost];
    offered = next;
  }
  return { best, attempts, none };
}

/** What to offer where nothing was found for what was offered; undefined: nothing else. */
function otherChoice(
  { corrections, confirmed }: Sorted,
  offered: readonly Row[],
  attempts: number,
  labels: boolean,
): Row[] | undefined {
  if (labels) {
    const fewer = [...corrections, ...confirmed.slice(0, corrections.length)];
    return attempts === 1 && fewer.length < offered.length ? fewer : undefined;
  }
  // Fewer of them; one that is wrong itself, or too odd, may be among those that are left out.
  const half = Math.ceil(offered.length / 2);
  const others = typical(corrections, half * (attempts + 1)).slice(half * attempts);
  if (others.length > 0 && attempts % 2 === 0) return others;
  return half < offered.length ? typical(offered, half) : undefined;
}

function check<M extends Made>(
  { examples, corrections, confirmed, heldOut }: Sorted,
  incumbent: ReadonlyMap<Row, boolean>,
  right: ReadonlyMap<Row, boolean>,
  given: ReadonlySet<Row>,
  made: M,
  { modelErrs }: SearchOptions,
): Checked<M> {
  const golden = [...examples, ...confirmed, ...heldOut].filter((row) => incumbent.get(row));
  const lost = golden.filter((row) => !right.get(row));
  const byModel = (some: readonly Row[]) => some.filter(({ from }) => from === "model").length;
  const losesNone = lost.length === byModel(lost) && lost.length <= Math.floor(byModel(golden) * modelErrs);
  const aside = heldOut.filter((row) => !given.has(row));
  const count = (some: readonly Row[], by: ReadonlyMap<Row, boolean>) => some.filter((row) => by.get(row)).length;
  const [candidateRight, incumbentRight] = [count(aside, right), count(aside, incumbent)];
  const failures = aside.length - incumbentRight;
  // Examples the running program gets wrong (the person has changed them since) are to be mended, too.
  const broken = examples.filter((row) => !incumbent.get(row));
  const mended = count(corrections, right);
  const isMended = mended + count(broken, right) >= mostlyMended * (corrections.length + broken.length);
  const better =
    failures >= fewHeldOut ? candidateRight > incumbentRight : candidateRight >= incumbentRight && isMended;
  return {
    ...{ made, lost, losesNone, mended, candidateRight, incumbentRight, heldOut: aside.length },
    isBetter: better,
  };
}

/** Whether what a program loses keeps it from taking over. */
export function mayTakeOver(
  { losesNone }: { readonly losesNone: boolean },
  { mayLose }: { mayLose: boolean },
): boolean {
  return losesNone || mayLose;
}

/** Which of two is to be preferred: the one with the higher number. */
function rank<M extends Made>(checked: Checked<M>, options: SearchOptions): number {
  const share = (checked.candidateRight + 1) / (checked.heldOut + 2);
  return (checked.isBetter ? 4 : 0) + (mayTakeOver(checked, options) ? 2 : 0) + share;
}
