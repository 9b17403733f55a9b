/** Executions are judged by themselves: where a labelled row has their input, by that, else by the reference program. */
import { setImmediate } from "node:timers/promises";
import { rightIfKnown } from "../contract/comparison.ts";
import type { StoredExecution } from "../contract/executions.ts";
import type { Task } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";
import { canonical } from "../generation/cases.ts";
import type { ExecutionRow } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import type { UnjudgedTexts, ValidationRepository, Verdict } from "../store/validations.ts";
import { AtHand } from "./at-hand.ts";
import { Looked } from "./looked.ts";
import type { ReferencePrograms, RunnableReference } from "./reference-program.ts";

export interface JudgeByReference {
  /** What a task's executions can be judged by; undefined: nothing. */
  of(taskId: string): Promise<Reference | undefined>;
  /**
   * Judges what waits, in order.
   * @returns false where its turn is over before that: more waits for the program
   */
  judge(task: Task, reference: Reference): Promise<boolean>;
  /** What an execution should have given, as far as the reference says. */
  expected(task: Task, reference: Reference, execution: StoredExecution): Promise<JsonValue | undefined>;
  /** These executions were kept just now. */
  sampled(taskId: string, rows: readonly ExecutionRow[]): void;
  /** The task has another reference: all that waits is looked at again. */
  anew(taskId: string): void;
  /** The task is gone. */
  forget(taskId: string): void;
}

interface Reference {
  readonly hasRows: boolean;
  readonly program: RunnableReference | undefined;
}

const executionsAtOnce = 500;
/** A program's turn, in ms: then other tasks have theirs. */
const turnMs = 1_000;

export interface ReferenceJudgeParts {
  readonly store: Store;
  readonly programs: ReferencePrograms;
  /** Keeps verdicts and tells of them. */
  readonly keep: ValidationRepository["keep"];
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
}

export function createJudgeByReference({ store, programs, keep, stopping }: ReferenceJudgeParts): JudgeByReference {
  const { references, validations } = store;
  const atHand = new AtHand();
  /** Of each task: how far its labelled rows have looked, and its program. */
  const [byRows, byProgram] = [new Map<string, Looked>(), new Map<string, Looked>()];
  const forget = (taskId: string): void => {
    atHand.forget(taskId);
    byRows.delete(taskId);
    byProgram.delete(taskId);
  };

  const judgeByRows = async (task: Task): Promise<void> => {
    const looked = lookedOf(byRows, task.id);
    const held = atHand.take(task.id);
    // Before the first is read: what is kept from now on is either read or at hand.
    if (!held) atHand.begin(task.id);
    try {
      for (let from = 0, after = looked.from; !stopping.aborted; from += executionsAtOnce) {
        const waiting = held
          ? held.slice(from, from + executionsAtOnce)
          : await validations.unjudgedTexts(task.id, after, executionsAtOnce);
        const last = waiting.at(-1);
        if (!last) return;
        const fresh = waiting.filter(({ id }) => !looked.has(id));
        await keepAll(task, fresh, await labelsOf(task.id, fresh));
        for (const { id } of waiting) looked.add(id);
        after = last.id;
        await setImmediate(); // Requests are answered in between.
      }
    } catch (error) {
      atHand.forget(task.id);
      throw error;
    }
  };

  const judgeByProgram = async (task: Task, { hasRows, program }: Reference): Promise<boolean> => {
    if (!program) return true;
    const looked = lookedOf(byProgram, task.id);
    const until = performance.now() + turnMs;
    for (let after = looked.from; ; ) {
      const waiting = await validations.unjudgedTexts(task.id, after, executionsAtOnce);
      const last = waiting.at(-1);
      if (!last) return true;
      const fresh = waiting.filter(({ id }) => !looked.has(id));
      const labels = hasRows ? await labelsOf(task.id, fresh) : [];
      for (let from = 0; from < fresh.length; ) {
        const some = fresh.slice(from, from + program.atOnce);
        // What a labelled row knows waits for a reader of its words; of itself it says nothing.
        const news = await Promise.all(some.map(async ({ version }) => !(await program.isItself(version))));
        const asked = some.filter((_, at) => news[at] && labels[from + at] === undefined);
        const expected = asked.length === 0 ? [] : await program.outputs(asked.map(({ input }) => input));
        // It rests, or another was chosen meanwhile.
        if (!expected || byProgram.get(task.id) !== looked || stopping.aborted) return true;
        await keepAll(task, asked, expected);
        for (const { id } of some) looked.add(id);
        from += some.length;
        await setImmediate();
        // Not before something was done: it may have taken long to come this far.
        if (performance.now() > until) return false;
      }
      after = last.id;
    }
  };

  /** Of each execution, in order, what a labelled row says that it should have given, as JSON. */
  const labelsOf = async (taskId: string, waiting: readonly UnjudgedTexts[]): Promise<(string | undefined)[]> => {
    const inputs = waiting.map(({ input }) => canonicalText(input));
    const outputs = await references.outputs(taskId, inputs);
    return inputs.map((input) => outputs.get(input));
  };

  const keepAll = async (
    task: Task,
    waiting: readonly UnjudgedTexts[],
    expected: readonly (string | undefined)[],
  ): Promise<void> => {
    const verdicts = waiting.flatMap(({ id, version, status, output }, at): Verdict[] => {
      const text = expected[at];
      if (text === undefined) return [];
      const expectedOutput = JSON.parse(text) as JsonValue;
      const given = output === null ? null : (JSON.parse(output) as JsonValue);
      const correct = status === "success" && rightIfKnown(expectedOutput, given, task.comparison);
      // Other words, which may mean the same: a model or a person reads them.
      if (correct === undefined) return [];
      return [{ executionId: id, version, oracle: "reference", correct, expectedOutput }];
    });
    if (verdicts.length > 0) await keep(task.id, verdicts);
  };

  return {
    async of(taskId) {
      const [hasRows, program] = [await references.hasRows(taskId), await programs.of(taskId)];
      if (!hasRows) atHand.forget(taskId);
      return hasRows || program ? { hasRows, program } : undefined;
    },
    async judge(task, reference) {
      if (reference.hasRows) await judgeByRows(task);
      return judgeByProgram(task, reference);
    },
    async expected(task, { program }, { input, version }) {
      const key = canonical(input);
      const label = (await references.outputs(task.id, [key])).get(key);
      if (label !== undefined) return JSON.parse(label) as JsonValue;
      if (!program || (await program.isItself(version))) return undefined;
      const text = (await program.outputs([JSON.stringify(input)]))?.[0];
      return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
    },
    sampled: (taskId, rows) => atHand.add(taskId, rows),
    anew(taskId) {
      forget(taskId);
      programs.anew(taskId);
    },
    forget,
  };
}

function lookedOf(all: Map<string, Looked>, taskId: string): Looked {
  const known = all.get(taskId) ?? new Looked();
  all.set(taskId, known);
  return known;
}

/** An execution's input as `canonical` writes it. Only of objects, and what holds some, that may be something else. */
function canonicalText(json: string): string {
  return /^[[{]/.test(json) ? canonical(JSON.parse(json) as JsonValue) : json;
}
