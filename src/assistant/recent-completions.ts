/** The last proposals: the same question is not asked twice, and not again while the person types what was proposed. */
import { LRUCache } from "lru-cache";

export interface Asked {
  /** All that an answer depends on besides the texts: model, language, file. */
  readonly scope: string;
  /** Cut to what a model is shown. */
  readonly prefix: string;
  readonly suffix: string;
}

interface Kept extends Asked {
  readonly text: string;
}

export interface RecentCompletions {
  /** What is left of an earlier proposal at this place; undefined where there is none, or nothing is left of it. */
  find(asked: Asked): string | undefined;
  keep(asked: Asked, text: string): void;
}

export function createRecentCompletions(most = 100, ttlMs = 600_000): RecentCompletions {
  const kept = new LRUCache<number, Kept>({ max: most, ttl: ttlMs });
  let count = 0;
  return {
    find(asked) {
      // Newest first.
      for (const one of kept.values()) {
        const typed = one.scope === asked.scope && one.suffix === asked.suffix ? typedSince(one, asked.prefix) : -1;
        if (typed === 0 || (typed > 0 && typed < one.text.length)) return one.text.slice(typed);
      }
      return undefined;
    },
    keep(asked, text) {
      kept.set(count++, { ...asked, text });
    },
  };
}

/** Texts shorter than this were not cut: they are the same only where they are equal. */
const wholeFrom = 4_000;
/** Told apart by their ends first: files have long starts in common. */
const endLength = 64;

/**
 * How many characters of a proposal have been typed since; -1 where something else was.
 * Both prefixes may have been cut at their start, so they are compared over what they share.
 */
function typedSince({ prefix: earlier, text }: Kept, prefix: string): number {
  const end = earlier.slice(-endLength);
  for (let typed = 0; typed <= Math.min(text.length, prefix.length); typed++) {
    const at = prefix.length - typed;
    if (!prefix.startsWith(end, Math.max(0, at - end.length)) || !text.startsWith(prefix.slice(at))) continue;
    const length = Math.min(at, earlier.length);
    if (at !== earlier.length && length < wholeFrom) continue;
    if (prefix.slice(at - length, at) === earlier.slice(-length || earlier.length)) return typed;
  }
  return -1;
}
