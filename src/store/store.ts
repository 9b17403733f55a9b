/** The door of this room: one database file, and a repository for each kind of thing in it. */
import { join } from "node:path";
import { sql } from "kysely";
import { type ArtifactRepository, createArtifactRepository } from "./artifacts.ts";
import { type CacheRepository, createCacheRepository } from "./cache.ts";
import { explain, openDatabase } from "./database.ts";
import { createExecutionRepository, type ExecutionRepository } from "./executions.ts";
import { createKeyRepository, type KeyRepository } from "./keys.ts";
import { createTaskRepository, type TaskRepository } from "./tasks.ts";

export interface Store {
  readonly tasks: TaskRepository;
  readonly artifacts: ArtifactRepository;
  readonly executions: ExecutionRepository;
  readonly keys: KeyRepository;
  readonly cache: CacheRepository;
  /** Whether the database answers. */
  ping(): Promise<boolean>;
  /** Deletes what has run out: drafts and deleted tasks after a day, cached answers. */
  clearExpired(): Promise<void>;
  /** Checkpoints the WAL and closes. */
  close(): Promise<void>;
}

const dayMs = 24 * 3_600_000;

/**
 * Opens (or makes) `hapa.db` in a folder and clears what has run out.
 * @throws HapaError("storage_failed")
 */
export async function openStore(dataDir: string): Promise<Store> {
  const path = join(dataDir, "hapa.db");
  const database = await openDatabase(path);
  const { kysely } = database;
  const store: Store = {
    tasks: createTaskRepository(database),
    artifacts: createArtifactRepository(kysely),
    executions: createExecutionRepository(database),
    keys: createKeyRepository(database),
    cache: createCacheRepository(kysely),
    async ping() {
      try {
        await sql`select 1`.execute(kysely);
        return true;
      } catch {
        return false; // the caller reports "failed"; why is in the log of the call that met it
      }
    },
    async clearExpired() {
      const aDayAgo = new Date(Date.now() - dayMs).toISOString();
      await store.tasks.deleteDrafts(aDayAgo);
      await store.tasks.deleteSetAside(aDayAgo);
      await store.cache.deleteExpired();
    },
    close: () => database.close(),
  };
  try {
    await store.clearExpired();
  } catch (error) {
    await store.close();
    throw explain(error, path);
  }
  return store;
}
