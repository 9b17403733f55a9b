/**
 * Forward-only migrations. A step that has landed is never edited; a new one is added at the end. A database that has
 * steps this program does not know was written by a newer HAPA, and is refused untouched.
 */
import { type Kysely, sql } from "kysely";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import type { Tables } from "./schema.ts";

interface Migration {
  readonly name: string;
  up(db: Kysely<Tables>): Promise<void>;
}

const migrations: readonly Migration[] = [
  {
    name: "001-first-tables",
    async up(db) {
      await db.schema
        .createTable("tasks")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("name", "text", (c) => c.notNull())
        .addColumn("description", "text", (c) => c.notNull())
        .addColumn("language", "text", (c) => c.notNull())
        .addColumn("input_schema", "text")
        .addColumn("output_schema", "text")
        .addColumn("examples", "text", (c) => c.notNull())
        .addColumn("accuracy_target", "real", (c) => c.notNull())
        .addColumn("latency_target_ms", "real", (c) => c.notNull())
        .addColumn("sampling_rate", "real", (c) => c.notNull())
        .addColumn("draft", "integer", (c) => c.notNull())
        .addColumn("active_version", "integer")
        .addColumn("created_at", "text", (c) => c.notNull())
        .addColumn("updated_at", "text", (c) => c.notNull())
        .execute();
      await db.schema
        .createTable("artifacts")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("task_id", "text", (c) => c.notNull().references("tasks.id").onDelete("cascade"))
        .addColumn("version", "integer", (c) => c.notNull())
        .addColumn("language", "text", (c) => c.notNull())
        .addColumn("code", "text", (c) => c.notNull())
        .addColumn("verdict", "text", (c) => c.notNull())
        .addColumn("explanation", "text")
        .addColumn("generator", "text", (c) => c.notNull())
        .addColumn("model", "text")
        .addColumn("prompt_hash", "text")
        .addColumn("prompt_tokens", "integer", (c) => c.notNull())
        .addColumn("completion_tokens", "integer", (c) => c.notNull())
        .addColumn("cost_usd", "real")
        .addColumn("duration_ms", "real", (c) => c.notNull())
        .addColumn("verification", "text", (c) => c.notNull())
        .addColumn("created_at", "text", (c) => c.notNull())
        .addUniqueConstraint("artifacts_version", ["task_id", "version"])
        .execute();
      await db.schema
        .createTable("executions")
        .addColumn("task_id", "text", (c) => c.notNull().references("tasks.id").onDelete("cascade"))
        .addColumn("id", "text", (c) => c.notNull())
        .addColumn("artifact_id", "text", (c) => c.notNull())
        .addColumn("version", "integer", (c) => c.notNull())
        .addColumn("status", "text", (c) => c.notNull())
        .addColumn("input", "text", (c) => c.notNull())
        .addColumn("output", "text")
        .addColumn("error_message", "text")
        .addColumn("latency_ms", "real", (c) => c.notNull())
        .addColumn("sampled", "integer", (c) => c.notNull())
        .addColumn("executed_at", "text", (c) => c.notNull())
        // Ids ascend, so a task's executions stand in the order they were made: paging needs no second index, and a
        // row is written into one tree instead of three.
        .addPrimaryKeyConstraint("executions_pk", ["task_id", "id"])
        .modifyEnd(sql`without rowid`)
        .execute();
      await db.schema
        .createTable("validations")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("execution_id", "text", (c) => c.notNull())
        .addColumn("task_id", "text", (c) => c.notNull())
        .addColumn("version", "integer", (c) => c.notNull())
        .addColumn("oracle", "text", (c) => c.notNull())
        .addColumn("correct", "integer", (c) => c.notNull())
        .addColumn("expected_output", "text")
        .addColumn("created_at", "text", (c) => c.notNull())
        .addForeignKeyConstraint(
          "validations_execution",
          ["task_id", "execution_id"],
          "executions",
          ["task_id", "id"],
          (c) => c.onDelete("cascade"),
        )
        .execute();
      await db.schema
        .createIndex("validations_by_execution")
        .on("validations")
        .columns(["task_id", "execution_id"])
        .execute();
      await db.schema
        .createTable("feedback")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("target_type", "text", (c) => c.notNull())
        .addColumn("target_id", "text", (c) => c.notNull())
        .addColumn("rating", "text", (c) => c.notNull())
        .addColumn("comment", "text")
        .addColumn("expected_output", "text")
        .addColumn("created_at", "text", (c) => c.notNull())
        .execute();
      await db.schema
        .createTable("keys")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("name", "text", (c) => c.notNull())
        .addColumn("role", "text", (c) => c.notNull())
        .addColumn("prefix", "text", (c) => c.notNull())
        .addColumn("hash", "text", (c) => c.notNull().unique())
        .addColumn("expires_at", "text")
        .addColumn("revoked_at", "text")
        .addColumn("created_at", "text", (c) => c.notNull())
        .execute();
      await db.schema
        .createTable("cache")
        .addColumn("key", "text", (c) => c.primaryKey())
        .addColumn("value", "text", (c) => c.notNull())
        .addColumn("expires_at", "bigint", (c) => c.notNull())
        .execute();
    },
  },
  {
    // Counting a million rows takes half a second in which nothing else is answered.
    name: "002-execution-counts",
    async up(db) {
      await db.schema
        .createTable("execution_counts")
        .addColumn("task_id", "text", (c) => c.notNull().references("tasks.id").onDelete("cascade"))
        .addColumn("version", "integer", (c) => c.notNull())
        .addColumn("status", "text", (c) => c.notNull())
        .addColumn("n", "integer", (c) => c.notNull())
        .addPrimaryKeyConstraint("execution_counts_pk", ["task_id", "version", "status"])
        .execute();
      await sql`insert into execution_counts (task_id, version, status, n)
        select task_id, version, status, count(*) from executions group by task_id, version, status`.execute(db);
    },
  },
  {
    name: "003-models",
    async up(db) {
      await db.schema
        .alterTable("artifacts")
        .addColumn("usage_told", "integer", (c) => c.notNull().defaultTo(1))
        .execute();
      await db.schema
        .createTable("spending")
        .addColumn("month", "text", (c) => c.notNull())
        .addColumn("use", "text", (c) => c.notNull())
        .addColumn("model", "text", (c) => c.notNull())
        .addColumn("provider", "text", (c) => c.notNull())
        .addColumn("calls", "integer", (c) => c.notNull())
        .addColumn("prompt_tokens", "integer", (c) => c.notNull())
        .addColumn("completion_tokens", "integer", (c) => c.notNull())
        .addColumn("cost_usd", "real", (c) => c.notNull())
        .addColumn("estimated_usd", "real", (c) => c.notNull())
        .addColumn("untold_calls", "integer", (c) => c.notNull())
        .addColumn("unpriced_calls", "integer", (c) => c.notNull())
        .addPrimaryKeyConstraint("spending_pk", ["month", "use", "model", "provider"])
        .execute();
      await db.schema
        .createTable("spending_reservations")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("month", "text", (c) => c.notNull())
        .addColumn("amount_usd", "real", (c) => c.notNull())
        .addColumn("created_at", "text", (c) => c.notNull())
        .execute();
    },
  },
  {
    name: "004-conversations",
    async up(db) {
      await db.schema
        .createTable("conversations")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("title", "text", (c) => c.notNull())
        .addColumn("deleted_at", "text")
        .addColumn("created_at", "text", (c) => c.notNull())
        .addColumn("updated_at", "text", (c) => c.notNull())
        .execute();
      await db.schema.createIndex("conversations_by_time").on("conversations").columns(["updated_at", "id"]).execute();
      await db.schema
        .createTable("turns")
        .addColumn("seq", "integer", (c) => c.primaryKey().autoIncrement())
        .addColumn("id", "text", (c) => c.notNull().unique())
        .addColumn("conversation_id", "text", (c) => c.notNull().references("conversations.id").onDelete("cascade"))
        .addColumn("command", "text")
        .addColumn("language", "text", (c) => c.notNull())
        .addColumn("status", "text", (c) => c.notNull())
        .addColumn("question", "text", (c) => c.notNull())
        .addColumn("markdown", "text", (c) => c.notNull())
        .addColumn("model", "text")
        .addColumn("prompt_tokens", "integer")
        .addColumn("completion_tokens", "integer")
        .addColumn("cost_usd", "real")
        .addColumn("cached", "integer", (c) => c.notNull())
        .addColumn("elapsed_ms", "real")
        .addColumn("artifact_id", "text")
        .addColumn("error_code", "text")
        .addColumn("error_message", "text")
        .addColumn("error_details", "text")
        .addColumn("rating", "text")
        .addColumn("runner", "text", (c) => c.notNull())
        .addColumn("created_at", "text", (c) => c.notNull())
        .addColumn("saved_at", "text", (c) => c.notNull())
        .addColumn("checks", "text", (c) => c.notNull())
        // Last, so that a search, which reads questions and answers, does not read through them.
        .addColumn("examples", "text", (c) => c.notNull())
        .addColumn("context", "text", (c) => c.notNull())
        .execute();
      await db.schema.createIndex("turns_by_conversation").on("turns").columns(["conversation_id", "seq"]).execute();
      await db.schema
        .createIndex("turns_running")
        .on("turns")
        .column("runner")
        .where(sql.ref("status"), "=", sql.lit("running"))
        .execute();
      await db.schema.createIndex("turns_by_artifact").on("turns").column("artifact_id").execute();
      await db.schema.createIndex("feedback_by_target").on("feedback").columns(["target_type", "target_id"]).execute();
    },
  },
  {
    // A task that was deleted by mistake comes back whole.
    name: "005-programs-deleted-tasks",
    async up(db) {
      await db.schema.alterTable("tasks").addColumn("deleted_at", "text").execute();
    },
  },
  {
    // One verdict of each oracle on an execution, and rows by which executions are judged by themselves.
    name: "006-validations",
    async up(db) {
      await db.schema.dropIndex("validations_by_execution").execute();
      await db.schema
        .createIndex("validations_by_execution")
        .unique()
        .on("validations")
        .columns(["task_id", "execution_id", "oracle"])
        .execute();
      await db.schema.createIndex("validations_by_task").on("validations").columns(["task_id", "id"]).execute();
      await db.schema
        .createIndex("executions_sampled")
        .on("executions")
        .columns(["task_id", "id"])
        .where(sql.ref("sampled"), "=", sql.lit(1))
        .execute();
      await db.schema
        .alterTable("tasks")
        .addColumn("comparison", "text", (c) => c.notNull().defaultTo("exact"))
        .execute();
      await db.schema
        .alterTable("tasks")
        .addColumn("model_verdicts_per_day", "integer", (c) => c.notNull().defaultTo(0))
        .execute();
      await db.schema
        .alterTable("tasks")
        .addColumn("model_usd_per_day", "real", (c) => c.notNull().defaultTo(1))
        .execute();
      await db.schema
        .createTable("model_judging")
        .addColumn("task_id", "text", (c) => c.primaryKey().references("tasks.id").onDelete("cascade"))
        .addColumn("asked_up_to", "text", (c) => c.notNull())
        .addColumn("day", "text", (c) => c.notNull())
        .addColumn("verdicts", "integer", (c) => c.notNull())
        .addColumn("cost_usd", "real", (c) => c.notNull())
        .execute();
      await db.schema
        .createTable("reference_rows")
        .addColumn("task_id", "text", (c) => c.notNull().references("tasks.id").onDelete("cascade"))
        // As `canonical` writes it.
        .addColumn("input", "text", (c) => c.notNull())
        .addColumn("output", "text", (c) => c.notNull())
        .addPrimaryKeyConstraint("reference_rows_pk", ["task_id", "input"])
        .modifyEnd(sql`without rowid`)
        .execute();
    },
  },
  {
    name: "007-events",
    async up(db) {
      await db.schema
        .createTable("events")
        // Autoincrement: an id is never given again, not even after the newest events went.
        .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
        .addColumn("type", "text", (c) => c.notNull())
        .addColumn("task_id", "text")
        .addColumn("timestamp", "text", (c) => c.notNull())
        .addColumn("data", "text", (c) => c.notNull())
        .execute();
      await db.schema.createIndex("events_by_task").on("events").columns(["task_id", "id"]).execute();
      await db.schema
        .createTable("webhooks")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("url", "text", (c) => c.notNull())
        .addColumn("events", "text", (c) => c.notNull())
        .addColumn("task_id", "text")
        .addColumn("secret_hash", "text", (c) => c.notNull())
        .addColumn("given_up", "integer", (c) => c.notNull().defaultTo(0))
        .addColumn("failing_since", "text")
        .addColumn("last_error", "text")
        .addColumn("created_at", "text", (c) => c.notNull())
        .execute();
      await db.schema
        .createTable("webhook_deliveries")
        .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
        .addColumn("webhook_id", "text", (c) => c.notNull().references("webhooks.id").onDelete("cascade"))
        .addColumn("message_id", "text", (c) => c.notNull())
        .addColumn("body", "text", (c) => c.notNull())
        .addColumn("attempts", "integer", (c) => c.notNull().defaultTo(0))
        .addColumn("next_at", "bigint", (c) => c.notNull())
        .addColumn("runner", "text")
        .execute();
      await db.schema
        .createIndex("webhook_deliveries_due")
        .on("webhook_deliveries")
        .columns(["webhook_id", "next_at"])
        .execute();
    },
  },
  {
    // What of a task goes into its dataset, and the key its hashes are made with.
    name: "008-datasets",
    async up(db) {
      await db.schema
        .alterTable("tasks")
        .addColumn("privacy_mode", "text", (c) => c.notNull().defaultTo("balanced"))
        .execute();
      await db.schema
        .createTable("installation_keys")
        .addColumn("name", "text", (c) => c.primaryKey())
        .addColumn("value", "text", (c) => c.notNull())
        .execute();
    },
  },
  {
    name: "009-rollouts",
    async up(db) {
      // What every run reads says whether there is a rollout to look up.
      await db.schema.alterTable("tasks").addColumn("rollout_id", "text").execute();
      await db.schema
        .createTable("rollouts")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("task_id", "text", (c) => c.notNull().references("tasks.id").onDelete("cascade"))
        .addColumn("incumbent_version", "integer", (c) => c.notNull())
        .addColumn("candidate_version", "integer", (c) => c.notNull())
        .addColumn("goal", "text", (c) => c.notNull())
        .addColumn("comparison", "text", (c) => c.notNull())
        .addColumn("state", "text", (c) => c.notNull())
        .addColumn("stage", "text", (c) => c.notNull())
        .addColumn("share", "real", (c) => c.notNull())
        .addColumn("statistics", "text", (c) => c.notNull())
        .addColumn("revision", "integer", (c) => c.notNull().defaultTo(0))
        .addColumn("started_by", "text", (c) => c.notNull())
        .addColumn("reason", "text", (c) => c.notNull())
        .addColumn("end_reason", "text")
        .addColumn("ended_by", "text")
        .addColumn("started_at", "text", (c) => c.notNull())
        .addColumn("ended_at", "text")
        .execute();
      await db.schema.createIndex("rollouts_of_task").on("rollouts").columns(["task_id", "id"]).execute();
      await sql`create unique index rollouts_open on rollouts (task_id) where state in ('running', 'paused')`.execute(
        db,
      );
      await db.schema
        .createTable("rollout_requests")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("rollout_id", "text", (c) => c.notNull().references("rollouts.id").onDelete("cascade"))
        .addColumn("input_hash", "text", (c) => c.notNull())
        .addColumn("input", "text", (c) => c.notNull())
        .addColumn("budget_ms", "real", (c) => c.notNull())
        .addColumn("incumbent_status", "text", (c) => c.notNull())
        .addColumn("incumbent_output", "text")
        .addColumn("candidate_status", "text")
        .addColumn("candidate_output", "text")
        .addColumn("outcome", "text", (c) => c.notNull())
        .addColumn("verdict", "text")
        .addColumn("oracle", "text")
        .addColumn("expected_output", "text")
        .addColumn("asked", "integer", (c) => c.notNull().defaultTo(0))
        .addColumn("created_at", "text", (c) => c.notNull())
        .addUniqueConstraint("rollout_requests_once", ["rollout_id", "input_hash"])
        .execute();
      await sql`create index rollout_requests_pending on rollout_requests (rollout_id, id) where outcome = 'pending'`.execute(
        db,
      );
      await sql`create index rollout_requests_differing on rollout_requests (rollout_id, id) where outcome = 'differs'`.execute(
        db,
      );
    },
  },
  {
    // What is known of how a task's program does, and executions that were chosen for what they look like.
    name: "010-knowing",
    async up(db) {
      await db.schema
        .alterTable("tasks")
        .addColumn("sampling_strategy", "text", (c) => c.notNull().defaultTo("random"))
        .execute();
      await db.schema.dropIndex("executions_sampled").execute();
      await db.schema
        .createIndex("executions_sampled")
        .on("executions")
        // All that is asked of it: the rows themselves are read for the few ids that are found.
        .columns(["task_id", "id", "sampled"])
        .where(sql.ref("sampled"), ">", sql.lit(0))
        .execute();
      await db.schema
        .createTable("knowing")
        .addColumn("task_id", "text", (c) => c.primaryKey().references("tasks.id").onDelete("cascade"))
        .addColumn("revision", "integer", (c) => c.notNull())
        .addColumn("watch", "text", (c) => c.notNull())
        .addColumn("profile", "text")
        .execute();
    },
  },
  {
    // Better versions made from corrected failures, and whether a task wants them by itself.
    name: "011-improvements",
    async up(db) {
      await db.schema
        .alterTable("tasks")
        .addColumn("improve", "text", (c) => c.notNull().defaultTo("auto"))
        .execute();
      await db.schema
        .createTable("improvements")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("task_id", "text", (c) => c.notNull().references("tasks.id").onDelete("cascade"))
        .addColumn("trigger", "text", (c) => c.notNull())
        .addColumn("reason", "text", (c) => c.notNull())
        .addColumn("state", "text", (c) => c.notNull())
        .addColumn("incumbent_version", "integer", (c) => c.notNull())
        .addColumn("candidate_version", "integer")
        .addColumn("rollout_id", "text")
        .addColumn("corrections", "integer", (c) => c.notNull())
        .addColumn("held_out", "integer", (c) => c.notNull())
        .addColumn("incumbent_right", "integer")
        .addColumn("candidate_right", "integer")
        .addColumn("lost", "text", (c) => c.notNull())
        .addColumn("attempts", "integer", (c) => c.notNull())
        .addColumn("cost_usd", "real")
        .addColumn("outcome", "text")
        .addColumn("runner", "text", (c) => c.notNull())
        .addColumn("started_at", "text", (c) => c.notNull())
        .addColumn("ended_at", "text")
        .execute();
      await db.schema.createIndex("improvements_by_task").on("improvements").columns(["task_id", "id"]).execute();
      // One at a time for each task, whichever process makes it.
      await db.schema
        .createIndex("improvements_making")
        .unique()
        .on("improvements")
        .column("task_id")
        .where(sql.ref("state"), "=", sql.lit("making"))
        .execute();
    },
  },
  {
    // Executions about which a model was asked although somebody else had judged them: see model-checks.ts.
    name: "012-model-checks",
    async up(db) {
      await db.schema
        .createTable("model_checks")
        .addColumn("task_id", "text", (c) => c.notNull())
        .addColumn("execution_id", "text", (c) => c.notNull())
        .addPrimaryKeyConstraint("model_checks_pk", ["task_id", "execution_id"])
        .addForeignKeyConstraint(
          "model_checks_execution",
          ["task_id", "execution_id"],
          "executions",
          ["task_id", "id"],
          (c) => c.onDelete("cascade"),
        )
        .modifyEnd(sql`without rowid`)
        .execute();
    },
  },
];

/**
 * Brings a database up to date, in one transaction that holds the write lock, so that two windows that start at once
 * do not collide.
 * @throws HapaError("storage_failed") for a database of a newer HAPA; nothing is written then.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  await db.connection().execute(async (connection) => {
    await refuseNewer(connection);
    await sql`begin immediate`.execute(connection);
    try {
      await connection.schema
        .createTable("migrations")
        .ifNotExists()
        .addColumn("name", "text", (c) => c.primaryKey())
        .addColumn("applied_at", "text", (c) => c.notNull())
        .execute();
      const applied = new Set(await refuseNewer(connection));
      for (const migration of migrations) {
        if (applied.has(migration.name)) continue;
        await migration.up(connection);
        const row = { name: migration.name, applied_at: new Date().toISOString() };
        await connection.insertInto("migrations").values(row).execute();
      }
      await sql`commit`.execute(connection);
    } catch (error) {
      await sql`rollback`.execute(connection);
      throw error;
    }
  });
}

async function refuseNewer(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables();
  if (!tables.some((table) => table.name === "migrations")) return [];
  const rows = await db.selectFrom("migrations").select("name").execute();
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = rows.map((row) => row.name).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new HapaError(
      "storage_failed",
      say`This database was written by a newer HAPA (it has ${unknown.join(", ")}). Update HAPA, or use another data folder; the database was left as it was.`,
    );
  }
  return rows.map((row) => row.name);
}
