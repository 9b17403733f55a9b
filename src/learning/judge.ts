/**
 * Has executions judged: by the person, by themselves where labelled rows or another program say what they should have
 * given, and by a model where the person switched that on.
 */
import { rightIfKnown } from "../contract/comparison.ts";
import { HapaError } from "../contract/errors.ts";
import type { StoredExecution } from "../contract/executions.ts";
import { say } from "../contract/say.ts";
import type { Task } from "../contract/tasks.ts";
import type { NewValidation, Reference, ReferenceInfo, Validation } from "../contract/validations.ts";
import { canonical } from "../generation/cases.ts";
import type { Endpoint } from "../models/endpoint.ts";
import type { Log } from "../observability/log.ts";
import type { ExecutionRow } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import { type KeptValidation, toValidation, type Verdict } from "../store/validations.ts";
import { judgeByModel } from "./judge-by-model.ts";
import { createJudgeByReference } from "./judge-by-reference.ts";
import type { ReferencePrograms } from "./reference-program.ts";
import { whenQuiet } from "./when-quiet.ts";

export interface Judge {
  /**
   * Keeps what a person says of an execution.
   * @throws HapaError not_found (no such execution), invalid_request (it contradicts itself)
   */
  byPerson(task: Task, verdict: NewValidation): Promise<Validation>;
  /**
   * Puts labelled rows, a reference program, or both in place of those before; executions that wait are judged by them,
   * and what was judged stays as it is.
   * @throws HapaError not_found (no such program), conflict (a rejected version, or the one that runs)
   */
  setReference(task: Task, reference: Reference): Promise<ReferenceInfo>;
  reference(task: Task): Promise<ReferenceInfo>;
  /** These executions are to be judged; they are in the database. Returns at once. */
  sampled(taskId: string, rows: readonly ExecutionRow[]): void;
  /** A task is there, which may have been away: those that its programs judge go on. */
  taskIsBack(taskId: string): void;
  /** Goes on with executions that waited for a reference when the process ended. */
  recover(): void;
  /** Waits for what is under way. */
  settled(): Promise<void>;
}

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
  readonly programs: ReferencePrograms;
  /** Told that a task has another reference. */
  readonly onReference: (taskId: string) => void;
}

export function createJudge(parts: JudgeParts): Judge {
  const { store, log, endpoint, stopping, programs, onJudged, onReference } = parts;
  let modelRestsUntil = 0;
  const woken = new Set<string>();
  let working = Promise.resolve();

  const keep = async (taskId: string, verdicts: readonly Verdict[]): Promise<KeptValidation[]> => {
    const kept = await store.validations.keep(taskId, verdicts);
    onJudged(taskId, kept);
    return kept;
  };
  const byReference = createJudgeByReference({ store, programs, keep, stopping });

  const judgeWaiting = async (taskId: string): Promise<void> => {
    const settings = await store.tasks.getRunSettings(taskId);
    if (!settings) {
      byReference.forget(taskId);
      return;
    }
    const reference = await byReference.of(taskId);
    const byModel = settings.modelVerdictsPerDay > 0 && Date.now() >= modelRestsUntil;
    if (!reference && !byModel) return;
    // Only now: its examples may be megabytes, and a busy task is looked after every half second.
    const task = await store.tasks.get(taskId);
    if (!task) return;
    if (reference && !(await byReference.judge(task, reference))) {
      // After the others; a model is asked about what is left over.
      woken.add(taskId);
      return;
    }
    const model = byModel ? await endpoint() : undefined;
    if (!model) return;
    try {
      const expected = async (execution: StoredExecution) =>
        reference && byReference.expected(task, reference, execution);
      await judgeByModel({ store, keep, expected, endpoint: model, signal: stopping }, task);
    } catch (error) {
      if (stopping.aborted) return;
      const { details } = error as { details?: { retry_after_s?: unknown } };
      const seconds = Number(details?.retry_after_s);
      modelRestsUntil = Date.now() + (seconds > 0 ? seconds * 1_000 : modelRestMs);
      log.warn({ err: error, taskId }, "the model could not judge; executions wait");
    }
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

  /** @param and done for each of them, too */
  const wakeAll = (find: () => Promise<string[]>, and: (taskId: string) => void): void => {
    const work = async (before: Promise<void>): Promise<void> => {
      await before;
      try {
        for (const taskId of await find()) {
          if (stopping.aborted) return;
          wake(taskId);
          and(taskId);
        }
      } catch (error) {
        log.warn({ err: error }, "executions that wait for a reference are looked at later");
      }
    };
    working = work(working);
  };
  const info = async (task: Task): Promise<ReferenceInfo> => ({
    rows: await store.references.countRows(task.id),
    program: await programs.info(task),
  });

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
    async setReference(task, { rows, program }) {
      if (program) await programs.check(task, program);
      const pairs = rows?.map(({ input, output }) => ({ input: canonical(input), output: JSON.stringify(output) }));
      await store.references.set(task.id, { rows: pairs, program });
      byReference.anew(task.id);
      wake(task.id);
      onReference(task.id);
      return info(task);
    },
    reference: info,
    sampled(taskId, rows) {
      byReference.sampled(taskId, rows);
      wake(taskId);
    },
    taskIsBack: (taskId) => wakeAll(() => store.references.judgedBy(taskId), onReference),
    recover: () => wakeAll(store.references.tasks, () => {}),
    async settled() {
      quiet.cancel();
      await working;
    },
  };
}
