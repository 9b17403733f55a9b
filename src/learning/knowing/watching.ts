/**
 * Watches fair draws and the verdicts on them for a change of the inputs or of the accuracy, and for failures that are
 * alike and grow in number. They are read from the database, so a crash loses none; nothing here is on the way of a request.
 */
import { setImmediate } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { Log } from "../../observability/log.ts";
import type { Draws } from "../../store/knowing.ts";
import type { KnowingRow } from "../../store/schema.ts";
import type { Store } from "../../store/store.ts";
import { learnUsual, learnVerdict, newProfile, noteChange, type SamplingProfile } from "../sampling.ts";
import { defaultGrowthPlan } from "../statistics/growth.ts";
import { whenQuiet } from "../when-quiet.ts";
import { alarmEvent } from "./alarms.ts";
import { findClusters, judgedTraits } from "./clusters.ts";
import { growing } from "./growing.ts";
import {
  type Alarm,
  type AlarmKind,
  inputsAccepted,
  newWatch,
  toldSince,
  versionChanged,
  type WatchState,
  watchDraws,
  watchVerdicts,
} from "./watch.ts";

export interface Watching {
  /** There may be new draws or verdicts. Returns at once. */
  wake(taskId: string): void;
  /** A person says that the inputs that come now are the usual ones. */
  acceptInputs(taskId: string): Promise<void>;
  /** What was told of the active version after a time (ISO 8601) and is not over. */
  toldSince(taskId: string, after: string): Promise<AlarmKind[]>;
  /** What is usual for a task; undefined where nothing is known yet. Read once, then kept as it is kept. */
  profileOf(taskId: string): Promise<SamplingProfile | undefined>;
  /** Waits for what is under way. */
  settled(): Promise<void>;
}

export interface WatchingParts {
  readonly store: Store;
  readonly log: Log;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
  /** Told of each alarm once its event is kept; by the process that kept it only. */
  readonly onAlarm?: (taskId: string, kind: AlarmKind) => void;
}

/** What is new is gathered until so long nothing more came, in ms, or for so long altogether. */
const quietMs = 250;
const longestMs = 5_000;
/** Looked at in one go: of a fast batch a part is enough, chosen by chance. */
const drawsMost = 2_000;
const drawsAmong = 20_000;
/** One block of the test for drift: then requests are answered before the next ones. */
const drawsAtOnce = 500;
const verdictsAtOnce = 500;
/** Clusters cost as much as thousands of verdicts: where more come all the time, they are looked at after so many. */
const behindMost = 5_000;
/** Another process may be faster so often; what is left then is looked at with what comes next. */
const attemptsMost = 20;
/** Tasks whose profiles are at hand, some kilobytes each. */
const profilesMost = 500;

export function createWatching({ store, log, stopping, onAlarm }: WatchingParts): Watching {
  const woken = new Set<string>();
  let working = Promise.resolve();
  const profiles = new LRUCache<string, Promise<SamplingProfile | undefined>>({ max: profilesMost });

  /** @param caughtUp whether there are no more verdicts to look at: until then it can wait */
  const lookAtClusters = async (
    taskId: string,
    { growth, version }: WatchState,
    caughtUp: boolean,
    now: string,
  ): Promise<Alarm | undefined> => {
    if (version === null || growth.verdicts < (caughtUp ? defaultGrowthPlan.every : behindMost)) return undefined;
    const task = growth.wrong === 0 ? undefined : await store.tasks.get(taskId);
    if (!task) {
      growth.verdicts = 0;
      return undefined;
    }
    const { clusters } = await findClusters(store, { ...task, activeVersion: version });
    const judged = clusters.length === 0 ? [] : await judgedTraits(store, taskId, version);
    const grown = growing(growth, judged, clusters, now);
    if (!grown) return undefined;
    const { id, mark } = grown.cluster;
    return { kind: "failures.cluster", version, cluster: id, mark, growth: grown.growth };
  };

  const lookAtDraws = async (state: WatchState, rows: Draws["rows"], now: string): Promise<Alarm | undefined> => {
    let alarm: Alarm | undefined;
    for (let from = 0; from < rows.length; from += drawsAtOnce) {
      await setImmediate();
      const news = watchDraws(state, rows.slice(from, from + drawsAtOnce), now);
      // What began and is over meanwhile is not told.
      alarm = news ?? (state.inputs.since === null ? undefined : alarm);
    }
    return alarm;
  };

  /** @returns whether there may be more to look at */
  const look = async (taskId: string): Promise<boolean> => {
    const settings = await store.tasks.getRunSettings(taskId);
    if (!settings) return false;
    const kept = await store.knowing.read(taskId);
    const state = readWatch(kept);
    let profile = settings.samplingStrategy === "random" ? undefined : (readProfile(kept) ?? newProfile());
    // Another process may know more by now.
    profiles.set(taskId, Promise.resolve(profile));
    const draws = await store.knowing.draws(taskId, state.drawnUpTo, drawsMost, drawsAmong);
    const verdicts = await store.knowing.verdicts(taskId, state.judgedUpTo, verdictsAtOnce);
    const version = settings.activeVersion;
    if (!draws.upTo && verdicts.length === 0 && state.version === version) return false;

    const changed = state.version !== version;
    if (changed) versionChanged(state, version);
    const now = new Date().toISOString();
    const ofVersion = verdicts.filter((one) => one.version === version);
    const fair = ofVersion.filter(({ sampled }) => sampled === 1);
    state.growth.verdicts += fair.length;
    state.growth.wrong += fair.filter(({ correct }) => correct === 0).length;
    const alarms = [
      await lookAtDraws(state, draws.rows, now),
      watchVerdicts(
        state,
        fair.map(({ id, input, correct }) => ({ id, input, right: correct === 1 })),
        now,
      ),
      await lookAtClusters(taskId, state, verdicts.length < verdictsAtOnce, now),
    ].filter((alarm): alarm is Alarm => alarm !== undefined);
    state.drawnUpTo = draws.upTo ?? state.drawnUpTo;
    state.judgedUpTo = verdicts.at(-1)?.id ?? state.judgedUpTo;
    if (profile) {
      profile = structuredClone(profile);
      if (changed || alarms.length > 0) noteChange(profile);
      for (const draw of draws.rows) learnUsual(profile, draw);
      for (const { input, correct } of ofVersion) learnVerdict(profile, input, correct === 1);
    }
    const events = alarms.map((alarm) => alarmEvent(taskId, alarm));
    // Two processes may look at the same rows: one of them keeps what it saw, and tells of it.
    if (!(await store.knowing.keep(nextRow(taskId, kept, state, profile), events))) return true;
    profiles.set(taskId, Promise.resolve(profile));
    for (const { kind } of alarms) onAlarm?.(taskId, kind);
    return draws.more || verdicts.length === verdictsAtOnce;
  };

  const lookAtWoken = async (before: Promise<void>): Promise<void> => {
    await before;
    for (const taskId of woken) {
      woken.delete(taskId);
      try {
        for (let attempt = 0; attempt < attemptsMost && !stopping.aborted; attempt++) {
          if (!(await look(taskId))) break;
          await setImmediate(); // Requests are answered in between.
        }
      } catch (error) {
        log.warn({ err: error, taskId }, "what a task does could not be looked at");
      }
    }
  };

  const begin = (): void => {
    working = lookAtWoken(working);
  };
  const quiet = whenQuiet(begin, quietMs, longestMs);

  return {
    wake(taskId) {
      if (stopping.aborted) return;
      woken.add(taskId);
      quiet.wake();
    },
    async acceptInputs(taskId) {
      for (let attempt = 0; attempt < attemptsMost; attempt++) {
        const kept = await store.knowing.read(taskId);
        if (!kept) return;
        const state = readWatch(kept);
        inputsAccepted(state);
        if (await store.knowing.keep(nextRow(taskId, kept, state, readProfile(kept)), [])) return;
      }
      throw new Error("other processes kept what is known of this task all the time");
    },
    async toldSince(taskId, after) {
      const [kept, settings] = await Promise.all([store.knowing.read(taskId), store.tasks.getRunSettings(taskId)]);
      const state = readWatch(kept);
      return state.version === settings?.activeVersion ? toldSince(state, after) : [];
    },
    profileOf(taskId) {
      const profile = profiles.get(taskId) ?? store.knowing.read(taskId).then(readProfile);
      profiles.set(taskId, profile);
      profile.catch(() => profiles.delete(taskId)); // Who asked is told; the next one reads again.
      return profile;
    },
    async settled() {
      quiet.cancel();
      await working;
    },
  };
}

/** The state as it is kept, of an older HAPA too; a new one where nothing is. */
export function readWatch(kept: KnowingRow | undefined): WatchState {
  return { ...newWatch(), ...(kept && (JSON.parse(kept.watch) as Partial<WatchState>)) };
}

function readProfile(kept: KnowingRow | undefined): SamplingProfile | undefined {
  return kept?.profile ? (JSON.parse(kept.profile) as SamplingProfile) : undefined;
}

function nextRow(
  taskId: string,
  kept: KnowingRow | undefined,
  watch: WatchState,
  profile: SamplingProfile | undefined,
): KnowingRow {
  return {
    task_id: taskId,
    revision: (kept?.revision ?? 0) + 1,
    watch: JSON.stringify(watch),
    profile: profile ? JSON.stringify(profile) : null,
  };
}
