/** Tasks, programs, executions, models, conversations. */
import { sql } from "kysely";
import type { Migration } from "./migration.ts";

export const programs: readonly Migration[] = [
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
];
