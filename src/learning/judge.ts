/**
 * Has executions judged: by the person, by themselves where their inputs stand among a task's labelled rows, and by a
 * model where the person switched that on.
 */
import { setImmediate } from "node:timers/promises";
import { rightIfKnown } from "../contract/comparison.ts";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import type { Example, Task } from "../contract/tasks.ts";
import type { NewValidation, Validation } from "../contract/validations.ts";
import type { JsonValue } from "../contract/wire.ts";
import { canonical } from "../generation/cases.ts";
import type { Endpoint } from "../models/endpoint.ts";
import type { Log } from "../observability/log.ts";
import type { ExecutionRow } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import { type KeptValidation, toValidation, type UnjudgedTexts, type Verdict } from "../store/validations.ts";
import { AtHand } from "./at-hand.ts";
import { judgeByModel } from "./judge-by-model.ts";
import { whenQuiet } from "./when-quiet.ts";

export interface Judge {
  /**
   * Keeps what a person says of an execution.
   * @throws HapaError not_found (no such execution), invalid_request (it contradicts itself)
   */
  byPerson(task: Task, verdict: NewValidation): Promise<Validation>;
  /** Puts labelled rows in place of those before; executions that wait are judged by them. @returns how many rows */
  setReference(task: Task, rows: readonly Example[]): Promise<number>;
  /** These executions are to be judged; they are in the database. Returns at once. */
  sampled(taskId: string, rows: readonly ExecutionRow[]): void;
  /** Waits for what is under way. */
  settled(): Promise<void>;
}

const executionsAtOnce = 500;
/** What is to be judged is gathered until so long nothing more came, in ms, or for so long altogether. */
const quietMs = 500;
const longestMs = 5_000;

/** After a model failed it is left alone for so long, in ms, where it did not say how long. */
const modelRestMs = 60_000;

export interface JudgeParts {
  readonly store: Store;
  readonly log: Log;
  /** The model that judges; undefined: none is set up. */
  readonly endpoint: () => Promise<Endpoint | undefined>;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
  /** Told of each verdict that was kept. */
  readonly onJudged: (taskId: string, verdicts: readonly KeptValidation[]) => void;
  /** Told that a task has other labelled rows. */
  readonly onReference: (taskId: string) => void;
}

export function createJudge({ store, log, endpoint, stopping, onJudged, onReference }: JudgeParts): Judge {
  let modelRestsUntil = 0;
  /** The last execution of each task that was looked at. */
  const looked = new Map<string, string>();
  /** Tasks whose labelled rows are others now. */
  const anew = new Set<string>();
  const atHand = new AtHand();
  const woken = new Set<string>();
  let working = Promise.resolve();

  const keep = async (taskId: string, verdicts: readonly Verdict[]): Promise<KeptValidation[]> => {
    const kept = await store.validations.keep(taskId, verdicts);
    onJudged(taskId, kept);
    return kept;
  };

  const judgeWaiting = async (taskId: string): Promise<void> => {
    const settings = await store.tasks.getRunSettings(taskId);
    if (!settings) return;
    const byReference = await store.validations.hasReference(taskId);
    const byModel = settings.modelVerdictsPerDay > 0 && Date.now() >= modelRestsUntil;
    if (!byReference) atHand.forget(taskId);
    if (!byReference && !byModel) return;
    // Only now: its examples may be megabytes, and a busy task is looked after every half second.
    const task = await store.tasks.get(taskId);
    if (!task) return;
    if (byReference) await judgeByReference(task);
    const model = byModel ? await endpoint() : undefined;
    if (!model) return;
    try {
      await judgeByModel({ store, keep, endpoint: model, signal: stopping }, task);
    } catch (error) {
      if (stopping.aborted) return;
      const { details } = error as { details?: { retry_after_s?: unknown } };
      const seconds = Number(details?.retry_after_s);
      modelRestsUntil = Date.now() + (seconds > 0 ? seconds * 1_000 : modelRestMs);
      log.warn({ err: error, taskId }, "the model could not judge; executions wait");
    }
  };

  const judgeByReference = async (task: Task): Promise<void> => {
    const taskId = task.id;
    if (anew.delete(taskId)) {
      looked.delete(taskId);
      atHand.forget(taskId);
    }
    const held = atHand.take(taskId);
    try {
      for (let from = 0; ; from += executionsAtOnce) {
        const waiting = held
          ? held.slice(from, from + executionsAtOnce)
          : await store.validations.unjudgedTexts(taskId, looked.get(taskId) ?? "", executionsAtOnce);
        const last = waiting.at(-1);
        if (!last) break;
        const verdicts = await compare(task, waiting);
        if (verdicts.length > 0) await keep(taskId, verdicts);
        looked.set(taskId, last.id);
        await setImmediate(); // Requests are answered in between.
      }
    } catch (error) {
      atHand.forget(taskId);
      throw error;
    }
    if (!held) atHand.begin(taskId);
  };

  const compare = async (task: Task, waiting: readonly UnjudgedTexts[]): Promise<Verdict[]> => {
    const inputs = waiting.map(({ input }) => canonicalText(input));
    const expected = await store.validations.reference(task.id, [...new Set(inputs)]);
    return waiting.flatMap(({ id, version, status, output }, at): Verdict[] => {
      const text = expected.get(inputs[at] ?? "");
      if (text === undefined) return [];
      const expectedOutput = JSON.parse(text) as JsonValue;
      const given = output === null ? null : (JSON.parse(output) as JsonValue);
      const correct = status === "success" && rightIfKnown(expectedOutput, given, task.comparison);
      // Other words, which may mean the same: a model or a person reads them.
      if (correct === undefined) return [];
      return [{ executionId: id, version, oracle: "reference", correct, expectedOutput }];
    });
  };

  const judgeWoken = async (before: Promise<void>): Promise<void> => {
    await before;
    for (const taskId of woken) {
      woken.delete(taskId);
      try {
        if (!stopping.aborted) await judgeWaiting(taskId);
      } catch (error) {
        log.warn({ err: error, taskId }, "executions could not be judged");
      }
    }
  };

  const begin = (): void => {
    working = judgeWoken(working);
  };
  const quiet = whenQuiet(begin, quietMs, longestMs);
  const wake = (taskId: string): void => {
    woken.add(taskId);
    quiet.wake();
  };

  return {
    async byPerson(task, { executionId, correct, expectedOutput }) {
      const execution = await store.validations.execution(task.id, executionId);
      if (!execution) throw new HapaError("not_found", say`Task ${task.id} has no execution ${executionId}.`);
      const { version, status, output } = execution;
      const same =
        expectedOutput === undefined || status !== "success"
          ? false
          : rightIfKnown(expectedOutput, output, task.comparison);
      if (correct === true && (status !== "success" || (expectedOutput !== undefined && same === false))) {
        throw new HapaError(
          "invalid_request",
          say`The execution cannot be correct: it gave another output than the one expected, or none.`,
        );
      }
      if (correct === false && same) {
        throw new HapaError(
          "invalid_request",
          say`The execution cannot be wrong: it gave the output that is expected.`,
        );
      }
      const [kept] = await keep(task.id, [
        {
          executionId,
          version,
          oracle: "person",
          // Who writes what it should have been in other words corrects it, unless they say that it was right as well.
          correct: correct ?? same === true,
          ...(expectedOutput === undefined ? {} : { expectedOutput }),
        },
      ]);
      if (!kept) throw new HapaError("not_found", say`Task ${task.id} has no execution ${executionId}.`);
      return toValidation(kept);
    },
    async setReference(task, rows) {
      const pairs = rows.map(({ input, output }) => ({ input: canonical(input), output: JSON.stringify(output) }));
      const count = await store.validations.setReference(task.id, pairs);
      anew.add(task.id);
      wake(task.id);
      onReference(task.id);
      return count;
    },
    sampled(taskId, rows) {
      atHand.add(taskId, rows);
      wake(taskId);
    },
    async settled() {
      quiet.cancel();
      await working;
    },
  };
}

/** An execution's input as `canonical` writes it. Only of objects, and what holds some, that may be something else. */
function canonicalText(json: string): string {
  return /^[[{]/.test(json) ? canonical(JSON.parse(json) as JsonValue) : json;
}
