/** Has a model judge disagreements, where the person switched that on: one after another, within the day's caps. */
import type { Task } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { Endpoint } from "../../models/endpoint.ts";
import type { Log } from "../../observability/log.ts";
import type { RolloutRequestRow, RolloutRow } from "../../store/schema.ts";
import { askMeaning } from "../ask-meaning.ts";
import { askModel } from "../ask-model.ts";
import { settle, spend } from "../daily-caps.ts";
import type { ReferencePrograms } from "../reference-program.ts";
import {
  expectedOf,
  isItsOwnReference,
  type KnowingParts,
  keepVerdicts,
  mayJudge,
  outputsOf,
  type Sides,
  sidesOf,
  whoIsRight,
} from "./judging.ts";

export interface ModelParts extends KnowingParts {
  readonly log: Log;
  /** The model that judges; undefined: none is set up. */
  readonly endpoint: () => Promise<Endpoint | undefined>;
  readonly stopping: AbortSignal;
}

/** Odd, so that there is a majority. */
const votes = 3;
const cost = { verdicts: 1, costUsd: 0 };
const disagreementsAtOnce = 20;

/**
 * Judges what nobody has judged, oldest first, until nothing waits, the day's caps are reached, or the rollout is over.
 * What the model has no opinion about stays with the person. Nothing is asked about twice.
 */
export async function judgeByModel(parts: ModelParts, id: string): Promise<void> {
  const { store, programs, log, endpoint, stopping } = parts;
  const { rollouts, rolloutRequests, tasks, validations } = store;
  for (;;) {
    const row = await rollouts.get(id);
    if (row?.state !== "running") return;
    if (!mayJudge("model", row.statistics)) return;
    const settings = await tasks.getRunSettings(row.task_id);
    if (!settings || settings.modelVerdictsPerDay === 0) return;
    const waiting = await rolloutRequests.waiting(id, "", disagreementsAtOnce, "unasked");
    const model = waiting.length === 0 ? undefined : await endpoint();
    const task = model && (await tasks.get(row.task_id));
    if (!task) return;
    for (const request of waiting) {
      const caps = { verdicts: task.modelVerdictsPerDay, costUsd: task.modelUsdPerDay };
      if (stopping.aborted) return;
      const spent = await validations.changeModelUse(task.id, (use) => spend(use, caps, new Date(), cost));
      if (!spent) return;
      // Marked before: it is rather not judged than paid for twice.
      await rolloutRequests.markAsked(request.id);
      try {
        const ask = row.comparison === "meaning" ? judgeMeaning : judgeOutput;
        const { right, expected, costUsd } = await ask(
          { store, programs, endpoint: model, signal: stopping },
          task,
          row,
          request,
        );
        await validations.changeModelUse(task.id, (use) => settle(use, spent.day, cost, { verdicts: 1, costUsd }));
        if (right === null) continue;
        await rollouts.change(id, (change) =>
          keepVerdicts(change, [{ id: request.id, right, oracle: "model", expected }]),
        );
      } catch (error) {
        if (!stopping.aborted) log.warn({ err: error, rolloutId: id }, "the model could not judge; disagreements wait");
        return;
      }
    }
  }
}

interface Asking extends KnowingParts {
  readonly endpoint: Endpoint;
  readonly signal: AbortSignal;
}

/** What the model says of a disagreement; `right` is null where it has no opinion. */
interface Judgement {
  readonly right: Sides | null;
  /** As JSON. */
  readonly expected: string | null;
  readonly costUsd: number;
}

async function judgeOutput(
  { endpoint, signal }: Asking,
  task: Task,
  { comparison }: RolloutRow,
  request: RolloutRequestRow,
): Promise<Judgement> {
  const input = JSON.parse(request.input) as JsonValue;
  const { opinion, costUsd } = await askModel(endpoint, task, input, { votes, signal });
  if (!opinion) return { right: null, expected: null, costUsd };
  const expected = JSON.stringify(opinion.output);
  return { right: whoIsRight(request, expected, comparison), expected, costUsd };
}

/** Of each side by itself, whether it says what it should: what is known of that, or what the model thinks. */
async function judgeMeaning(
  { store, programs, endpoint, signal }: Asking,
  task: Task,
  row: RolloutRow,
  request: RolloutRequestRow,
): Promise<Judgement> {
  const input = JSON.parse(request.input) as JsonValue;
  const known = (await expectedOf({ store, programs }, row, [request.input]))[0];
  const expected = known?.expected ?? (await byProgram(programs, row, request)) ?? null;
  const wanted = expected === null ? undefined : (JSON.parse(expected) as JsonValue);
  const sides: boolean[] = [];
  let costUsd = 0;
  for (const output of outputsOf(request)) {
    const judged =
      output === undefined
        ? { correct: false, costUsd: 0 }
        : await askMeaning(endpoint, task, { input, output, expected: wanted }, { votes, signal });
    costUsd += judged.costUsd;
    if (judged.correct === undefined) return { right: null, expected: null, costUsd };
    sides.push(judged.correct);
  }
  return { right: sidesOf(sides[0] === true, sides[1] === true), expected, costUsd };
}

/** What the task's reference program gives, as JSON. */
async function byProgram(
  programs: ReferencePrograms,
  row: RolloutRow,
  { input }: RolloutRequestRow,
): Promise<string | undefined> {
  if (await isItsOwnReference(programs, row)) return undefined;
  return (await (await programs.of(row.task_id))?.outputs([input]))?.[0];
}
