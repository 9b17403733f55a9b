/** Counts the requests of rollouts: runs the candidate on what was noted, compares, and lets the evidence decide. */
import type { Log } from "../../observability/log.ts";
import type { Program, Sandbox } from "../../sandbox/sandbox.ts";
import type { RolloutChange, SettledRequest } from "../../store/rollout-change.ts";
import type { RolloutRequestRow, RolloutRow } from "../../store/schema.ts";
import type { Store } from "../../store/store.ts";
import { type RolloutState, step } from "../statistics/rollout.ts";
import { differ, expectedOf, type KnowingParts, whoIsRight, withVerdict } from "./judging.ts";
import { apply, endIfStale } from "./steps.ts";

export interface CountingParts extends KnowingParts {
  /** Not the one that answers: nobody waits for what runs here. */
  readonly sandbox: Sandbox;
  readonly log: Log;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
}

/** From few to many at once, and few again while most of them fail: one that hangs at every input is soon known. */
const fewestAtOnce = 2;
const mostAtOnce = 500;

/**
 * Counts what is noted of a rollout and not counted yet, oldest first, each request once whoever else counts: all that is
 * known of it stands in the database, and is changed there in the transaction that counts it.
 * @returns whether the rollout is still running
 */
export async function countPending(parts: CountingParts, id: string): Promise<boolean> {
  const { store, log, stopping } = parts;
  for (let together = fewestAtOnce; ; ) {
    const row = await store.rollouts.get(id);
    if (stopping.aborted || row?.state !== "running") return false;
    const requests = await store.rolloutRequests.pending(id, together);
    if (requests.length === 0) return true;
    const ran = await runMissing(parts, row, requests);
    // Calls under way end as crashed when the sandbox stops.
    if (stopping.aborted || !ran) return false;
    const settled = await settle(parts, row, ran);
    const open = await store.rollouts.change(id, (change) => count(change, settled));
    if (!open) {
      log.info({ rolloutId: id, taskId: row.task_id }, "a rollout has ended");
      return false;
    }
    const failed = settled.filter(({ candidateStatus }) => candidateStatus !== "success").length;
    together = 2 * failed > settled.length ? fewestAtOnce : Math.min(mostAtOnce, 2 * together);
  }
}

async function count(change: RolloutChange, settled: readonly SettledRequest[]): Promise<boolean> {
  if (await endIfStale(change)) return false;
  if (change.row.state !== "running") return false;
  const fresh = await change.settle(settled);
  let state = JSON.parse(change.row.statistics) as RolloutState;
  for (const one of settled) {
    if (!fresh.has(one.id)) continue;
    const candidateFailed = one.candidateStatus !== "success";
    const incumbentFailed = one.incumbentStatus !== "success";
    state = step(state, { kind: "request", differ: one.outcome === "differs", candidateFailed, incumbentFailed });
    if (one.right !== null) state = withVerdict(state, null, one.right);
  }
  return apply(change, state);
}

async function settle(
  parts: KnowingParts,
  rollout: RolloutRow,
  requests: readonly RolloutRequestRow[],
): Promise<SettledRequest[]> {
  const { comparison } = rollout;
  const differing = requests.filter((one) => differ(one, comparison));
  const expected = await expectedOf(
    parts,
    rollout,
    differing.map(({ input }) => input),
  );
  const known = new Map(differing.map(({ id }, at) => [id, expected[at]]));
  return requests.map((one) => {
    const expected = known.get(one.id);
    const right = expected ? whoIsRight(one, expected.expected, comparison) : null;
    return {
      id: one.id,
      outcome: known.has(one.id) ? "differs" : "agreed",
      incumbentStatus: one.incumbent_status,
      incumbentOutput: one.incumbent_output,
      candidateStatus: one.candidate_status ?? "",
      candidateOutput: one.candidate_output,
      right,
      oracle: (right && expected?.oracle) ?? null,
      expected: (right && expected?.expected) ?? null,
    };
  });
}

/**
 * Runs the candidate where it has not run. Where one of the two failed alone it is run once more: a timeout on a busy
 * machine says nothing of a program.
 * @returns undefined where a program is gone
 */
async function runMissing(
  { store, sandbox, stopping }: CountingParts,
  { task_id, incumbent_version, candidate_version }: RolloutRow,
  requests: readonly RolloutRequestRow[],
): Promise<RolloutRequestRow[] | undefined> {
  const candidate = await programOf(store, task_id, candidate_version);
  const incumbent = await programOf(store, task_id, incumbent_version);
  if (!candidate || !incumbent) return undefined;
  const rows = requests.map((one) => ({ ...one }));
  const missing = Map.groupBy(
    rows.filter(({ candidate_status }) => candidate_status === null),
    ({ budget_ms }) => budget_ms,
  );
  for (const [budgetMs, some] of missing) {
    const inputs = some.map(({ input }) => input);
    const verdicts = await sandbox.runBatch(candidate, inputs, { budgetMs, signal: stopping });
    for (const [at, one] of some.entries()) {
      one.candidate_status = verdicts[at]?.status ?? "crashed";
      one.candidate_output = verdicts[at]?.output ?? null;
    }
  }
  for (const one of rows) {
    const candidateFailed = one.candidate_status !== "success";
    const incumbentFailed = one.incumbent_status !== "success";
    if (candidateFailed === incumbentFailed) continue;
    const again = { budgetMs: one.budget_ms, signal: stopping };
    const verdict = await sandbox.run(candidateFailed ? candidate : incumbent, one.input, again);
    if (candidateFailed) {
      one.candidate_status = verdict.status;
      one.candidate_output = verdict.output;
    } else {
      one.incumbent_status = verdict.status;
      one.incumbent_output = verdict.output;
    }
  }
  return rows;
}

export async function programOf(store: Store, taskId: string, version: number): Promise<Program | undefined> {
  const artifact = await store.artifacts.get(taskId, version);
  return artifact && { key: artifact.id, code: artifact.code, language: artifact.language };
}
