/** Runs candidates on cases in the sandbox and writes the report that is kept with the artifact. */
import { createHash } from "node:crypto";
import type { CaseFailure, Verification, VerificationMethod } from "../contract/artifacts.ts";
import { HapaError } from "../contract/errors.ts";
import { notes } from "../contract/notes.ts";
import { type Said, say, spoken } from "../contract/say.ts";
import type { Example } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";
import type { Program, Sandbox, Verdict } from "../sandbox/sandbox.ts";
import { canonical } from "./cases.ts";

const failuresKept = 20;

export interface Outcome {
  readonly passed: number;
  readonly total: number;
  readonly failures: readonly CaseFailure[];
  readonly latenciesMs: readonly number[];
}

export const noOutcome: Outcome = { passed: 0, total: 0, failures: [], latenciesMs: [] };

export interface Budget {
  readonly budgetMs: number;
  readonly signal: AbortSignal;
}

/** Runs a program on cases; an output counts as right when it is the same JSON value as expected. */
export async function runCases(
  sandbox: Sandbox,
  program: Program,
  cases: readonly Example[],
  heldOut: boolean,
  budget: Budget,
): Promise<Outcome> {
  if (cases.length === 0) return noOutcome;
  const verdicts = await runWhileItEnds(
    sandbox,
    program,
    cases.map((one) => JSON.stringify(one.input)),
    budget,
  );
  const failures = cases.flatMap((one, index) => judge(one, verdicts[index], heldOut) ?? []);
  return {
    passed: cases.length - failures.length,
    total: cases.length,
    failures,
    latenciesMs: verdicts.map((verdict) => verdict.latencyMs),
  };
}

/** A program that has ended by itself on no input in so long a time, in ms, is not run on the others. */
const patienceMs = 2_000;

/** Whether it was stopped, or brought its process down; a new process takes up to seconds (Python). */
function wasEnded({ status }: Pick<Verdict, "status">): boolean {
  return status === "timeout" || status === "memory" || status === "crashed";
}

/** Runs a program on inputs: as many verdicts, those it was not run on any more counting as its last. */
async function runWhileItEnds(
  sandbox: Sandbox,
  program: Program,
  inputs: readonly string[],
  budget: Budget,
): Promise<readonly Verdict[]> {
  const started = performance.now();
  const verdicts: Verdict[] = [];
  while (verdicts.length < inputs.length) {
    const isBad = verdicts.every(wasEnded);
    const last = verdicts.at(-1);
    if (isBad && last && performance.now() - started > patienceMs) {
      const errorMessage = `Not run on this one: on the first ${verdicts.length}, it ended as ${last.status}.`;
      return inputs.map((_, at) => verdicts[at] ?? { ...last, errorMessage });
    }
    const upTo = isBad ? 2 * verdicts.length + 1 : inputs.length;
    verdicts.push(...(await sandbox.runBatch(program, inputs.slice(verdicts.length, upTo), budget)));
  }
  return verdicts;
}

/** Whether a program ended by itself on none of the cases: running it on more would only take time. */
export function isHopeless({ passed, failures }: Outcome): boolean {
  return passed === 0 && failures.length > 0 && failures.every(wasEnded);
}

/** Calls before and while the time of a warm call is taken, and how long that may go on, in ms. */
const warmUpCalls = 30;
const timedCalls = 200;
const timingMs = 200;

/**
 * How long warm calls take, in ms: the first calls of a program compile it and say little about the ten thousand that
 * follow. Falls back on what was measured already where the program does not run well.
 */
export async function timeCalls(
  sandbox: Sandbox,
  program: Program,
  cases: readonly Example[],
  outcome: Outcome,
  budget: Budget,
): Promise<readonly number[]> {
  const first = outcome.latenciesMs;
  const affordable = Math.floor((timingMs * first.length) / Math.max(1e-3, sumOf(first)));
  if (outcome.failures.some((failure) => failure.status !== "success") || affordable <= warmUpCalls) return first;
  const calls = Math.min(warmUpCalls + timedCalls, affordable);
  const inputs = Array.from({ length: calls }, (_, at) => JSON.stringify(cases[at % cases.length]?.input));
  const verdicts = await sandbox.runBatch(program, inputs, budget);
  return verdicts.slice(warmUpCalls).map((verdict) => verdict.latencyMs);
}

/** Runs a program on inputs nobody has labelled: how many, and on how many it did not succeed. */
export async function rehearse(
  sandbox: Sandbox,
  program: Program,
  inputs: readonly JsonValue[],
  budget: Budget,
): Promise<{ total: number; failed: number } | null> {
  if (inputs.length === 0) return null;
  const verdicts = await runWhileItEnds(
    sandbox,
    program,
    inputs.map((input) => JSON.stringify(input)),
    budget,
  );
  return { total: verdicts.length, failed: verdicts.filter((verdict) => verdict.status !== "success").length };
}

function judge(one: Example, verdict: Verdict | undefined, heldOut: boolean): CaseFailure | undefined {
  const actual = verdict?.status === "success" ? (JSON.parse(verdict.output ?? "null") as JsonValue) : null;
  if (verdict?.status === "success" && canonical(actual) === canonical(one.output)) return undefined;
  return {
    input: one.input,
    expected: one.output,
    actual,
    status: verdict?.status ?? "crashed",
    errorMessage: verdict?.errorMessage,
    heldOut,
  };
}

export function merge(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((sum, outcome) => sum + outcome.passed, 0),
    total: outcomes.reduce((sum, outcome) => sum + outcome.total, 0),
    failures: outcomes.flatMap((outcome) => outcome.failures),
    latenciesMs: outcomes.flatMap((outcome) => outcome.latenciesMs),
  };
}

/**
 * The report of one candidate, and whether it passed.
 *
 * Held-out cases decide for a statistical candidate. An exact one must be right on the shown cases too, and where its
 * held-out score comes from leave-one-out it is told, not decisive: with three examples each may show what no other
 * does, and a program that fits all three is what was asked for.
 */
export function report(parts: {
  readonly method: VerificationMethod;
  readonly statistical: boolean;
  readonly accuracyTarget: number;
  readonly shown: Outcome;
  readonly heldOut: Outcome;
  /** Of warm calls. */
  readonly latenciesMs: readonly number[];
  readonly rehearsal: { total: number; failed: number } | null;
  readonly notes?: readonly string[];
  readonly ambiguous?: Verification["ambiguous"];
  readonly oddExamples?: readonly number[];
}): Verification {
  const { method, statistical, accuracyTarget, shown, heldOut, rehearsal } = parts;
  const shownAccuracy = shareOf(shown);
  const heldOutAccuracy = shareOf(heldOut);
  const accuracy =
    heldOut.total === 0
      ? shownAccuracy
      : statistical
        ? heldOutAccuracy
        : method === "hold_out"
          ? Math.min(shownAccuracy, heldOutAccuracy)
          : shownAccuracy;
  const latencies = [...parts.latenciesMs].sort((a, b) => a - b);
  return {
    passed: shown.total > 0 && accuracy >= accuracyTarget,
    method: heldOut.total === 0 ? "shown_only" : method,
    shown: { passed: shown.passed, total: shown.total },
    heldOut: { passed: heldOut.passed, total: heldOut.total },
    accuracy,
    accuracyTarget,
    failures: [...shown.failures, ...heldOut.failures].slice(0, failuresKept),
    latencyMeanMs: sumOf(latencies) / Math.max(1, latencies.length),
    latencyP99Ms: latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * 0.99))] ?? 0,
    rehearsal,
    notes: [...(parts.notes ?? []), ...doubts(parts)],
    ambiguous: parts.ambiguous ?? [],
    oddExamples: [...(parts.oddExamples ?? [])],
  };
}

function doubts(parts: {
  method: VerificationMethod;
  statistical: boolean;
  heldOut: Outcome;
  shown: Outcome;
  rehearsal: { total: number; failed: number } | null;
}): string[] {
  const found: Said[] = [];
  if (parts.heldOut.total === 0) found.push(notes.nothingHeldBack());
  else if (!parts.statistical && parts.method === "leave_one_out" && parts.heldOut.passed < parts.heldOut.total) {
    found.push(notes.wrongFromOthers(parts.heldOut.passed, parts.heldOut.total));
  }
  if (parts.rehearsal && parts.rehearsal.failed > 0) {
    found.push(notes.failedOnInputs(parts.rehearsal.failed, parts.rehearsal.total));
  }
  return found.map((note) => spoken(note));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function shareOf(outcome: Outcome): number {
  return outcome.total === 0 ? 0 : outcome.passed / outcome.total;
}

/** Order of survivors: proven first, then held-out accuracy, accuracy, short code, speed. Negative: `a` is better. */
export function compareCandidates(
  a: { verification: Verification; code: string },
  b: { verification: Verification; code: string },
): number {
  const heldOut = ({ heldOut }: Verification) => (heldOut.total === 0 ? 0 : heldOut.passed / heldOut.total);
  return (
    Number(b.verification.passed) - Number(a.verification.passed) ||
    heldOut(b.verification) - heldOut(a.verification) ||
    b.verification.accuracy - a.verification.accuracy ||
    a.code.length - b.code.length ||
    a.verification.latencyMeanMs - b.verification.latencyMeanMs
  );
}

/** Proves a program a person wrote: all the task's examples are cases it has not been fitted to by HAPA. */
export async function proveByHand(
  sandbox: Sandbox,
  candidate: Pick<Program, "code" | "language">,
  task: { readonly examples: readonly Example[]; readonly accuracyTarget: number; readonly latencyTargetMs: number },
  signal: AbortSignal,
): Promise<Verification> {
  if (task.examples.length === 0) {
    const message = say`A program is proven on its task's examples, and this task has none: add at least one, then store the program again.`;
    throw new HapaError("not_enough_examples", message);
  }
  const program = programOf(candidate);
  const budget = { budgetMs: task.latencyTargetMs, signal };
  const shown = await runCases(sandbox, program, task.examples, false, budget);
  return report({
    method: "shown_only",
    statistical: false,
    accuracyTarget: task.accuracyTarget,
    shown,
    heldOut: noOutcome,
    latenciesMs: await timeCalls(sandbox, program, task.examples, shown, budget),
    rehearsal: null,
  });
}

/** Names exactly this code among the sandbox's warm isolates. */
export function programKey({ code, language }: Pick<Program, "code" | "language">): string {
  return createHash("sha256").update(`${language}\n${code}`).digest("base64url");
}

export function programOf({ code, language }: Pick<Program, "code" | "language">): Program {
  return { key: programKey({ code, language }), code, language };
}
