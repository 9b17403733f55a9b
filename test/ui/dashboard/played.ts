/** Answers that are played, as the contract has them: of a task that is in the midst of a rollout. */
import { z } from "zod";
import { type Improvement, ImprovementList } from "../../../src/contract/improvements.ts";
import { Knowing } from "../../../src/contract/knowing.ts";
import { DisagreementPage, Replay, type Rollout, RolloutAnswer } from "../../../src/contract/rollouts.ts";

const hour = 3_600_000;
/** So long ago, ISO 8601. */
const past = (ms: number): string => new Date(Date.now() - ms).toISOString();

const share = (value: number, low: number, high: number, n: number) => ({ value, low, high, n });

export function rollout(taskId: string, change: Partial<Rollout> = {}): Rollout {
  return {
    id: "rollout_1",
    taskId,
    incumbentVersion: 1,
    candidateVersion: 2,
    goal: "better",
    state: "running",
    stage: "tenth",
    share: 0.1,
    startedBy: "hapa",
    reason: "The accuracy fell below its target of 90%.",
    endReason: null,
    endedBy: null,
    startedAt: past(2 * hour),
    endedAt: null,
    requests: 1_482,
    differing: 61,
    judged: 24,
    candidateRight: 19,
    incumbentRight: 3,
    candidateFailed: 0,
    incumbentFailed: 2,
    evidence: {
      goal: { value: 9.4, needed: 133 },
      worse: { value: 0.21, needed: 25 },
      failing: { value: 1, needed: 400 },
    },
    ...change,
  };
}

export function knowing(taskId: string): unknown {
  const point = (at: number, version: number, value: number, spread: number) => ({
    from: past((13 - at) * hour),
    to: past((12 - at) * hour),
    version,
    accuracy: share(value, value - spread, Math.min(1, value + spread * 0.7), 40),
  });
  return z.encode(Knowing, {
    taskId,
    accuracy: [
      ...[0.97, 0.96, 0.97, 0.95, 0.96].map((value, at) => point(at, 1, value, 0.05)),
      ...[0.9, 0.83, 0.8].map((value, at) => point(at + 5, 1, value, 0.1)),
      ...[0.94, 0.96, 0.97].map((value, at) => point(at + 8, 2, value, 0.07)),
    ],
    byClass: [
      { output: "billing", accuracy: share(0.96, 0.93, 0.98, 210) },
      { output: "delivery", accuracy: share(0.71, 0.6, 0.8, 76) },
    ],
    rates: { executions: 48_210, failed: 0.004, timedOut: 0.0002, abstained: 0.011 },
    clusters: [
      {
        id: "c1",
        name: "inputs like “2024-03-01” (digits-digits-digits)",
        size: 31,
        share: 0.62,
        firstSeen: past(5 * hour),
        lastSeen: past(hour / 4),
        right: 3,
        accuracy: share(0.073, 0.025, 0.194, 41),
        grewAt: past(2 * hour),
        examples: [
          { executionId: "e1", input: "2024-03-01", output: "01/2024/03", expectedOutput: "01/03/2024" },
          { executionId: "e2", input: "2024-11-30", output: null, expectedOutput: "30/11/2024" },
          { executionId: "e3", input: { user_name: "<b>Ada</b>", date: "2023-01-02" }, output: "?" },
        ],
      },
      {
        id: "c2",
        name: "inputs with “Müller”",
        size: 6,
        share: 0.12,
        firstSeen: past(30 * hour),
        lastSeen: past(3 * hour),
        ...{ right: 0, accuracy: null, grewAt: null },
        examples: [{ executionId: "e4", input: "Müller, Jörg", output: "Jorg Muller", expectedOutput: "Jörg Müller" }],
      },
    ],
    model: { right: { agreed: 57, n: 60 }, wrong: { agreed: 11, n: 12 } },
    inputs: { state: "changed", since: past(5 * hour), seen: 12_000 },
    accuracyChange: { state: "worse", since: past(4 * hour) },
  });
}

export function improvements(taskId: string): unknown {
  const base: Improvement = {
    id: "improvement_2",
    taskId,
    trigger: "accuracy",
    reason: "The accuracy fell below its target.",
    state: "rolling_out",
    incumbentVersion: 1,
    candidateVersion: 2,
    rolloutId: "rollout_1",
    corrections: 34,
    heldOut: 11,
    incumbentScore: { right: 2, n: 11 },
    candidateScore: { right: 11, n: 11 },
    lost: [],
    attempts: 1,
    costUsd: null,
    outcome: "Version 2 is right on all corrections and loses nothing; its rollout began.",
    startedAt: past(2 * hour),
    endedAt: past(2 * hour),
  };
  const stuck: Improvement = {
    ...base,
    id: "improvement_1",
    trigger: "drift",
    state: "needs_person",
    rolloutId: null,
    lost: [{ input: "Lovelace, Ada", output: "Ada Lovelace" }],
    outcome: "Version 2 is better, but gets a row wrong that was right.",
    startedAt: past(26 * hour),
  };
  return z.encode(ImprovementList, { items: [base, stuck] });
}

export function rolloutAnswer(one: Rollout | null): unknown {
  return z.encode(RolloutAnswer, { rollout: one });
}

export function replay(): unknown {
  return z.encode(Replay, {
    version: 2,
    activeVersion: 1,
    ran: 1_000,
    changed: 37,
    failing: 1,
    items: [
      { input: "X", before: "x", after: null, error: "TypeError: no comma" },
      { input: "2024-03-01", before: "01/2024/03", after: "01/03/2024" },
    ],
  });
}

export function disagreements(waiting: readonly string[]): unknown {
  const items = waiting.map((id) => ({
    id,
    rolloutId: "rollout_1",
    input: `2024-03-0${id.at(-1)}`,
    incumbentOutput: null,
    candidateOutput: `0${id.at(-1)}/03/2024`,
    right: null,
    oracle: null,
    createdAt: past(hour),
  }));
  return z.encode(DisagreementPage, { items, cursor: null, waiting: waiting.length });
}
