/** The door of this room: one database file, and a repository for each kind of thing in it. */
import { join } from "node:path";
import { sql } from "kysely";
import { type ArtifactRepository, createArtifactRepository } from "./artifacts.ts";
import { type CacheRepository, createCacheRepository } from "./cache.ts";
import { type ConversationRepository, createConversationRepository } from "./conversations.ts";
import { explain, openDatabase } from "./database.ts";
import { createExecutionRepository, type ExecutionRepository } from "./executions.ts";
import { createFeedbackRepository, type FeedbackRepository } from "./feedback.ts";
import { installationKey } from "./installation-keys.ts";
import { createKeyRepository, type KeyRepository } from "./keys.ts";
import { createSpendingRepository, type SpendingRepository } from "./spending.ts";
import { createTaskRepository, type TaskRepository } from "./tasks.ts";
import { createTurnRepository, type TurnRepository } from "./turns.ts";

export interface Store {
  readonly tasks: TaskRepository;
  readonly artifacts: ArtifactRepository;
  readonly executions: ExecutionRepository;
  readonly keys: KeyRepository;
  readonly cache: CacheRepository;
  readonly spending: SpendingRepository;
  readonly conversations: ConversationRepository;
  readonly turns: TurnRepository;
  readonly feedback: FeedbackRepository;
  /** This installation's own secret of a name: 32 bytes, made when first asked for. */
  installationKey(name: string): Promise<Buffer>;
  /** Whether the database answers. */
  ping(): Promise<boolean>;
  /** Deletes what has run out: drafts, deleted conversations and deleted tasks after a day, cached answers. */
  clearExpired(): Promise<void>;
  /** Checkpoints the WAL and closes. */
  close(): Promise<void>;
}

const dayMs = 24 * 3_600_000;

/**
 * Opens (or makes) `hapa.db` in a folder and clears what has run out; answers that a process was giving when it died
 * are interrupted.
 * @throws HapaError("storage_failed")
 */
export async function openStore(dataDir: string): Promise<Store> {
  const path = join(dataDir, "hapa.db");
  const database = await openDatabase(path);
  const { kysely } = database;
  const artifacts = createArtifactRepository(kysely);
  const store: Store = {
    tasks: createTaskRepository(database),
    artifacts,
    executions: createExecutionRepository(database),
    keys: createKeyRepository(database),
    cache: createCacheRepository(kysely),
    spending: createSpendingRepository(kysely),
    conversations: createConversationRepository(database),
    turns: createTurnRepository(database, artifacts),
    feedback: createFeedbackRepository(kysely),
    installationKey: (name) => installationKey(kysely, name),
    async ping() {
      try {
        await sql`select 1`.execute(kysely);
        return true;
      } catch {
        return false; // the caller reports "failed"; why is in the log of the call that met it
      }
    },
    async clearExpired() {
      const dayAgo = new Date(Date.now() - dayMs).toISOString();
      await store.conversations.purge(dayAgo);
      await store.tasks.deleteDrafts(dayAgo);
      await store.tasks.deleteSetAside(dayAgo);
      await store.cache.deleteExpired();
    },
    close: () => database.close(),
  };
  try {
    await store.turns.interruptAbandoned();
    await store.clearExpired();
  } catch (error) {
    await store.close();
    throw explain(error, path);
  }
  return store;
}
