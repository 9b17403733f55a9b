/** Tasks in the database. */
import { sql } from "kysely";
import { LRUCache } from "lru-cache";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import type { NewTask, PageQuery, Task, TaskChange } from "../contract/tasks.ts";
import { type JsonValue, snakeCase } from "../contract/wire.ts";
import type { Database } from "./database.ts";
import { newId } from "./ids.ts";
import { type Page, readPage } from "./page.ts";
import type { TaskRow } from "./schema.ts";

export type RunSettings = Pick<
  Task,
  | "id"
  | "activeVersion"
  | "latencyTargetMs"
  | "samplingRate"
  | "privacyMode"
  | "modelVerdictsPerDay"
  | "samplingStrategy"
> & {
  /** The rollout that is running or paused. */
  readonly rolloutId: string | null;
};

/** What a program offers itself with. */
export interface ActiveTask {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly version: number;
  /** A JSON schema, as far as anybody knows: nobody has checked it. */
  readonly inputSchema: JsonValue;
  readonly firstExample: { readonly input: JsonValue; readonly output: JsonValue } | null;
}

export interface TaskRepository {
  /** @throws HapaError("conflict") where a task has the id that was asked for, also one that was set aside */
  create(task: NewTask, options?: { draft?: boolean }): Promise<Task>;
  get(id: string): Promise<Task | undefined>;
  /** What a run needs to know, without the examples. */
  getRunSettings(id: string): Promise<RunSettings | undefined>;
  /** Which of some ids are of tasks, also of drafts and of those that were set aside. */
  known(ids: readonly string[]): Promise<string[]>;
  /** Newest first; drafts are not listed. */
  list(page: PageQuery): Promise<Page<Task>>;
  /** Saved tasks with an active program, newest first, without their examples but the first (JSON text). */
  listActive(): Promise<ActiveTask[]>;
  /** With `deleted: false` also a task that was set aside, which then is back. */
  change(id: string, change: TaskChange): Promise<Task | undefined>;
  /** For good, with its artifacts, executions and validations. False where there was none. */
  delete(id: string): Promise<boolean>;
  /** Hides it from everything until it is brought back, or goes. False where there was none. */
  setAside(id: string): Promise<boolean>;
  /** Deletes for good what was set aside before a moment (ISO 8601); gives how many. */
  deleteSetAside(before: string): Promise<number>;
  /** Null: no version runs. */
  setActiveVersion(id: string, version: number | null): Promise<void>;
  /** Deletes drafts last touched before a moment (ISO 8601) that no conversation shows; gives how many. */
  deleteDrafts(before: string): Promise<number>;
  count(): Promise<number>;
}

export function createTaskRepository({ kysely: db, prepare, events }: Database): TaskRepository {
  const runSettings = prepare(
    db
      .selectFrom("tasks")
      .select([
        "id",
        "active_version as activeVersion",
        "latency_target_ms as latencyTargetMs",
        "sampling_rate as samplingRate",
        "privacy_mode as privacyMode",
        "model_verdicts_per_day as modelVerdictsPerDay",
        "rollout_id as rolloutId",
        "sampling_strategy as samplingStrategy",
      ])
      .where("id", "=", "")
      .where("deleted_at", "is", null),
  );
  const get = async (id: string): Promise<Task | undefined> => {
    const row = await db
      .selectFrom("tasks")
      .selectAll()
      .where("id", "=", id)
      .where("deleted_at", "is", null)
      .executeTakeFirst();
    return row && toTask(row);
  };
  const known = new LRUCache<string, { readonly example: ActiveTask["firstExample"] }>({ max: 1_000 });
  const firstExample = async (id: string, updatedAt: string): Promise<ActiveTask["firstExample"]> => {
    const key = `${id} ${updatedAt}`;
    const found = known.get(key);
    if (found) return found.example;
    const row = await db
      .selectFrom("tasks")
      .select(sql<string | null>`examples -> 0`.as("first"))
      .where("id", "=", id)
      .executeTakeFirst();
    const example = fromText(row?.first ?? null) as ActiveTask["firstExample"];
    known.set(key, { example });
    return example;
  };
  return {
    get,
    getRunSettings: (id) => runSettings(id),
    async known(ids) {
      const rows = await db
        .selectFrom("tasks")
        .select("id")
        .where("id", "in", [...ids])
        .execute();
      return rows.map(({ id }) => id);
    },
    async create(task, options) {
      const now = new Date().toISOString();
      const row: TaskRow = {
        id: task.id ?? newId("task"),
        name: task.name,
        description: task.description,
        language: task.language,
        input_schema: toText(task.inputSchema),
        output_schema: toText(task.outputSchema),
        examples: JSON.stringify(task.examples),
        accuracy_target: task.accuracyTarget,
        latency_target_ms: task.latencyTargetMs,
        sampling_rate: task.samplingRate,
        comparison: task.comparison ?? "exact",
        model_verdicts_per_day: task.modelVerdictsPerDay ?? 0,
        model_usd_per_day: task.modelUsdPerDay ?? 1,
        privacy_mode: task.privacyMode ?? "balanced",
        sampling_strategy: task.samplingStrategy ?? "random",
        improve: task.improve ?? "auto",
        draft: options?.draft ? 1 : 0,
        active_version: null,
        rollout_id: null,
        deleted_at: null,
        created_at: now,
        updated_at: now,
      };
      const made = await db.transaction().execute(async (tx) => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto("tasks")
          .values(row)
          .onConflict((conflict) => conflict.column("id").doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 0n) return false;
        await events.write(tx, {
          type: "task.created",
          taskId: row.id,
          data: { name: row.name, draft: row.draft === 1 },
        });
        return true;
      });
      if (!made) {
        const message = say`There is a task ${row.id} already, or there was one until a moment ago. Change that one (PATCH; with "deleted": false it comes back), or choose another id.`;
        throw new HapaError("conflict", message);
      }
      return toTask(row);
    },
    async list({ cursor, limit }) {
      let query = db.selectFrom("tasks").where("draft", "=", 0).where("deleted_at", "is", null).orderBy("id", "desc");
      if (cursor) query = query.where("id", "<", cursor);
      const bytes = sql<number>`octet_length(examples)`.as("bytes");
      return readPage(
        await query
          .select(["id", bytes])
          .limit(limit + 1)
          .execute(),
        limit,
        (count) => query.selectAll().limit(count).execute(),
        toTask,
      );
    },
    async listActive() {
      const rows = await db
        .selectFrom("tasks")
        .select(["id", "name", "description", "active_version", "input_schema", "updated_at"])
        .where("draft", "=", 0)
        .where("deleted_at", "is", null)
        .where("active_version", "is not", null)
        .orderBy("id", "desc")
        .execute();
      // Examples may be megabytes of text: each task's are looked into once for as long as it stays the same.
      const firsts = await Promise.all(rows.map(({ id, updated_at }) => firstExample(id, updated_at)));
      return rows.map((row, at) => ({
        id: row.id,
        name: row.name,
        description: row.description,
        version: row.active_version ?? 0,
        inputSchema: fromText(row.input_schema),
        firstExample: firsts[at] ?? null,
      }));
    },
    async change(id, change) {
      const columns: Partial<TaskRow> = { updated_at: new Date().toISOString() };
      if (change.name !== undefined) columns.name = change.name;
      if (change.description !== undefined) columns.description = change.description;
      if (change.inputSchema !== undefined) columns.input_schema = toText(change.inputSchema);
      if (change.outputSchema !== undefined) columns.output_schema = toText(change.outputSchema);
      if (change.language !== undefined) columns.language = change.language;
      if (change.examples !== undefined) columns.examples = JSON.stringify(change.examples);
      if (change.accuracyTarget !== undefined) columns.accuracy_target = change.accuracyTarget;
      if (change.latencyTargetMs !== undefined) columns.latency_target_ms = change.latencyTargetMs;
      if (change.samplingRate !== undefined) columns.sampling_rate = change.samplingRate;
      if (change.comparison !== undefined) columns.comparison = change.comparison;
      if (change.modelVerdictsPerDay !== undefined) columns.model_verdicts_per_day = change.modelVerdictsPerDay;
      if (change.modelUsdPerDay !== undefined) columns.model_usd_per_day = change.modelUsdPerDay;
      if (change.privacyMode !== undefined) columns.privacy_mode = change.privacyMode;
      if (change.samplingStrategy !== undefined) columns.sampling_strategy = change.samplingStrategy;
      if (change.improve !== undefined) columns.improve = change.improve;
      if (change.draft !== undefined) columns.draft = change.draft ? 1 : 0;
      if (change.deleted !== undefined) columns.deleted_at = null;
      await db.transaction().execute(async (tx) => {
        let query = tx.updateTable("tasks").set(columns).where("id", "=", id);
        if (change.deleted === undefined) query = query.where("deleted_at", "is", null);
        const row = await query.returning(["name", "draft"]).executeTakeFirst();
        if (!row) return;
        const fields = Object.keys(change)
          .filter((field) => change[field as keyof TaskChange] !== undefined)
          .map(snakeCase);
        await events.write(
          tx,
          change.deleted === undefined
            ? { type: "task.changed", taskId: id, data: { fields } }
            : { type: "task.created", taskId: id, data: { name: row.name, draft: row.draft === 1 } },
        );
      });
      return get(id);
    },
    delete: (id) =>
      db.transaction().execute(async (tx) => {
        const { numDeletedRows } = await tx.deleteFrom("tasks").where("id", "=", id).executeTakeFirst();
        if (numDeletedRows === 0n) return false;
        await events.write(tx, { type: "task.deleted", taskId: id, data: {} });
        return true;
      }),
    setAside: (id) =>
      db.transaction().execute(async (tx) => {
        const columns = { deleted_at: new Date().toISOString() };
        const query = tx.updateTable("tasks").set(columns).where("id", "=", id).where("deleted_at", "is", null);
        if ((await query.executeTakeFirst()).numUpdatedRows === 0n) return false;
        await events.write(tx, { type: "task.deleted", taskId: id, data: {} });
        return true;
      }),
    async deleteSetAside(before) {
      const result = await db.deleteFrom("tasks").where("deleted_at", "<", before).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
    async setActiveVersion(id, version) {
      await db.transaction().execute(async (tx) => {
        const query = tx.updateTable("tasks").set({ active_version: version }).where("id", "=", id);
        if ((await query.executeTakeFirst()).numUpdatedRows === 0n) return;
        await events.write(tx, { type: "artifact.activated", taskId: id, data: { version } });
      });
    },
    async deleteDrafts(before) {
      const drafts = db
        .deleteFrom("tasks")
        .where("draft", "=", 1)
        .where("updated_at", "<", before)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom("turns")
                .innerJoin("artifacts", "artifacts.id", "turns.artifact_id")
                .select("artifacts.id")
                .whereRef("artifacts.task_id", "=", "tasks.id"),
            ),
          ),
        );
      return Number((await drafts.executeTakeFirst()).numDeletedRows);
    },
    async count() {
      const { n } = await db
        .selectFrom("tasks")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .where("draft", "=", 0)
        .where("deleted_at", "is", null)
        .executeTakeFirstOrThrow();
      return Number(n);
    },
  };
}

function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    language: row.language,
    inputSchema: fromText(row.input_schema),
    outputSchema: fromText(row.output_schema),
    examples: JSON.parse(row.examples) as Task["examples"],
    accuracyTarget: row.accuracy_target,
    latencyTargetMs: row.latency_target_ms,
    samplingRate: row.sampling_rate,
    comparison: row.comparison,
    modelVerdictsPerDay: row.model_verdicts_per_day,
    modelUsdPerDay: row.model_usd_per_day,
    privacyMode: row.privacy_mode,
    samplingStrategy: row.sampling_strategy,
    improve: row.improve,
    draft: row.draft === 1,
    activeVersion: row.active_version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toText(value: JsonValue | undefined): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

function fromText(text: string | null): JsonValue {
  return text === null ? null : (JSON.parse(text) as JsonValue);
}
