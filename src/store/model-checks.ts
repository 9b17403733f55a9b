/**
 * Executions that a person or a reference judged and about which a model was asked all the same, to know how often it
 * is right. It was asked without regard to what it would say: a verdict that somebody only looked at because of what
 * the model had said does not count.
 */
import { sql } from "kysely";
import type { StoredExecution } from "../contract/executions.ts";
import type { Database } from "./database.ts";
import { toExecution } from "./executions.ts";
import { oracleOrder } from "./validations.ts";

/** How often a model said what is so, of the runs that were right and of those that were wrong. */
export interface ModelRecord {
  readonly right: { readonly agreed: number; readonly n: number };
  readonly wrong: { readonly agreed: number; readonly n: number };
}

export interface ModelCheckRepository {
  /** How many executions it was asked about in this way. */
  count(taskId: string): Promise<number>;
  /** Of those about which it had an opinion. */
  record(taskId: string): Promise<ModelRecord>;
  /**
   * How many executions a model and somebody else judged, and on how many both said the same: those of `record`, and
   * where they are too few, all others, about which somebody may have been asked because of what the model said.
   */
  agreement(taskId: string): Promise<{ agreed: number; n: number }>;
  /**
   * The newest fair draw that gave an output, was judged by somebody else, and that no model has judged yet.
   * @param correct whether it was right; where there is none, one of the other kind
   */
  next(taskId: string, correct: boolean): Promise<StoredExecution | undefined>;
  /** It was asked about, whether it had an opinion or not. */
  mark(taskId: string, executionId: string): Promise<void>;
}

/** Of a task's verdicts the newest are looked at. */
const verdictsMost = 2_000;
/** Fewer say little of how often a model is right. */
const checksEnough = 20;

export function createModelCheckRepository({ kysely: db }: Database): ModelCheckRepository {
  const record = async (taskId: string): Promise<ModelRecord> => {
    const { rows } = await sql<{ correct: 0 | 1; agreed: number; n: number }>`
      select correct, sum(said = correct) as agreed, count(*) as n from (
        select m.correct as said, v.correct,
          row_number() over (partition by v.execution_id order by ${oracleOrder()}) as place
        from model_checks c
        join (select task_id, execution_id, correct from validations where oracle = 'model') m
          on m.task_id = c.task_id and m.execution_id = c.execution_id
        join validations v on v.task_id = c.task_id and v.execution_id = c.execution_id and v.oracle != 'model'
        where c.task_id = ${taskId}
      ) where place = 1 group by correct`.execute(db);
    const of = (correct: 0 | 1) => {
      const row = rows.find((one) => one.correct === correct);
      return { agreed: Number(row?.agreed ?? 0), n: Number(row?.n ?? 0) };
    };
    return { right: of(1), wrong: of(0) };
  };

  return {
    async count(taskId) {
      const query = db.selectFrom("model_checks").select((eb) => eb.fn.countAll<number>().as("n"));
      return Number((await query.where("task_id", "=", taskId).executeTakeFirstOrThrow()).n);
    },
    record,
    async agreement(taskId) {
      const { right, wrong } = await record(taskId);
      const n = right.n + wrong.n;
      if (n >= checksEnough) return { agreed: right.agreed + wrong.agreed, n };
      const { rows } = await sql<{ agreed: number | null; n: number }>`select sum(m.correct = v.correct) as agreed,
          count(*) as n
        from validations m join validations v on v.task_id = m.task_id and v.execution_id = m.execution_id
        where m.task_id = ${taskId} and m.oracle = 'model' and v.oracle != 'model'`.execute(db);
      return { agreed: Number(rows[0]?.agreed ?? 0), n: Number(rows[0]?.n ?? 0) };
    },
    async next(taskId, correct) {
      const newest = db
        .selectFrom("validations")
        .select(["id", "execution_id", "oracle", "correct"])
        .where("task_id", "=", taskId)
        .orderBy("id", "desc")
        .limit(verdictsMost);
      const found = await db
        .selectFrom(newest.as("v"))
        .innerJoin("executions as e", (join) => join.onRef("e.id", "=", "v.execution_id").on("e.task_id", "=", taskId))
        .select("e.id")
        .where("v.oracle", "!=", "model")
        .where("e.sampled", "=", 1)
        .where("e.status", "=", "success")
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom("validations as m")
                .select("m.id")
                .where("m.task_id", "=", taskId)
                .whereRef("m.execution_id", "=", "v.execution_id")
                .where("m.oracle", "=", "model"),
            ),
          ),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom("model_checks as c")
                .select("c.execution_id")
                .where("c.task_id", "=", taskId)
                .whereRef("c.execution_id", "=", "v.execution_id"),
            ),
          ),
        )
        .orderBy((eb) => eb("v.correct", "=", correct ? 1 : 0), "desc")
        .orderBy("v.id", "desc")
        .executeTakeFirst();
      if (!found) return undefined;
      // Only now: inputs and outputs may be megabytes, and those that are sorted are many.
      const query = db.selectFrom("executions").selectAll().where("task_id", "=", taskId);
      const row = await query.where("id", "=", found.id).executeTakeFirst();
      return row && toExecution(row);
    },
    async mark(taskId, executionId) {
      await db
        .insertInto("model_checks")
        .values({ task_id: taskId, execution_id: executionId })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}
