/**
 * A rollout's part in the requests that are answered: who answers each, and the note by which both are compared later.
 * The candidate runs in a sandbox of its own; where it fails, or takes longer than is fair, the incumbent answers.
 */
import { hash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { Log } from "../../observability/log.ts";
import type { Program, Sandbox, Verdict } from "../../sandbox/sandbox.ts";
import type { NewRequest } from "../../store/rollout-requests.ts";
import type { LiveRollout } from "../../store/rollouts.ts";
import type { Store } from "../../store/store.ts";
import type { RunSettings } from "../../store/tasks.ts";
import { defaultPlan } from "../statistics/rollout.ts";
import { assign } from "../statistics/stages.ts";
import { canonicalText } from "./judging.ts";

export interface LiveRollouts {
  /** The rollout that takes part in a task's requests; undefined where there is none. */
  trial(settings: RunSettings): Promise<Trial | undefined>;
}

export interface Trial {
  readonly candidateVersion: number;
  /**
   * Starts the candidate on those of the inputs that it answers.
   * @param inputs JSON texts
   */
  begin(candidate: Program, inputs: readonly string[], options: AttemptOptions): Attempt;
}

export interface AttemptOptions {
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  /** `false`: nothing of these requests is kept (a preview). */
  readonly keep: boolean;
  /** `false`: the incumbent answers all of them. */
  readonly mayAnswer: boolean;
}

export interface Attempt {
  /**
   * What the candidate answers, undefined where the incumbent does; once it resolves, the requests are noted on disk.
   * @param incumbent its verdicts, in the order of the inputs; there may be fewer, of a batch that was stopped
   */
  answers(incumbent: readonly Verdict[]): Promise<readonly (Verdict | undefined)[]>;
}

export interface LiveParts {
  readonly store: Store;
  /** Of the candidates alone: they hold up nobody. */
  readonly sandbox: Sandbox;
  readonly log: Log;
  /** Told of a rollout with requests to be counted. */
  readonly wake: (rolloutId: string) => void;
}

/** More is not noted at once, in characters: a rollout need not see every request. */
const notedAtOnce = 64_000_000;
/** As many distinct inputs as lead to a decision, whatever they show. */
const inputsMost = defaultPlan.horizon.requests;
/** A hash this long is the same for two inputs in no lifetime (128 bits). */
const hashLength = 22;

/** Stands for an input. @param json as it was sent, or as it is kept */
export function inputHash(json: string): string {
  return hash("sha256", canonicalText(json), "base64url").slice(0, hashLength);
}

export function createLive({ store, sandbox, log, wake }: LiveParts): LiveRollouts {
  /** The inputs of each rollout that are noted already. */
  const seen = new LRUCache<string, Promise<Set<string>>>({ max: 64 });
  const seenOf = (id: string): Promise<Set<string>> => {
    let known = seen.get(id);
    if (!known) {
      known = store.rolloutRequests.hashes(id).then((hashes) => new Set(hashes));
      seen.set(id, known);
    }
    return known;
  };

  const note = async (rollout: LiveRollout, requests: readonly NewRequest[]): Promise<void> => {
    try {
      const known = await seenOf(rollout.id);
      let characters = 0;
      const fresh: NewRequest[] = [];
      for (const one of requests) {
        if (known.has(one.input_hash) || known.size >= inputsMost || characters > notedAtOnce) continue;
        characters += one.input.length + (one.incumbent_output?.length ?? 0) + (one.candidate_output?.length ?? 0);
        known.add(one.input_hash);
        fresh.push(one);
      }
      if (fresh.length === 0) return;
      await store.rolloutRequests.note(fresh);
      wake(rollout.id);
    } catch (error) {
      // The caller's request is none the worse for it.
      seen.delete(rollout.id);
      log.warn({ err: error, rolloutId: rollout.id }, "requests of a rollout could not be noted");
    }
  };

  return {
    async trial({ rolloutId, activeVersion }) {
      if (rolloutId === null) return undefined;
      const rollout = await store.rollouts.live(rolloutId);
      // Another version was activated meanwhile: that one counts.
      if (!rollout || rollout.incumbent_version !== activeVersion) return undefined;
      const counts = rollout.state === "running";
      if (rollout.share === 0 && !counts) return undefined;
      return {
        candidateVersion: rollout.candidate_version,
        begin(candidate, inputs, { budgetMs, signal, keep, mayAnswer }) {
          const startedAt = performance.now();
          const hashes = inputs.map(inputHash);
          const share = mayAnswer ? rollout.share : 0;
          const assigned = [...hashes.keys()].filter((at) => assign(`${rollout.id}${hashes[at]}`, share));
          const ending = new AbortController();
          const runs = start(sandbox, candidate, assigned, inputs, {
            budgetMs,
            signal: AbortSignal.any([signal, ending.signal]),
          });
          return {
            async answers(incumbent) {
              // As long again as the incumbent took, and a run's budget at least.
              const verdicts = await within(runs, Math.max(budgetMs, performance.now() - startedAt));
              ending.abort();
              const answers = new Array<Verdict | undefined>(incumbent.length).fill(undefined);
              for (const [place, at] of assigned.entries()) {
                const verdict = verdicts?.[place];
                if (at < incumbent.length && verdict?.status === "success") answers[at] = verdict;
              }
              if (counts && keep) {
                const requests = incumbent.map(
                  (verdict, at): NewRequest => ({
                    rollout_id: rollout.id,
                    input_hash: hashes[at] ?? "",
                    input: inputs[at] ?? "null",
                    budget_ms: budgetMs,
                    incumbent_status: verdict.status,
                    incumbent_output: verdict.output,
                    // Where it failed it is tried again apart: that the machine was busy is not its fault.
                    candidate_status: answers[at]?.status ?? null,
                    candidate_output: answers[at]?.output ?? null,
                  }),
                );
                await note(rollout, requests);
              }
              return answers;
            },
          };
        },
      };
    },
  };
}

/** Never rejects: where it cannot run, it answers nobody. */
async function start(
  sandbox: Sandbox,
  candidate: Program,
  assigned: readonly number[],
  inputs: readonly string[],
  options: { readonly budgetMs: number; readonly signal: AbortSignal },
): Promise<Verdict[] | undefined> {
  if (assigned.length === 0) return undefined;
  const own = assigned.map((at) => inputs[at] ?? "null");
  return sandbox.runBatch(candidate, own, options).catch(() => undefined);
}

/** What comes within some ms, else undefined. */
async function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  const over = new AbortController();
  const late = pause(ms, undefined, { signal: over.signal, ref: false }).catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}
