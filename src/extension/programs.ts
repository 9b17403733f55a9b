/** Making and running programs through the client: the calls behind Transform, Run and the panel. */
import type { Client, StreamHandlers } from "../client/client.ts";
import type { Artifact, Verification } from "../contract/artifacts.ts";
import type { BatchFailure } from "../contract/executions.ts";
import type { Strategy } from "../contract/generation.ts";
import { fenced } from "../contract/markdown.ts";
import { noted } from "../contract/notes.ts";
import { joined, type Said, say, type Word } from "../contract/say.ts";
import type { Example, ProgramLanguage } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";
import { Notice } from "./errors.ts";
import type { RowOutcome } from "./files/job.ts";

/** One version of a task's program. */
export interface ProgramRef {
  readonly taskId: string;
  readonly version: number;
}

/** One of which it is known what runs it. */
export interface KnownProgram extends ProgramRef {
  readonly language: ProgramLanguage;
}

const groupInputs = 2_000;
const groupChars = 8_000_000;
const secondTryRows = 50;
const secondTryMs = 200;
const maxRehearsalInputs = 10_000;
const maxRehearsalChars = 2_000_000;

/** Asks for a program that does what the examples show. @throws Notice where none could be proven, with the failures. */
export async function makeProgram(
  client: Client,
  request: {
    readonly question: string;
    readonly language: ProgramLanguage;
    readonly examples: readonly Example[];
    readonly inputs: readonly JsonValue[];
    /** `auto` unless told: offline first, then the model where there is one. */
    readonly strategy?: Strategy;
  },
  handlers: StreamHandlers,
  signal: AbortSignal,
): Promise<Artifact> {
  const answer = await client.stream(
    "generateCode",
    {
      params: {},
      body: {
        userQuestion: request.question,
        language: request.language,
        examples: [...request.examples],
        strategy: request.strategy ?? "auto",
        inputs: forRehearsal(request.inputs),
      },
    },
    handlers,
    { signal },
  );
  const { artifact, verification } = answer;
  if (answer.status === "success" && artifact && verification?.passed) return artifact;
  throw new Notice(
    answer.errorMessage ?? say`No program could be proven on the examples. More examples may help.`,
    verification ? describeVerification(verification, answer.generatedCode, request.language) : undefined,
  );
}

/** As many inputs as one request may carry. */
export function forRehearsal(inputs: readonly JsonValue[]): JsonValue[] {
  const some: JsonValue[] = [];
  let chars = 0;
  for (const input of inputs) {
    chars += JSON.stringify(input).length;
    if (some.length === maxRehearsalInputs || chars > maxRehearsalChars) break;
    some.push(input);
  }
  return some;
}

interface RunOptions {
  /** Whether executions are kept: see `BatchRequest`. */
  readonly log: boolean | "sampled";
  readonly signal: AbortSignal;
  readonly onDone?: (count: number) => void;
}

/** Runs a version on many inputs, in groups; outcomes in their order. */
export async function runProgram(
  client: Client,
  program: ProgramRef,
  inputs: readonly JsonValue[],
  options: RunOptions,
): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = [];
  for (const group of grouped(inputs)) {
    const from = outcomes.length;
    const { outputs, failures } = await runGroup(client, program, group, options);
    for (const output of outputs) outcomes.push({ ok: true, output });
    for (const { position, ...failure } of failures) outcomes[from + position] = failed(failure);
    await tryLateRowsAgain(client, program, group, failures, options, (at, outcome) => {
      outcomes[from + at] = outcome;
    });
    options.onDone?.(outcomes.length);
  }
  return outcomes;
}

function failed({ status, errorMessage }: Omit<BatchFailure, "position">): RowOutcome {
  return { ok: false, error: errorMessage ?? status };
}

async function runGroup(
  client: Client,
  { taskId, version }: ProgramRef,
  inputs: readonly JsonValue[],
  { log, signal }: RunOptions,
  timeoutMs?: number,
): Promise<{ readonly outputs: readonly JsonValue[]; readonly failures: readonly BatchFailure[] }> {
  const items = inputs.map((input) => ({ input }));
  const wanted = { stopOnFirstError: false, log, compact: true, ...(timeoutMs ? { timeoutMs } : {}) };
  const body = { taskId, version, items, ...wanted };
  const { outputs = [], failures = [] } = await client.call("executeBatch", { params: {}, body }, { signal });
  return { outputs, failures };
}

/**
 * On a busy machine a row can miss a budget of a few milliseconds through no fault of the program, so rows that ran out
 * of time are tried once more with a longer one, a few at a time; where none of those succeeds, it was the program.
 */
async function tryLateRowsAgain(
  client: Client,
  program: ProgramRef,
  inputs: readonly JsonValue[],
  failures: readonly BatchFailure[],
  options: RunOptions,
  put: (at: number, outcome: RowOutcome) => void,
): Promise<void> {
  const late = failures.filter(({ status }) => status === "timeout" || status === "crashed");
  for (let from = 0; from < late.length; from += secondTryRows) {
    const places = late.slice(from, from + secondTryRows).map(({ position }) => position);
    const rows = places.map((at) => inputs[at] ?? null);
    const { outputs, failures: again } = await runGroup(client, program, rows, options, secondTryMs);
    for (const [index, at] of places.entries()) put(at, { ok: true, output: outputs[index] ?? null });
    for (const { position, ...failure } of again) put(places[position] ?? 0, failed(failure));
    if (again.length === places.length) return;
  }
}

function* grouped(inputs: readonly JsonValue[]): Generator<JsonValue[]> {
  let group: JsonValue[] = [];
  let chars = 0;
  for (const input of inputs) {
    group.push(input);
    chars += typeof input === "string" ? input.length : JSON.stringify(input).length;
    if (group.length < groupInputs && chars < groupChars) continue;
    yield group;
    group = [];
    chars = 0;
  }
  if (group.length > 0) yield group;
}

/** How a program was proven, in words that follow "it is". */
export function describeProof({ method, shown, heldOut, accuracy }: Verification): Said {
  const percent = percentOf(accuracy);
  switch (method) {
    case "hold_out":
      return say`${percent} right on ${heldOut.total} examples it had not seen`;
    case "cross_validation":
      return say`${percent} right on ${heldOut.total} examples, each predicted without itself`;
    case "leave_one_out":
      return say`right on ${shown.passed} of ${shown.total} examples, and on ${heldOut.passed} of ${heldOut.total} when each was held back`;
    case "shown_only":
      return say`right on ${shown.passed} of ${shown.total} examples`;
  }
}

function percentOf(share: number): string {
  return `${Math.round(share * 1_000) / 10}%`;
}

/** The report as markdown, for "Show Details". */
function describeVerification(verification: Verification, code: string, language: ProgramLanguage): Said {
  const failures = verification.failures.map(({ input, expected, actual, status, errorMessage }) => {
    const [given, wanted] = [JSON.stringify(input), JSON.stringify(expected)];
    return status === "success"
      ? say`- ${given} should give ${wanted}, but gave ${JSON.stringify(actual)}`
      : say`- ${given} should give ${wanted}, but ended as ${status}: ${errorMessage ?? ""}`;
  });
  const lines: Word[] = [
    say`# What the program got wrong`,
    "",
    say`It was ${describeProof(verification)}; ${percentOf(verification.accuracyTarget)} was wanted.`,
    "",
    ...failures,
    "",
    ...verification.notes.map((note) => joined(["> ", noted(note)], "")),
    "",
    fenced(code.length > 20_000 ? `${code.slice(0, 20_000)}\n…` : code, language),
    "",
  ];
  return joined(lines, "\n");
}
