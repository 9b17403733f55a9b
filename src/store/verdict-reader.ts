/** What oracles said, as improvements need it: how a version did lately, and inputs whose right output is known. */
import { type Kysely, sql } from "kysely";
import { encodeTime } from "ulid";
import { type Oracle, oracles } from "../contract/validations.ts";
import type { JsonValue } from "../contract/wire.ts";
import type { Tables } from "./schema.ts";
import { oracleOrder } from "./validations.ts";

/** An input with its right output. */
export interface KnownRow {
  readonly input: JsonValue;
  readonly output: JsonValue;
  readonly oracle: Oracle;
}

/** How many runs were judged, how many of them "right", and how many by a model alone. */
export interface JudgedRuns {
  readonly correct: number;
  readonly n: number;
  readonly byModel: number;
}

export interface VerdictReader {
  /** Verdicts since a moment (ISO 8601) that a version was wrong, with the right output; as far as a thousand. */
  newCorrections(taskId: string, version: number, since: string): Promise<{ byPerson: number; all: number }>;
  /** Of a version's newest verdicts on executions that were chosen by chance: how many were "right". */
  lastJudged(taskId: string, version: number, limit: number): Promise<JudgedRuns>;
  /** The same of the oldest verdicts on other versions: how it once was. */
  firstJudged(taskId: string, otherThan: number, limit: number): Promise<JudgedRuns>;
  /**
   * Inputs whose right output is known; of an execution the first oracle's word counts. The person's first, then the
   * newest; as far as `limit` of those that were wrong and as many that were right.
   */
  knownRows(taskId: string, limit: number): Promise<KnownRow[]>;
}

/** All rows read for one improvement, in bytes. */
const bytesMost = 32_000_000;
const rowsAtOnce = 500;
const order = oracleOrder("v.oracle");

export function verdictReader(db: Kysely<Tables>): VerdictReader {
  /** Verdicts on executions that were chosen by chance. */
  const fair = (taskId: string) =>
    db
      .selectFrom("validations as v")
      .innerJoin("executions as e", (join) =>
        join.onRef("e.task_id", "=", "v.task_id").onRef("e.id", "=", "v.execution_id"),
      )
      .select(["v.execution_id", "v.oracle", "v.correct"])
      .where("v.task_id", "=", taskId)
      .where("e.sampled", "=", 1);
  return {
    async newCorrections(taskId, version, since) {
      const rows = await db
        .selectFrom("validations")
        .select("oracle")
        .where("task_id", "=", taskId)
        // By their ids, which begin with the time and are in an index.
        .where("id", ">=", `val_${encodeTime(Date.parse(since))}`)
        .where("version", "=", version)
        .where("correct", "=", 0)
        .where("expected_output", "is not", null)
        // A model may have been asked about what somebody else had judged: that is no further failure.
        .where(({ or, eb, not, exists, selectFrom }) =>
          or([
            eb("oracle", "!=", "model"),
            not(
              exists(
                selectFrom("validations as other")
                  .select("other.id")
                  .whereRef("other.task_id", "=", "validations.task_id")
                  .whereRef("other.execution_id", "=", "validations.execution_id")
                  .where("other.oracle", "!=", "model"),
              ),
            ),
          ]),
        )
        .limit(1_000)
        .execute();
      return { byPerson: rows.filter(({ oracle }) => oracle === "person").length, all: rows.length };
    },
    lastJudged: async (taskId, version, limit) =>
      countRight(await fair(taskId).where("v.version", "=", version).orderBy("v.id", "desc").limit(limit).execute()),
    firstJudged: async (taskId, otherThan, limit) =>
      countRight(await fair(taskId).where("v.version", "!=", otherThan).orderBy("v.id").limit(limit).execute()),
    async knownRows(taskId, limit) {
      const best = db
        .selectFrom("validations as v")
        .select([
          ...(["v.id", "v.execution_id", "v.oracle", "v.correct", "v.expected_output"] as const),
          sql<number>`row_number() over (partition by v.execution_id order by ${order})`.as("place"),
        ])
        .where("v.task_id", "=", taskId);
      const known = (correct: 0 | 1) =>
        db
          .selectFrom(best.as("v"))
          .innerJoin("executions as e", (join) =>
            join.on("e.task_id", "=", taskId).onRef("e.id", "=", "v.execution_id"),
          )
          .select(["v.id", sql<number>`octet_length(e.input) + coalesce(octet_length(e.output), 0)`.as("bytes")])
          .where("v.place", "=", 1)
          .where("v.correct", "=", correct)
          .where((eb) => (correct ? eb("e.status", "=", "success") : eb("v.expected_output", "is not", null)))
          .orderBy(order)
          .orderBy("v.id", "desc")
          .limit(limit)
          .execute();
      const ids: string[] = [];
      for (const sizes of [await known(0), await known(1)]) {
        let sum = 0;
        for (const { id, bytes } of sizes) {
          sum += bytes;
          if (sum <= bytesMost / 2) ids.push(id);
        }
      }
      const rows = new Map<string, KnownRow>();
      for (let from = 0; from < ids.length; from += rowsAtOnce) {
        const some = await db
          .selectFrom("validations as v")
          .innerJoin("executions as e", (join) =>
            join.onRef("e.task_id", "=", "v.task_id").onRef("e.id", "=", "v.execution_id"),
          )
          .select(["v.id", "v.oracle", "v.expected_output", "e.input", "e.output"])
          .where("v.task_id", "=", taskId)
          .where("v.id", "in", ids.slice(from, from + rowsAtOnce))
          .execute();
        for (const { id, oracle, expected_output, input, output } of some) {
          const right = JSON.parse(expected_output ?? output ?? "null") as JsonValue;
          rows.set(id, { input: JSON.parse(input) as JsonValue, output: right, oracle });
        }
      }
      return ids.flatMap((id) => rows.get(id) ?? []);
    },
  };
}

/** Of several verdicts on an execution the first oracle's counts. */
function countRight(
  rows: readonly { readonly execution_id: string; readonly oracle: Oracle; readonly correct: 0 | 1 }[],
): JudgedRuns {
  const best = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    const other = best.get(row.execution_id);
    if (!other || oracles.indexOf(row.oracle) < oracles.indexOf(other.oracle)) best.set(row.execution_id, row);
  }
  const those = [...best.values()];
  return {
    correct: those.filter(({ correct }) => correct === 1).length,
    n: those.length,
    byModel: those.filter(({ oracle }) => oracle === "model").length,
  };
}
