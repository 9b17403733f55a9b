/** The learning loop: validations, events, datasets, rollouts, improvements. New steps go to the end. */
import { sql } from "kysely";
import type { Migration } from "./migration.ts";

export const learning: readonly Migration[] = [
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
  {
    // Another program by whose output a task's executions are judged.
    name: "013-reference-programs",
    async up(db) {
      await db.schema
        .createTable("reference_programs")
        .addColumn("task_id", "text", (c) => c.primaryKey().references("tasks.id").onDelete("cascade"))
        // Of no foreign key: whoever chose it is to see that it is gone.
        .addColumn("program_task_id", "text", (c) => c.notNull())
        .addColumn("version", "integer", (c) => c.notNull())
        .execute();
    },
  },
];
