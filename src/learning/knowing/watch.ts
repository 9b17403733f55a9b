/**
 * What is watched of a task: whether its inputs look different from what they were, whether its active version is right
 * less often than it was, and which clusters of failures grow (`growing.ts`). Pure: the state is plain JSON, and who keeps it says what is new.
 */
import { baseline, type ChangeState, stepAccuracy, watchAccuracy } from "../statistics/change-detector.ts";
import { type DriftReport, type DriftState, watchInput, watchInputs } from "../statistics/drift.ts";
import type { Growth } from "../statistics/growth.ts";
import { hash32 } from "../statistics/hash.ts";
import { counting, type Distinct, newDistinct } from "./distinct.ts";
import { type GrowthWatch, newGrowth } from "./growing.ts";
import type { Mark } from "./names.ts";

export interface WatchState {
  /** The active version that the accuracy is of. */
  version: number | null;
  /** The newest fair draw and the newest verdict that were looked at. */
  drawnUpTo: string;
  judgedUpTo: string;
  inputs: InputsWatch;
  accuracy: AccuracyWatch;
  /** Which clusters of failures were told to grow. */
  growth: GrowthWatch;
}

interface InputsWatch {
  drift: DriftState;
  distinct: Distinct;
  /** When the change was noticed, ISO 8601; null while there is none. */
  since: string | null;
  /** Blocks in a row, after the alarm, that looked as before. */
  usualBlocks: number;
}

interface AccuracyWatch {
  distinct: Distinct;
  /** Verdicts of which the baseline is made. */
  right: number;
  n: number;
  /** Null until there are enough of them. */
  change: ChangeState | null;
  since: string | null;
  /** Verdicts since the alarm, a block at a time. */
  blockRight: number;
  blockN: number;
}

/** An execution drawn by chance. */
export interface Draw {
  readonly id: string;
  /** As JSON; its beginning where it is long. */
  readonly input: string;
}

/** The first verdict on an execution of the active version that was drawn by chance. */
export interface DrawnVerdict {
  readonly id: string;
  readonly input: string;
  readonly right: boolean;
}

/** What is told; a mark may hold a word of the inputs, and `alarmEvent` leaves it out. */
export type Alarm =
  | { readonly kind: "inputs.changed"; readonly version: number | null; readonly report: DriftReport }
  | {
      readonly kind: "accuracy.fell";
      readonly version: number | null;
      /** Of the verdicts the baseline was made of. */
      readonly before: number;
      /** Of so many newest verdicts: the time in which the change shows. */
      readonly verdicts: number;
    }
  | {
      readonly kind: "failures.cluster";
      readonly version: number | null;
      /** Of the cluster, as GET /tasks/:id/learning has it. */
      readonly cluster: string;
      readonly mark: Mark;
      readonly growth: Growth;
    };
export type AlarmKind = Alarm["kind"];

/** So many verdicts make a baseline: fewer make it too low to notice anything (docs/learning.md). */
const baselineVerdicts = 200;
/** After so many blocks in a row that look as before, the inputs are usual again. */
const usualBlocksNeeded = 3;
/** A block has changed still where chance makes such a distance so rarely. */
const stillChanged = 0.05;
/** As many verdicts as right as at first, and the accuracy is what it was. */
const recoveryVerdicts = 200;

export function newWatch(): WatchState {
  const nothing = { version: null, drawnUpTo: "", judgedUpTo: "" };
  return { ...nothing, inputs: newInputs(), accuracy: newAccuracy(), growth: newGrowth() };
}

function newInputs(): InputsWatch {
  return { drift: watchInputs(), distinct: newDistinct(), since: null, usualBlocks: 0 };
}

function newAccuracy(): AccuracyWatch {
  return { distinct: newDistinct(), right: 0, n: 0, change: null, since: null, blockRight: 0, blockN: 0 };
}

/**
 * Another version is active: its accuracy is learned anew. The inputs stay what they were, unless they had changed: the
 * version is the answer to that, and what comes now is usual.
 */
export function versionChanged(state: WatchState, version: number | null): void {
  state.version = version;
  state.accuracy = newAccuracy();
  state.growth = newGrowth();
  if (state.inputs.since !== null) inputsAccepted(state);
}

/** What was told after a time (ISO 8601) and is not over. */
export function toldSince({ inputs, accuracy, growth }: WatchState, after: string): AlarmKind[] {
  const isLater = (at: string | null): boolean => at !== null && at > after;
  const told: AlarmKind[] = [];
  if (isLater(inputs.since)) told.push("inputs.changed");
  if (isLater(accuracy.since)) told.push("accuracy.fell");
  if (growth.told.some(({ at }) => isLater(at))) told.push("failures.cluster");
  return told;
}

/** The inputs that come from now on are the usual ones. */
export function inputsAccepted(state: WatchState): void {
  state.inputs = newInputs();
}

/**
 * Looks at new draws, in the order they came. `state` is changed in place.
 *
 * @param now ISO 8601
 * @returns the alarm, where these draws made it: one until the inputs are usual again
 */
export function watchDraws(state: WatchState, draws: readonly Draw[], now: string): Alarm | undefined {
  const { inputs } = state;
  const counts = counting(inputs.distinct);
  let alarm: Alarm | undefined;
  for (const { id, input } of draws) {
    state.drawnUpTo = id;
    if (!counts(hash32(input))) continue;
    const report = watchInput(inputs.drift, input);
    if (!report) continue;
    if (inputs.since === null) {
      if (!report.drift) continue;
      inputs.since = now;
      inputs.usualBlocks = 0;
      alarm = { kind: "inputs.changed", version: state.version, report };
    } else {
      inputs.usualBlocks = report.pValue > stillChanged ? inputs.usualBlocks + 1 : 0;
      if (inputs.usualBlocks < usualBlocksNeeded) continue;
      // It is over: a change from here on is a new one.
      inputs.since = null;
      inputs.drift.alarmAt = null;
      inputs.drift.suspected = false;
      alarm = undefined;
    }
  }
  return alarm;
}

/** Looks at new verdicts, in the order they came; as `watchDraws`. */
export function watchVerdicts(state: WatchState, verdicts: readonly DrawnVerdict[], now: string): Alarm | undefined {
  const { accuracy } = state;
  const counts = counting(accuracy.distinct);
  let alarm: Alarm | undefined;
  for (const { input, right } of verdicts) {
    if (!counts(hash32(input))) continue;
    if (accuracy.change === null) {
      accuracy.n++;
      if (right) accuracy.right++;
      const normal = accuracy.n < baselineVerdicts ? null : baseline(accuracy.right, accuracy.n);
      if (normal !== null) accuracy.change = watchAccuracy(normal);
    } else if (accuracy.since === null) {
      accuracy.change = stepAccuracy(accuracy.change, right);
      if (accuracy.change.alarmAt === null) continue;
      accuracy.since = now;
      alarm = {
        kind: "accuracy.fell",
        version: state.version,
        before: accuracy.right / accuracy.n,
        verdicts: accuracy.change.verdicts,
      };
    } else {
      accuracy.blockN++;
      if (right) accuracy.blockRight++;
      if (accuracy.blockN < recoveryVerdicts) continue;
      if (accuracy.blockRight / accuracy.blockN >= accuracy.right / accuracy.n) {
        accuracy.since = null;
        accuracy.change = watchAccuracy(accuracy.change.plan.baseline);
        alarm = undefined;
      }
      accuracy.blockN = 0;
      accuracy.blockRight = 0;
    }
  }
  return alarm;
}
