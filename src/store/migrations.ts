/**
 * Forward-only migrations. A step that has landed is never edited; a new one is added at the end. A database that has
 * steps this program does not know was written by a newer HAPA, and is refused untouched.
 */
import { type Kysely, sql } from "kysely";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import { learning } from "./migrations/learning.ts";
import type { Migration } from "./migrations/migration.ts";
import { programs } from "./migrations/programs.ts";
import type { Tables } from "./schema.ts";

/** In the order they are applied. */
const migrations: readonly Migration[] = [...programs, ...learning];

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
