/** By what a task's executions are judged by themselves: labelled rows, and another program. */
import { sql } from "kysely";
import type { ReferenceProgram } from "../contract/validations.ts";
import type { Database } from "./database.ts";
import { listed } from "./listed.ts";

/** A labelled row: the input as `canonical` writes it, the output as JSON. */
export interface ReferencePair {
  readonly input: string;
  readonly output: string;
}

export interface ReferenceRepository {
  /**
   * Puts labelled rows, a program, or both in place of those before; what is undefined stays, null and no rows take away.
   * Of rows with the same input the last counts.
   */
  set(
    taskId: string,
    to: {
      readonly rows?: readonly ReferencePair[] | undefined;
      readonly program?: ReferenceProgram | null | undefined;
    },
  ): Promise<void>;
  /** How many labelled rows a task has. */
  countRows(taskId: string): Promise<number>;
  hasRows(taskId: string): Promise<boolean>;
  /** The expected outputs, as JSON, by input. @param inputs as `canonical` writes them */
  outputs(taskId: string, inputs: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** As it was chosen: it may be gone. */
  program(taskId: string): Promise<ReferenceProgram | undefined>;
  /** Tasks whose program is a version of this one. */
  judgedBy(programTaskId: string): Promise<string[]>;
  /** Tasks that have any of both. */
  tasks(): Promise<string[]>;
}

/** SQLite takes so many values in one statement. */
const rowsAtOnce = 500;

export function createReferenceRepository({ kysely: db, events }: Database): ReferenceRepository {
  return {
    set: (taskId, { rows, program }) =>
      db.transaction().execute(async (tx) => {
        if (rows) {
          await tx.deleteFrom("reference_rows").where("task_id", "=", taskId).execute();
          const byInput = new Map(rows.map(({ input, output }) => [input, output]));
          const all = [...byInput].map(([input, output]) => ({ task_id: taskId, input, output }));
          for (let from = 0; from < all.length; from += rowsAtOnce) {
            await tx
              .insertInto("reference_rows")
              .values(all.slice(from, from + rowsAtOnce))
              .execute();
          }
        }
        if (program !== undefined) await tx.deleteFrom("reference_programs").where("task_id", "=", taskId).execute();
        if (program) {
          const row = { task_id: taskId, program_task_id: program.taskId, version: program.version };
          await tx.insertInto("reference_programs").values(row).execute();
        }
        await events.write(tx, { type: "task.changed", taskId, data: { fields: ["reference"] } });
      }),
    async countRows(taskId) {
      const { n } = await db
        .selectFrom("reference_rows")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .where("task_id", "=", taskId)
        .executeTakeFirstOrThrow();
      return Number(n);
    },
    async hasRows(taskId) {
      const any = db.selectFrom("reference_rows").select("task_id").where("task_id", "=", taskId).limit(1);
      return (await any.executeTakeFirst()) !== undefined;
    },
    async outputs(taskId, inputs) {
      const rows = await db
        .selectFrom("reference_rows")
        .select(["input", "output"])
        .where("task_id", "=", taskId)
        .where("input", "in", listed([...new Set(inputs)]))
        .execute();
      return new Map(rows.map(({ input, output }) => [input, output]));
    },
    program: (taskId) =>
      db
        .selectFrom("reference_programs")
        .select(["program_task_id as taskId", "version"])
        .where("task_id", "=", taskId)
        .executeTakeFirst(),
    async judgedBy(programTaskId) {
      const query = db.selectFrom("reference_programs").select("task_id").where("program_task_id", "=", programTaskId);
      return (await query.execute()).map(({ task_id }) => task_id);
    },
    async tasks() {
      // Of each task one row is looked for: there may be millions.
      const { rows } = await sql<{ id: string }>`select id from tasks where deleted_at is null and (
          exists (select 1 from reference_rows where task_id = tasks.id)
          or exists (select 1 from reference_programs where task_id = tasks.id))`.execute(db);
      return rows.map(({ id }) => id);
    },
  };
}
