/** What people think of answers, programs and runs; one word for each, the last one. */
import type { Transaction } from "kysely";
import type { Feedback, FeedbackTarget } from "../contract/conversations.ts";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import { type Example, maxExamples } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";
import type { Database } from "./database.ts";
import type { EventLog } from "./event-log.ts";
import { newId } from "./ids.ts";
import type { Tables } from "./schema.ts";

export interface FeedbackRepository {
  /**
   * Keeps a rating in place of an earlier one; a corrected output becomes an example of the task, all in one step.
   * @param same Whether two inputs are the same one.
   * @returns its id; null where a rating was taken back.
   * @throws HapaError not_found (no such turn, artifact or execution), conflict (the task has no room for an example)
   */
  give(feedback: Feedback, same: (a: JsonValue, b: JsonValue) => boolean): Promise<string | null>;
}

export function createFeedbackRepository({ kysely: db, events }: Database): FeedbackRepository {
  return {
    give: (feedback, same) =>
      db.transaction().execute(async (tx) => {
        const { targetType, targetId, rating, expectedOutput } = feedback;
        // A write comes first: what was only read could not be written while another process writes.
        await tx
          .deleteFrom("feedback")
          .where("target_type", "=", targetType)
          .where("target_id", "=", targetId)
          .execute();
        await requireTarget(tx, targetType, targetId);
        if (targetType === "turn") await tx.updateTable("turns").set({ rating }).where("id", "=", targetId).execute();
        if (expectedOutput !== undefined) await correct(tx, events, targetId, expectedOutput, same);
        if (rating === null) return null;
        const row = {
          id: newId("fb"),
          target_type: targetType,
          target_id: targetId,
          rating,
          comment: feedback.comment ?? null,
          expected_output: expectedOutput === undefined ? null : JSON.stringify(expectedOutput),
          created_at: new Date().toISOString(),
        };
        await tx.insertInto("feedback").values(row).execute();
        return row.id;
      }),
  };
}

async function requireTarget(tx: Transaction<Tables>, type: FeedbackTarget, id: string): Promise<void> {
  const found =
    type === "execution"
      ? await findExecution(tx, id)
      : await tx
          .selectFrom(type === "turn" ? "turns" : "artifacts")
          .select("id")
          .where("id", "=", id)
          .executeTakeFirst();
  if (!found) throw new HapaError("not_found", say`There is no ${type} ${id}.`);
}

/** Executions are kept by task: each task is asked for it, which takes an index each instead of a scan of all. */
function findExecution(tx: Transaction<Tables>, id: string) {
  return tx
    .selectFrom("tasks")
    .crossJoin("executions as e")
    .select(["e.task_id", "e.input"])
    .whereRef("e.task_id", "=", "tasks.id")
    .where("e.id", "=", id)
    .executeTakeFirst();
}

async function correct(
  tx: Transaction<Tables>,
  events: EventLog,
  executionId: string,
  output: JsonValue,
  same: (a: JsonValue, b: JsonValue) => boolean,
): Promise<void> {
  const execution = await findExecution(tx, executionId);
  if (!execution) return;
  const input = JSON.parse(execution.input) as JsonValue;
  const task = tx.selectFrom("tasks").select("examples").where("id", "=", execution.task_id);
  const examples = JSON.parse((await task.executeTakeFirstOrThrow()).examples) as Example[];
  const corrected = [...examples.filter((example) => !same(example.input, input)), { input, output }];
  if (corrected.length > maxExamples) {
    throw new HapaError(
      "conflict",
      say`The task has ${maxExamples} examples already, which is as many as it may have.`,
    );
  }
  await tx
    .updateTable("tasks")
    .set({ examples: JSON.stringify(corrected), updated_at: new Date().toISOString() })
    .where("id", "=", execution.task_id)
    .execute();
  await events.write(tx, { type: "task.changed", taskId: execution.task_id, data: { fields: ["examples"] } });
}
