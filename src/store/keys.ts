/** API keys in the database: only their SHA-256, so that a copy of the file opens nothing. */
import { hash as digest, randomBytes, timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import type { Key, NewKey } from "../contract/keys.ts";
import type { Database } from "./database.ts";
import { newId } from "./ids.ts";
import type { KeyRow } from "./schema.ts";

export type KeyCheck =
  | { readonly ok: true; readonly key: Key }
  | { readonly ok: false; readonly reason: "unknown" | "expired" | "revoked" };

interface MadeKey {
  readonly secret: string;
  readonly key: Key;
}

export interface KeyRepository {
  /** Makes a key; the secret (`hapa_` and 43 characters) is given here once and kept nowhere. */
  create(fields: NewKey): Promise<MadeKey>;
  /** The same, but only where there is no key at all: of servers that start at once on a new folder, one makes it. */
  createFirst(fields: NewKey): Promise<MadeKey | undefined>;
  check(secret: string): Promise<KeyCheck>;
  list(): Promise<Key[]>;
  get(id: string): Promise<Key | undefined>;
  revoke(id: string): Promise<Key | undefined>;
}

export function createKeyRepository({ kysely: db, prepare, events }: Database): KeyRepository {
  // Asked anew for every request, and not kept: a key revoked by another window counts at once.
  const byHash = prepare(db.selectFrom("keys").selectAll().where("hash", "=", ""));
  const get = async (id: string): Promise<Key | undefined> => {
    const row = await db.selectFrom("keys").selectAll().where("id", "=", id).executeTakeFirst();
    return row && toKey(row);
  };
  return {
    get,
    async create(fields) {
      const { secret, row } = newKey(fields);
      await db.insertInto("keys").values(row).execute();
      return { secret, key: toKey(row) };
    },
    async createFirst(fields) {
      const { secret, row } = newKey(fields);
      // One statement, so that nobody comes between looking and writing.
      const result = await db
        .insertInto("keys")
        .columns(["id", "name", "role", "prefix", "hash", "expires_at", "revoked_at", "created_at"])
        .expression(
          sql`select ${row.id}, ${row.name}, ${row.role}, ${row.prefix}, ${row.hash}, ${row.expires_at}, ${row.revoked_at}, ${row.created_at}
            where not exists (select 1 from keys)`,
        )
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n ? { secret, key: toKey(row) } : undefined;
    },
    async check(secret) {
      const hash = hashOf(secret);
      const row = await byHash(hash.toString("hex"));
      // The look-up is by hash, so its time says nothing about the key; the comparison is constant-time all the same.
      if (!row || !timingSafeEqual(Buffer.from(row.hash, "hex"), hash)) return { ok: false, reason: "unknown" };
      if (row.revoked_at) return { ok: false, reason: "revoked" };
      if (row.expires_at && Date.parse(row.expires_at) <= Date.now()) return { ok: false, reason: "expired" };
      return { ok: true, key: toKey(row) };
    },
    async list() {
      const rows = await db.selectFrom("keys").selectAll().orderBy("id", "desc").execute();
      return rows.map(toKey);
    },
    async revoke(id) {
      const now = new Date().toISOString();
      await db.transaction().execute(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable("keys")
          .set({ revoked_at: now })
          .where("id", "=", id)
          .where("revoked_at", "is", null)
          .executeTakeFirst();
        // Streams of this key, in whatever process, end with it.
        if (numUpdatedRows > 0n) await events.write(tx, { type: "key.revoked", taskId: null, data: { keyId: id } });
      });
      return get(id);
    },
  };
}

function newKey(fields: NewKey): { secret: string; row: KeyRow } {
  const secret = `hapa_${randomBytes(32).toString("base64url")}`;
  const row: KeyRow = {
    id: newId("key"),
    name: fields.name,
    role: fields.role,
    prefix: secret.slice(0, 10),
    hash: hashOf(secret).toString("hex"),
    expires_at: fields.expiresAt ? new Date(fields.expiresAt).toISOString() : null,
    revoked_at: null,
    created_at: new Date().toISOString(),
  };
  return { secret, row };
}

function hashOf(secret: string): Buffer {
  return digest("sha256", secret, "buffer");
}

function toKey(row: KeyRow): Key {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    prefix: row.prefix,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    createdAt: row.created_at,
  };
}
