/** Secrets that an installation makes for itself, once: whoever has one can tell what was hashed with it by guessing. */
import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { Tables } from "./schema.ts";

/** Gives 32 random bytes, the same at each start and in every process that shares the database. */
export async function installationKey(db: Kysely<Tables>, name: string): Promise<Buffer> {
  const value = randomBytes(32).toString("hex");
  await db
    .insertInto("installation_keys")
    .values({ name, value })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const row = await db
    .selectFrom("installation_keys")
    .select("value")
    .where("name", "=", name)
    .executeTakeFirstOrThrow();
  return Buffer.from(row.value, "hex");
}
