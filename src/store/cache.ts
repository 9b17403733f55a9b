/** The second cache level: answers that outlive the process and are shared by its neighbours on the same database. */
import type { Kysely } from "kysely";
import type { Tables } from "./schema.ts";

export interface CacheRepository {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
  deleteExpired(): Promise<void>;
}

export function createCacheRepository(db: Kysely<Tables>): CacheRepository {
  return {
    async get(key) {
      const row = await db
        .selectFrom("cache")
        .select("value")
        .where("key", "=", key)
        .where("expires_at", ">", Date.now())
        .executeTakeFirst();
      return row?.value;
    },
    async set(key, value, ttlMs) {
      const row = { key, value, expires_at: Date.now() + ttlMs };
      await db
        .insertInto("cache")
        .values(row)
        .onConflict((conflict) => conflict.column("key").doUpdateSet(row))
        .execute();
    },
    async deleteExpired() {
      await db.deleteFrom("cache").where("expires_at", "<=", Date.now()).execute();
    },
  };
}
