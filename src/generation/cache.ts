/** The answer cache: L1 in memory, L2 in the database. Only answers that went well are kept. */
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";

export type CacheLevel = "L1" | "L2" | "MISS";

/** The second level, as this room needs it (`store/cache.ts`). */
export interface SlowCache {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
}

export interface AnswerCache<T> {
  get(key: string): Promise<{ level: CacheLevel; value: T | undefined }>;
  set(key: string, value: T): Promise<void>;
  stats(): { l1Entries: number; l1Hits: number; l2Hits: number; misses: number };
}

const entries = 128;
const ttlMs = 3_600_000;
/** L1 holds no more than so many characters of JSON in all, however large the answers are. */
const characters = 32_000_000;

export function createAnswerCache<T extends object>(slow: SlowCache): AnswerCache<T> {
  const fast = new LRUCache<string, T>({ max: entries, ttl: ttlMs, maxSize: characters });
  const counts = { l1Hits: 0, l2Hits: 0, misses: 0 };
  return {
    async get(key) {
      const near = fast.get(key);
      if (near) {
        counts.l1Hits += 1;
        return { level: "L1", value: near };
      }
      const far = await slow.get(key);
      if (far !== undefined) {
        counts.l2Hits += 1;
        const value = JSON.parse(far) as T;
        fast.set(key, value, { size: far.length });
        return { level: "L2", value };
      }
      counts.misses += 1;
      return { level: "MISS", value: undefined };
    },
    async set(key, value) {
      const text = JSON.stringify(value);
      fast.set(key, value, { size: text.length });
      await slow.set(key, text, ttlMs);
    },
    stats: () => ({ l1Entries: fast.size, ...counts }),
  };
}

/** One key for all that an answer depends on. */
export function cacheKey(parts: Readonly<Record<string, unknown>>): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}
