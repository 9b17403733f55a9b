/** What is known of a task beside its rows, and the rows it is learned from. */
import { setImmediate } from "node:timers/promises";
import { sql } from "kysely";
import type { NewEvent } from "../contract/events.ts";
import type { Database } from "./database.ts";
import { listed } from "./listed.ts";
import type { KnowingRow } from "./schema.ts";

/** A fair draw with the beginnings of its input and output (JSON). */
export interface DrawRow {
  readonly id: string;
  readonly input: string;
  readonly output: string | null;
}

export interface FairVerdictRow {
  /** Of the verdict. */
  readonly id: string;
  readonly input: string;
  readonly correct: 0 | 1;
  readonly version: number;
  /** 1: a fair draw; 2: chosen for what it looks like, or asked for; 0: neither. */
  readonly sampled: 0 | 1 | 2;
}

export interface KnowingRepository {
  read(taskId: string): Promise<KnowingRow | undefined>;
  /**
   * Puts a row in place of the one with the revision before it (0: there is none), and writes events with it.
   * @returns false where another one was faster, and nothing was written: read again
   */
  keep(row: KnowingRow, events: readonly NewEvent[]): Promise<boolean>;
  /** Fair draws after an execution's id, oldest first: at most `most`, by chance, of as many as `among`. */
  draws(taskId: string, after: string, most: number, among: number): Promise<Draws>;
  /** First verdicts on executions, after a verdict's id, oldest first. */
  verdicts(taskId: string, after: string, limit: number): Promise<FairVerdictRow[]>;
}

export interface Draws {
  readonly rows: readonly DrawRow[];
  /** The last that was looked at; undefined where there was none. */
  readonly upTo: string | undefined;
  /** Whether there are more. */
  readonly more: boolean;
}

/** Of an input or output so much is read, in characters of JSON: what tells inputs apart stands further ahead. */
const inputMost = 16_000;

export function createKnowingRepository({ kysely: db, events: log }: Database): KnowingRepository {
  return {
    read: (taskId) => db.selectFrom("knowing").selectAll().where("task_id", "=", taskId).executeTakeFirst(),
    keep: (row, events) =>
      db.transaction().execute(async (tx) => {
        // A write first: it waits for the other process's, and what it finds then stays so until the end.
        const { revision, ...columns } = row;
        const written =
          revision === 1
            ? await tx
                .insertInto("knowing")
                .columns(["task_id", "revision", "watch", "profile"])
                // A task that was deleted meanwhile has none.
                .expression((eb) =>
                  eb
                    .selectFrom("tasks")
                    .select([
                      "id",
                      eb.val(revision).as("revision"),
                      eb.val(row.watch).as("watch"),
                      eb.val(row.profile).as("profile"),
                    ])
                    .where("id", "=", row.task_id),
                )
                .onConflict((conflict) => conflict.column("task_id").doNothing())
                .executeTakeFirst()
            : await tx
                .updateTable("knowing")
                .set({ ...columns, revision })
                .where("task_id", "=", row.task_id)
                .where("revision", "=", revision - 1)
                .executeTakeFirst();
        const count = "numUpdatedRows" in written ? written.numUpdatedRows : written.numInsertedOrUpdatedRows;
        if (count !== 1n) return false;
        for (const event of events) await log.write(tx, event);
        return true;
      }),
    async draws(taskId, after, most, among) {
      const found = await db
        .selectFrom("executions")
        .select("id")
        .where("task_id", "=", taskId)
        // Both, so that the index of those to be judged is used.
        .where(sql<boolean>`sampled > 0 and sampled = 1`)
        .where("id", ">", after)
        .orderBy("id")
        .limit(among)
        .execute();
      await setImmediate(); // Each of the two may take 10 ms.
      const rows = await db
        .selectFrom("executions")
        .select([
          "id",
          sql<string>`substr(input, 1, ${inputMost})`.as("input"),
          sql<string | null>`substr(output, 1, ${inputMost})`.as("output"),
        ])
        .where("task_id", "=", taskId)
        .where("id", "in", listed(some(found, most).map(({ id }) => id)))
        .orderBy("id")
        .execute();
      return { rows, upTo: found.at(-1)?.id, more: found.length === among };
    },
    verdicts: (taskId, after, limit) =>
      db
        .selectFrom("validations as v")
        .innerJoin("executions as e", (join) =>
          join.onRef("e.task_id", "=", "v.task_id").onRef("e.id", "=", "v.execution_id"),
        )
        .select(["v.id", "v.correct", "e.version", "e.sampled"])
        .select(sql<string>`substr(e.input, 1, ${inputMost})`.as("input"))
        .where("v.task_id", "=", taskId)
        .where("v.id", ">", after)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom("validations as first")
                .select("first.id")
                .whereRef("first.task_id", "=", "v.task_id")
                .whereRef("first.execution_id", "=", "v.execution_id")
                // Not by the index of ids, which would be read from its beginning for each row.
                .where(sql<boolean>`+first.id < v.id`),
            ),
          ),
        )
        .orderBy("v.id")
        .limit(limit)
        .execute(),
  };
}

/** So many of them by chance, in their order (selection sampling: Knuth, TAOCP volume 2, 3.4.2, algorithm S). */
function some<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  let wanted = most;
  return all.filter((_, at) => {
    const isTaken = Math.random() * (all.length - at) < wanted;
    if (isTaken) wanted--;
    return isTaken;
  });
}
