/** When a better version is to be made, and how long to leave it alone after that did not work out. Pure. */
import type { Improvement, ImprovementTrigger } from "../../contract/improvements.ts";
import { type Said, say } from "../../contract/say.ts";
import type { ModelRecord } from "../../store/model-checks.ts";
import type { JudgedRuns } from "../../store/verdict-reader.ts";
import { wilson } from "../statistics/wilson.ts";

/** Corrected failures since the last improvement that are enough to try. */
const enough = {
  /** Of the person's own, whose time is dear. */
  byPerson: 5,
  /** Where something says that it is needed: a program that is good enough is not changed for its usual slips. */
  needed: 10,
} as const;
/** It is looked at after each verdict: an upper end that is wrong in 2.5% of looks would be below any target one day. */
const standardErrors = 3.5;
/** After each failure in a row it takes twice as many; not more often than so. */
const doublingMost = 3;
/** After so many failures in a row the person is told. */
export const failuresToTell = 3;
/** After a failure, in ms; for each further one in a row four times as long. */
const firstRestMs = 30_000;
const longestRestMs = 3_600_000;

/** Fewer verdicts do not say how it once was. */
const fewestOnce = 200;

/** What is taken of a model that was tried on too few right runs: the share that it calls wrong all the same. */
const unknownDoubts = 0.1;
const triedFrom = 20;

export interface Situation {
  /** Of the version that runs: its last verdicts, and how many were "right". */
  readonly judged: JudgedRuns;
  /** How the model that judges did on runs that were right. */
  readonly modelOnRight: ModelRecord["right"];
  /** The same of more of them; and the first ones of versions before it: how good it once was. */
  readonly compared: Pick<JudgedRuns, "correct" | "n">;
  readonly once: Pick<JudgedRuns, "correct" | "n">;
  readonly accuracyTarget: number;
  /** Since the last improvement began. */
  readonly corrections: { readonly byPerson: number; readonly all: number };
  readonly failuresInRow: number;
  /** What has been told of the task since then. */
  readonly cues: ReadonlySet<ImprovementTrigger>;
}

/** What sets an improvement off now, and why; undefined: nothing yet. */
export function triggerOf(situation: Situation): { trigger: ImprovementTrigger; reason: Said } | undefined {
  const { judged, compared, once, accuracyTarget, corrections, failuresInRow, cues } = situation;
  const times = 2 ** Math.min(failuresInRow, doublingMost);
  const since = say`${corrections.all} corrected failures since the last improvement`;
  if (corrections.all >= enough.needed * times) {
    const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;
    const high = mostRight(judged, situation.modelOnRight);
    if (high < accuracyTarget) {
      const reason = say`At most ${percent(high)} of its last ${judged.n} judged runs are right, where ${percent(accuracyTarget)} is wanted; ${since}.`;
      return { trigger: "accuracy", reason };
    }
    const now = wilson(compared.correct, compared.n, standardErrors).high;
    const before = once.n < fewestOnce ? 0 : wilson(once.correct, once.n).low;
    if (now < before) {
      const reason = say`At most ${percent(now)} of its last ${compared.n} judged runs are right, where at least ${percent(before)} were with the version before; ${since}.`;
      return { trigger: "accuracy", reason };
    }
    if (cues.has("accuracy"))
      return { trigger: "accuracy", reason: say`It is right less often than it was; ${since}.` };
    if (cues.has("drift")) return { trigger: "drift", reason: say`The inputs have changed; ${since}.` };
    if (cues.has("cluster")) {
      return { trigger: "cluster", reason: say`Failures that are alike grow in number; ${since}.` };
    }
  }
  const byPerson = corrections.byPerson >= enough.byPerson * times;
  return byPerson ? { trigger: "corrections", reason: say`There are ${since}.` } : undefined;
}

/**
 * The upper end of the interval of how often it is right. Of right runs a model calls some wrong: where it does so in a
 * share e, and calls a share q right, at most q / (1 - e) are (Rogan & Gladen 1978, with nothing wrong taken for right).
 */
function mostRight({ correct, n, byModel }: JudgedRuns, { agreed, n: tried }: ModelRecord["right"]): number {
  const doubts = tried < triedFrom ? unknownDoubts : wilson(tried - agreed, tried).high;
  const share = n === 0 ? 0 : byModel / n;
  return Math.min(1, wilson(correct, n, standardErrors).high / (1 - share * Math.min(doubts, 0.5)));
}

/** How many of the newest improvements in a row, made by itself, came to nothing. @param newest newest first */
export function failuresInRow(newest: readonly Pick<Improvement, "state" | "trigger" | "attempts">[]): number {
  let count = 0;
  for (const { state, trigger, attempts } of newest) {
    if (state === "cancelled") continue;
    if (trigger === "person" || attempts === 0 || (state !== "failed" && state !== "needs_person")) break;
    count++;
  }
  return count;
}

/** How long no further one is made after so many failures in a row, in ms. */
export function restMs(failures: number, firstMs = firstRestMs): number {
  return failures === 0 ? 0 : Math.min(longestRestMs, firstMs * 4 ** (failures - 1));
}
