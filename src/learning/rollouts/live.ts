/**
 * A rollout's part in the requests that are answered: who answers each, and the note by which both are compared later.
 * The candidate runs in a sandbox of its own; where it fails, or takes longer than is fair, the incumbent answers.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Program, Sandbox, Verdict } from "../../sandbox/sandbox.ts";
import type { NewRequest } from "../../store/rollout-requests.ts";
import type { Store } from "../../store/store.ts";
import type { RunSettings } from "../../store/tasks.ts";
import { assign } from "../statistics/stages.ts";
import { inputHash, type Note } from "./notes.ts";

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
  readonly note: Note;
}

export function createLive({ store, sandbox, note }: LiveParts): LiveRollouts {
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
          const runs = assigned.length > 0 && start(sandbox, candidate, assigned, inputs, budgetMs, signal, ending);
          return {
            async answers(incumbent) {
              // As long again as the incumbent took, and a run's budget at least.
              const patience = Math.max(budgetMs, performance.now() - startedAt);
              const verdicts = runs ? await within(runs, patience) : undefined;
              if (runs) ending.abort();
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
                await note(rollout.id, requests);
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
  budgetMs: number,
  signal: AbortSignal,
  ending: AbortController,
): Promise<Verdict[] | undefined> {
  const own = assigned.map((at) => inputs[at] ?? "null");
  const options = { budgetMs, signal: AbortSignal.any([signal, ending.signal]) };
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
