/** The door of this room: one database file, and a repository for each kind of thing in it. */
import { join } from "node:path";
import { sql } from "kysely";
import { type ArtifactRepository, createArtifactRepository } from "./artifacts.ts";
import { type Bell, createBell } from "./bell.ts";
import { type CacheRepository, createCacheRepository } from "./cache.ts";
import { type ConversationRepository, createConversationRepository } from "./conversations.ts";
import { explain, openDatabase } from "./database.ts";
import type { EventLog, EventRetention } from "./event-log.ts";
import { createExecutionRepository, type ExecutionRepository } from "./executions.ts";
import { createFeedbackRepository, type FeedbackRepository } from "./feedback.ts";
import { createImprovementRepository, type ImprovementRepository } from "./improvements.ts";
import { installationKey } from "./installation-keys.ts";
import { createKeyRepository, type KeyRepository } from "./keys.ts";
import { createKnowingRepository, type KnowingRepository } from "./knowing.ts";
import { createModelCheckRepository, type ModelCheckRepository } from "./model-checks.ts";
import { createOutcomeRepository, type OutcomeRepository } from "./outcomes.ts";
import { createOverviewRepository, type OverviewRepository } from "./overview.ts";
import { createReferenceRepository, type ReferenceRepository } from "./references.ts";
import { createRolloutRequestRepository, type RolloutRequestRepository } from "./rollout-requests.ts";
import { createRolloutRepository, type RolloutRepository } from "./rollouts.ts";
import { createSpendingRepository, type SpendingRepository } from "./spending.ts";
import { createTaskRepository, type TaskRepository } from "./tasks.ts";
import { createTurnRepository, type TurnRepository } from "./turns.ts";
import { createValidationRepository, type ValidationRepository } from "./validations.ts";
import { createWebhookRepository, type WebhookRepository } from "./webhooks.ts";

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
  readonly validations: ValidationRepository;
  readonly rollouts: RolloutRepository;
  readonly rolloutRequests: RolloutRequestRepository;
  readonly improvements: ImprovementRepository;
  readonly overview: OverviewRepository;
  readonly events: EventLog;
  /** Rung when this process has committed events. */
  readonly bell: Bell;
  readonly webhooks: WebhookRepository;
  readonly knowing: KnowingRepository;
  readonly outcomes: OutcomeRepository;
  readonly modelChecks: ModelCheckRepository;
  readonly references: ReferenceRepository;
  /** Deletes the oldest events until only those are left that are to be kept; gives how many. */
  pruneEvents(): Promise<number>;
  /** This installation's own secret of a name: 32 bytes, made when first asked for. */
  installationKey(name: string): Promise<Buffer>;
  /** Whether the database answers. */
  ping(): Promise<boolean>;
  /** Deletes what has run out: drafts, deleted conversations and deleted tasks after a day, cached answers, old events. */
  clearExpired(): Promise<void>;
  /** Checkpoints the WAL and closes. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** 100,000 events of the last 30 days unless told. */
  readonly events?: Partial<EventRetention> | undefined;
}

const dayMs = 24 * 3_600_000;
const eventRetention: EventRetention = { keepMost: 100_000, keepMs: 30 * dayMs };

/**
 * Opens (or makes) `hapa.db` in a folder and clears what has run out; answers that a process was giving when it died
 * are interrupted.
 * @throws HapaError("storage_failed")
 */
export async function openStore(dataDir: string, options: StoreOptions = {}): Promise<Store> {
  const path = join(dataDir, "hapa.db");
  const database = await openDatabase(path);
  const { kysely } = database;
  const artifacts = createArtifactRepository(database);
  const bell = createBell(join(dataDir, "events.bell"));
  let committing: Promise<unknown> | undefined;
  database.events.onWritten(() => {
    // The answer comes after the commit. Where there is none, the database is closing, and nobody need be told.
    committing = database.events.bounds().then(bell.ring, () => {});
  });
  const retention = { ...eventRetention, ...options.events };
  const store: Store = {
    tasks: createTaskRepository(database),
    artifacts,
    executions: createExecutionRepository(database),
    keys: createKeyRepository(database),
    cache: createCacheRepository(kysely),
    spending: createSpendingRepository(kysely),
    conversations: createConversationRepository(database),
    turns: createTurnRepository(database, artifacts),
    validations: createValidationRepository(database),
    improvements: createImprovementRepository(database),
    overview: createOverviewRepository(database),
    feedback: createFeedbackRepository(database),
    rollouts: createRolloutRepository(database),
    rolloutRequests: createRolloutRequestRepository(database),
    events: database.events,
    bell,
    pruneEvents: () => database.events.prune(retention),
    webhooks: createWebhookRepository(database),
    knowing: createKnowingRepository(database),
    outcomes: createOutcomeRepository(database),
    modelChecks: createModelCheckRepository(database),
    references: createReferenceRepository(database),
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
      await store.pruneEvents();
    },
    async close() {
      await committing;
      await bell.close();
      await database.close();
    },
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
