/** Notes the requests of rollouts, each distinct input once, before they are answered: what was answered is counted. */
import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Log } from "../../observability/log.ts";
import type { NewRequest } from "../../store/rollout-requests.ts";
import type { Store } from "../../store/store.ts";
import { defaultPlan } from "../statistics/rollout.ts";
import { canonicalText } from "./judging.ts";

/** Once it resolves, requests of a running rollout are on disk (in the WAL), or known since before. It never rejects. */
export type Note = (rolloutId: string, requests: readonly NewRequest[]) => Promise<void>;

export interface NoteParts {
  readonly store: Store;
  readonly log: Log;
  /** Told of a rollout with requests to be counted. */
  readonly wake: (rolloutId: string) => void;
  /** Told of a rollout to which the same inputs came again and again. */
  readonly onNothingNew: (rolloutId: string) => void;
}

interface Seen {
  readonly hashes: Set<string>;
  /** Notes that are not on disk yet. */
  readonly writing: Set<Promise<void>>;
  /** Requests in a row with inputs that are known. */
  repeats: number;
}

/** More is not noted at once, in characters: a rollout need not see every request. */
const notedAtOnce = 64_000_000;
/** As many distinct inputs as lead to a decision, whatever they show. */
const inputsMost = defaultPlan.horizon.requests;
/** So many requests without a new input: there are no others. */
const repeatsMost = defaultPlan.horizon.requests;
/** A hash this long is the same for two inputs in no lifetime (128 bits). */
const hashLength = 22;

/** Stands for an input. @param json as it was sent, or as it is kept */
export function inputHash(json: string): string {
  return hash("sha256", canonicalText(json), "base64url").slice(0, hashLength);
}

export function createNote({ store, log, wake, onNothingNew }: NoteParts): Note {
  const seen = new LRUCache<string, Promise<Seen>>({ max: 64 });
  const seenOf = (id: string): Promise<Seen> => {
    let known = seen.get(id);
    if (!known) {
      const nothing = { writing: new Set<Promise<void>>(), repeats: 0 };
      known = store.rolloutRequests.hashes(id).then((hashes) => ({ ...nothing, hashes: new Set(hashes) }));
      seen.set(id, known);
    }
    return known;
  };

  return async (id, requests) => {
    try {
      const known = await seenOf(id);
      const { hashes, writing } = known;
      const fresh: NewRequest[] = [];
      let characters = 0;
      for (const one of requests) {
        if (hashes.has(one.input_hash)) {
          known.repeats += 1;
          continue;
        }
        if (hashes.size >= inputsMost || characters > notedAtOnce) continue;
        characters += one.input.length + (one.incumbent_output?.length ?? 0) + (one.candidate_output?.length ?? 0);
        hashes.add(one.input_hash);
        known.repeats = 0;
        fresh.push(one);
      }
      if (known.repeats >= repeatsMost) {
        known.repeats = 0;
        onNothingNew(id);
      }
      // Another request may be about to note what this one repeats.
      if (fresh.length < requests.length) await Promise.all(writing);
      if (fresh.length === 0) return;
      const written = store.rolloutRequests.note(fresh);
      writing.add(written);
      await written.finally(() => writing.delete(written));
      wake(id);
    } catch (error) {
      // The caller's request is none the worse for it.
      seen.delete(id);
      log.warn({ err: error, rolloutId: id }, "requests of a rollout could not be noted");
    }
  };
}
