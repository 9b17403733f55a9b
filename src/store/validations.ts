/** Verdicts on executions, and the executions that wait for one. */
import { type Expression, type ExpressionBuilder, type SelectQueryBuilder, type SqlBool, sql } from "kysely";
import type { StoredExecution } from "../contract/executions.ts";
import { oracles, type Review, type Validation, type ValidationQuery } from "../contract/validations.ts";
import type { JsonValue } from "../contract/wire.ts";
import type { Database } from "./database.ts";
import { toExecution } from "./executions.ts";
import { ascendingIds } from "./ids.ts";
import { listed } from "./listed.ts";
import { type Page, readPage } from "./page.ts";
import type { ExecutionRow, ModelJudgingRow, Tables, ValidationRow } from "./schema.ts";

/** A verdict on an execution, before it is kept. */
export type Verdict = Pick<Validation, "executionId" | "version" | "oracle" | "correct" | "expectedOutput">;

/** A verdict with what was judged. */
export type KeptValidation = ValidationRow & { input: string; output: string | null };

/** Verdicts that count, of one version: of a person or a reference, and of a model alone. */
export interface Judged {
  readonly version: number;
  readonly sure: { readonly right: number; readonly n: number };
  readonly byModel: { readonly right: number; readonly n: number };
}

export type UnjudgedTexts = Pick<ExecutionRow, "id" | "version" | "status" | "input" | "output">;

/** What a model used for a task on one day. */
interface ModelUse {
  /** YYYY-MM-DD in UTC. */
  readonly day: string;
  readonly verdicts: number;
  readonly costUsd: number;
}

export interface ValidationRepository {
  /**
   * Keeps verdicts of one task, each in place of an earlier one of the same oracle on the same execution.
   * @returns those that are new, or say something else than before; a person's in any case
   */
  keep(taskId: string, verdicts: readonly Verdict[]): Promise<KeptValidation[]>;
  list(taskId: string, query: ValidationQuery): Promise<Page<Validation>>;
  execution(taskId: string, id: string): Promise<StoredExecution | undefined>;
  /** Sampled executions that nobody has judged, newest first. */
  review(taskId: string, limit: number): Promise<Review>;
  /** Sampled executions after this one that nobody has judged, oldest first. */
  unjudged(taskId: string, after: string, limit: number): Promise<StoredExecution[]>;
  /** The same as JSON texts, of what it takes to judge them. */
  unjudgedTexts(taskId: string, after: string, limit: number): Promise<UnjudgedTexts[]>;
  /** Of fair draws, by version: where several oracles judged an execution, the first of `oracles` counts. */
  judged(taskId: string): Promise<Judged[]>;
  /** How far a model has come with a task, and what it used on its last day; undefined before it was ever asked. */
  modelJudging(taskId: string): Promise<ModelJudgingRow | undefined>;
  keepAskedUpTo(taskId: string, executionId: string): Promise<void>;
  /**
   * Changes what a model used while nobody else can.
   * @param change given the use of the last day (of no day, where there was none); null: nothing changes
   */
  changeModelUse<T extends ModelUse | null>(taskId: string, change: (use: ModelUse) => T): Promise<T>;
}

/** SQLite takes so many values in one statement. */
const rowsAtOnce = 500;
/** By which of an execution's verdicts counts. @param column with the oracle's name */
export const oracleOrder = (column = "oracle") =>
  sql<number>`case ${sql.ref(column)} ${sql.join(
    oracles.map((oracle, at) => sql`when ${sql.lit(oracle)} then ${sql.lit(at)}`),
    sql` `,
  )} end`;

/** Another process may have judged it meanwhile: the same is not told twice. */
const isNews = sql<SqlBool>`excluded.oracle = 'person' or validations.correct != excluded.correct
  or validations.expected_output is not excluded.expected_output`;

export function createValidationRepository({ kysely: db }: Database): ValidationRepository {
  const nextId = ascendingIds("val");
  const joined = () =>
    db
      .selectFrom("validations as v")
      .innerJoin("executions as e", (join) =>
        join.onRef("e.task_id", "=", "v.task_id").onRef("e.id", "=", "v.execution_id"),
      )
      .selectAll("v")
      .select(["e.input", "e.output"]);

  /** By ids that an index alone gives: what else stands between them is not read. */
  const found = (taskId: string, ids: SelectQueryBuilder<Tables & { e: ExecutionRow }, "e", { id: string }>) =>
    db
      .selectFrom(ids.as("found"))
      .innerJoin("executions as e", (join) => join.onRef("e.id", "=", "found.id").on("e.task_id", "=", taskId));
  const unjudgedIds = (taskId: string, after: string, limit: number) =>
    db
      .selectFrom("executions as e")
      .where("e.task_id", "=", taskId)
      .where(unjudged)
      .where("e.id", ">", after)
      .select("e.id")
      .orderBy("e.id")
      .limit(limit);

  return {
    async keep(taskId, verdicts) {
      const created = new Date().toISOString();
      const rows: ValidationRow[] = verdicts.map(({ executionId, version, oracle, correct, expectedOutput }) => ({
        id: nextId(),
        execution_id: executionId,
        task_id: taskId,
        version,
        oracle,
        correct: correct ? 1 : 0,
        expected_output: expectedOutput === undefined ? null : JSON.stringify(expectedOutput),
        created_at: created,
      }));
      const ids: string[] = [];
      await db.transaction().execute(async (tx) => {
        for (let from = 0; from < rows.length; from += rowsAtOnce) {
          const kept = await tx
            .insertInto("validations")
            .values(rows.slice(from, from + rowsAtOnce))
            .onConflict((conflict) =>
              conflict
                .columns(["task_id", "execution_id", "oracle"])
                .doUpdateSet((eb) => ({
                  correct: eb.ref("excluded.correct"),
                  expected_output: eb.ref("excluded.expected_output"),
                  created_at: eb.ref("excluded.created_at"),
                }))
                .where(isNews),
            )
            .returning("id")
            .execute();
          ids.push(...kept.map(({ id }) => id));
        }
      });
      return joined().where("v.task_id", "=", taskId).where("v.id", "in", listed(ids)).execute();
    },
    async list(taskId, { cursor, limit, oracle, correct }) {
      let query = joined().where("v.task_id", "=", taskId).orderBy("v.id", "desc");
      if (cursor) query = query.where("v.id", "<", cursor);
      if (oracle) query = query.where("v.oracle", "=", oracle);
      if (correct !== undefined) query = query.where("v.correct", "=", correct ? 1 : 0);
      const bytes = sql<number>`octet_length(e.input) + coalesce(octet_length(e.output), 0)`.as("bytes");
      const sizes = query
        .clearSelect()
        .select(["v.id", bytes])
        .limit(limit + 1);
      return readPage(await sizes.execute(), limit, (count) => query.limit(count).execute(), toValidation);
    },
    async execution(taskId, id) {
      const query = db.selectFrom("executions").selectAll().where("task_id", "=", taskId).where("id", "=", id);
      const row = await query.executeTakeFirst();
      return row && toExecution(row);
    },
    async review(taskId, limit) {
      const waiting = db.selectFrom("executions as e").where("e.task_id", "=", taskId).where(unjudged);
      const { n } = await waiting.select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirstOrThrow();
      const ids = waiting.select("e.id").orderBy("e.id", "desc").limit(limit);
      const rows = await found(taskId, ids).selectAll("e").orderBy("e.id", "desc").execute();
      return { items: rows.map(toExecution), waiting: Number(n) };
    },
    async unjudged(taskId, after, limit) {
      const rows = await found(taskId, unjudgedIds(taskId, after, limit))
        .selectAll("e")
        .orderBy("e.id")
        .execute();
      return rows.map(toExecution);
    },
    unjudgedTexts: (taskId, after, limit) =>
      found(taskId, unjudgedIds(taskId, after, limit))
        .select(["e.id", "e.version", "e.status", "e.input", "e.output"])
        .orderBy("e.id")
        .execute(),
    async judged(taskId) {
      const best = db
        .selectFrom("validations as v")
        .innerJoin("executions as e", (join) =>
          join.onRef("e.task_id", "=", "v.task_id").onRef("e.id", "=", "v.execution_id"),
        )
        .select([
          "v.version",
          "v.correct",
          "v.oracle",
          sql<number>`row_number() over (partition by v.execution_id order by ${oracleOrder()})`.as("place"),
        ])
        .where("v.task_id", "=", taskId)
        .where("e.sampled", "=", 1)
        .as("best");
      const rows = await db
        .selectFrom(best)
        .select((eb) => ["version", eb.fn.sum<number>("correct").as("right"), eb.fn.countAll<number>().as("n")])
        .select(sql<number>`oracle = 'model'`.as("byModel"))
        .where("place", "=", 1)
        .groupBy(["version", "byModel"])
        .orderBy("version", "desc")
        .execute();
      return [...Map.groupBy(rows, ({ version }) => version)].map(([version, parts]) => {
        const of = (byModel: 0 | 1) => {
          const part = parts.find((one) => Number(one.byModel) === byModel);
          return { right: Number(part?.right ?? 0), n: Number(part?.n ?? 0) };
        };
        return { version, sure: of(0), byModel: of(1) };
      });
    },
    modelJudging: (taskId) =>
      db.selectFrom("model_judging").selectAll().where("task_id", "=", taskId).executeTakeFirst(),
    async keepAskedUpTo(taskId, executionId) {
      await db.updateTable("model_judging").set({ asked_up_to: executionId }).where("task_id", "=", taskId).execute();
    },
    changeModelUse: (taskId, change) =>
      db.transaction().execute(async (tx) => {
        // It writes first: what is read from then on no other process changes.
        const { day, verdicts, cost_usd } = await tx
          .insertInto("model_judging")
          .values({ task_id: taskId, asked_up_to: "", day: "", verdicts: 0, cost_usd: 0 })
          .onConflict((conflict) => conflict.column("task_id").doUpdateSet({ task_id: taskId }))
          .returningAll()
          .executeTakeFirstOrThrow();
        const use = change({ day, verdicts, costUsd: cost_usd });
        if (use) {
          const columns = { day: use.day, verdicts: use.verdicts, cost_usd: use.costUsd };
          await tx.updateTable("model_judging").set(columns).where("task_id", "=", taskId).execute();
        }
        return use;
      }),
  };
}

function unjudged(eb: ExpressionBuilder<Tables & { e: ExecutionRow }, "e">): Expression<SqlBool> {
  const verdicts = eb
    .selectFrom("validations as v")
    .select("v.id")
    .whereRef("v.task_id", "=", "e.task_id")
    .whereRef("v.execution_id", "=", "e.id");
  // As the index of sampled executions has it, which a parameter would not match.
  return eb.and([sql<SqlBool>`e.sampled > 0`, eb.not(eb.exists(verdicts))]);
}

export function toValidation(row: KeptValidation): Validation {
  return {
    id: row.id,
    executionId: row.execution_id,
    taskId: row.task_id,
    version: row.version,
    oracle: row.oracle,
    correct: row.correct === 1,
    input: JSON.parse(row.input) as JsonValue,
    output: row.output === null ? null : (JSON.parse(row.output) as JsonValue),
    ...(row.expected_output === null ? {} : { expectedOutput: JSON.parse(row.expected_output) as JsonValue }),
    createdAt: row.created_at,
  };
}
