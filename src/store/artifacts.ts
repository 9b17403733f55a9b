/** Artifacts in the database: immutable but for which one is active, and that stands in the task. */
import { sql } from "kysely";
import type { Artifact } from "../contract/artifacts.ts";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import type { Database } from "./database.ts";
import { newId } from "./ids.ts";
import type { ArtifactRow } from "./schema.ts";

export type NewArtifactFields = Omit<Artifact, "id" | "version" | "createdAt">;

export interface ArtifactRepository {
  /** Stores the next version of a task's program; with state "active" it becomes the one that runs, in the same step. */
  create(fields: NewArtifactFields): Promise<Artifact>;
  get(taskId: string, version: number): Promise<Artifact | undefined>;
  getById(id: string): Promise<Artifact | undefined>;
  /** Newest first. */
  list(taskId: string): Promise<Artifact[]>;
}

type NewParts = "ambiguous" | "oddExamples";
type StoredVerification = Omit<Artifact["verification"], NewParts> & Partial<Pick<Artifact["verification"], NewParts>>;
type Joined = ArtifactRow & { active_version: number | null };

export function createArtifactRepository({ kysely: db, events }: Database): ArtifactRepository {
  const select = () =>
    db
      .selectFrom("artifacts")
      .innerJoin("tasks", "tasks.id", "artifacts.task_id")
      .where("tasks.deleted_at", "is", null)
      .selectAll("artifacts")
      .select("tasks.active_version");
  return {
    async create(fields) {
      return db.transaction().execute(async (tx) => {
        const row = {
          id: newId("art"),
          task_id: fields.taskId,
          language: fields.language,
          code: fields.code,
          verdict: fields.state === "rejected" ? ("rejected" as const) : ("verified" as const),
          explanation: fields.explanation,
          generator: fields.generator,
          model: fields.model,
          prompt_hash: fields.promptHash,
          prompt_tokens: fields.usage?.promptTokens ?? 0,
          completion_tokens: fields.usage?.completionTokens ?? 0,
          cost_usd: fields.usage?.costUsd ?? null,
          usage_told: fields.usage ? (1 as const) : (0 as const),
          duration_ms: fields.durationMs,
          verification: JSON.stringify(fields.verification),
          created_at: new Date().toISOString(),
        };
        // The first statement writes, so that the transaction need not be upgraded: see below. It may have been deleted
        // while the program was made.
        const touched = await tx
          .updateTable("tasks")
          .set((eb) => ({ updated_at: eb.ref("updated_at") }))
          .where("id", "=", fields.taskId)
          .where("deleted_at", "is", null)
          .executeTakeFirst();
        if (touched.numUpdatedRows === 0n)
          throw new HapaError("not_found", say`What this belongs to was deleted meanwhile.`);
        // The number is chosen by the insert itself: a read before it could not be upgraded to a write while another
        // process writes.
        const { version } = await tx
          .insertInto("artifacts")
          .values((eb) => ({
            ...row,
            version: eb
              .selectFrom("artifacts as others")
              .select(sql<number>`coalesce(max(others.version), 0) + 1`.as("next"))
              .where("others.task_id", "=", fields.taskId),
          }))
          .returning("version")
          .executeTakeFirstOrThrow();
        const active = fields.state === "active";
        const { taskId, state, generator, language } = fields;
        await events.write(tx, { type: "artifact.created", taskId, data: { version, state, generator, language } });
        if (active) {
          await tx.updateTable("tasks").set({ active_version: version }).where("id", "=", taskId).execute();
          await events.write(tx, { type: "artifact.activated", taskId, data: { version } });
        }
        return toArtifact({ ...row, version, active_version: active ? version : null });
      });
    },
    async get(taskId, version) {
      const row = await select()
        .where("artifacts.task_id", "=", taskId)
        .where("artifacts.version", "=", version)
        .executeTakeFirst();
      return row && toArtifact(row);
    },
    async getById(id) {
      const row = await select().where("artifacts.id", "=", id).executeTakeFirst();
      return row && toArtifact(row);
    },
    async list(taskId) {
      const rows = await select()
        .where("artifacts.task_id", "=", taskId)
        .orderBy("artifacts.version", "desc")
        .execute();
      return rows.map(toArtifact);
    },
  };
}

function toArtifact(row: Joined): Artifact {
  return {
    id: row.id,
    taskId: row.task_id,
    version: row.version,
    language: row.language,
    code: row.code,
    state: row.active_version === row.version ? "active" : row.verdict,
    explanation: row.explanation,
    generator: row.generator,
    model: row.model,
    promptHash: row.prompt_hash,
    usage: row.usage_told
      ? { promptTokens: row.prompt_tokens, completionTokens: row.completion_tokens, costUsd: row.cost_usd }
      : null,
    durationMs: row.duration_ms,
    // Reports of earlier versions lack the last two.
    verification: { ambiguous: [], oddExamples: [], ...(JSON.parse(row.verification) as StoredVerification) },
    createdAt: row.created_at,
  };
}
