/** One improvement: what is known is put together, better versions are looked for, and it is said what was found. */
import type { Artifact, GeneratorName } from "../../contract/artifacts.ts";
import { isRight } from "../../contract/comparison.ts";
import { HapaError } from "../../contract/errors.ts";
import type { Strategy } from "../../contract/generation.ts";
import type { Improvement } from "../../contract/improvements.ts";
import { type Said, say } from "../../contract/say.ts";
import type { Task } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { Asking, GenerationService } from "../../generation/service.ts";
import type { Program, Sandbox } from "../../sandbox/sandbox.ts";
import type { Store } from "../../store/store.ts";
import { looksLikeLabels } from "../../synthesis/classify/cases.ts";
import { type Row, rowsOf, sortRows, typical } from "./rows.ts";
import { type SearchOptions, type SearchResult, searchBetter } from "./search.ts";

export interface MakeParts {
  readonly store: Pick<Store, "improvements" | "artifacts" | "modelChecks">;
  readonly generation: Pick<GenerationService, "forTask">;
  readonly sandbox: Pick<Sandbox, "runBatch">;
  readonly signal: AbortSignal;
}

export interface Making {
  readonly task: Task;
  readonly incumbent: Artifact;
  /** A model's program is made by a model again, where that is allowed. */
  readonly strategy: Strategy;
  readonly mayLose: boolean;
  /** What models may still cost for it, in USD. */
  readonly usdMost: number;
}

export interface Found extends SearchResult<Artifact> {
  /** Corrected failures that could be learned from, and rows kept aside. */
  readonly corrections: number;
  readonly heldOut: number;
  /** Known rows in all that the running program gets wrong. */
  readonly wrong: number;
  readonly costUsd: number | null;
}

/** Of failures and of confirmed rows, each. */
const rowsMost = 2_000;
/** Rows run at once; a program that ends by itself on none of them is not run on the others. */
const runAtOnce = 200;
/** Inputs a generator may look at beside the examples. */
const inputsAtHand = 100;
const attemptsOffline = 5;
/** A model repairs its own program within each. */
const attemptsByModel = 2;
/** No further attempt begins after this, in ms. */
const longestMs = 120_000;
const tokensMost = 300_000;
/** A model that was not measured beside the person or labelled rows errs so often, as far as we know. */
const modelErrs = 0.05;
const measuredFrom = 20;
/** One that agrees with them less often than this says nothing that may be learned from. */
const trustedFrom = 0.8;

/** Codes of errors after which another attempt can do no better. */
const hopeless: ReadonlySet<string> = new Set([
  ...(["model_not_configured", "spend_cap_reached", "rate_limited", "sandbox_unavailable", "not_found"] as const),
  ...(["client_closed_request", "shutting_down", "storage_failed"] as const),
]);

/** By which generators a better version is made. @param asked the person asked for it */
export function strategyFor(generator: GeneratorName, task: Task, asked: boolean): Strategy {
  if (asked) return generator === "model" ? "model" : "auto";
  // Rows of their data go to a model by themselves only where the person lets a model judge such rows.
  return generator === "model" && task.modelVerdictsPerDay > 0 ? "model" : "offline";
}

/** A program the person wrote is theirs to change; TypeScript is written by models only. */
export function canByItself(task: Task, { generator, language }: Artifact): boolean {
  if (generator === "person") return false;
  return language !== "typescript" || strategyFor(generator, task, false) === "model";
}

/** @throws HapaError where the search cannot go on: no sandbox, no model, no money, stopped */
export async function makeBetter(parts: MakeParts, making: Making): Promise<Found> {
  const { store, generation, signal } = parts;
  const { task, incumbent, strategy, mayLose, usdMost } = making;
  const agreement = await store.modelChecks.agreement(task.id);
  const measured = agreement.n >= measuredFrom ? agreement.agreed / agreement.n : 1 - modelErrs;
  const known = await store.improvements.knownRows(task.id, rowsMost);
  const rows = rowsOf(
    task,
    known.filter(({ oracle }) => oracle !== "model" || measured >= trustedFrom),
  );
  const rightOf = (artifact: Artifact, some: readonly Row[]) => runRows(parts, task, artifact, some);
  const right = await rightOf(incumbent, rows);
  const sorted = sortRows(rows, right);
  const wrong = right.filter((one) => !one).length;
  const counts = { corrections: sorted.corrections.length, heldOut: sorted.heldOut.length, wrong };
  if (wrong === 0) return { ...counts, best: undefined, attempts: 0, none: undefined, costUsd: null };

  const [versionBefore, startedAt] = [await newestVersion(store, task.id), performance.now()];
  const spent = async (): Promise<number | null> => {
    const made = (await store.artifacts.list(task.id)).filter(
      ({ version, generator }) => version > versionBefore && generator === "model",
    );
    const costs = made.flatMap(({ usage }) => usage?.costUsd ?? []);
    return costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0);
  };
  let costUsd: number | null = null;
  const asking = quietly(signal);
  const inputs = typical([...sorted.corrections, ...sorted.confirmed], inputsAtHand).map(({ input }) => input);
  const options: SearchOptions = {
    labels: looksLikeLabels(rows),
    attempts: strategy === "offline" ? attemptsOffline : attemptsByModel,
    seesMistakes: strategy !== "offline",
    mayLose,
    modelErrs: Math.min(modelErrs, 1 - measured),
  };
  const result = await searchBetter<Artifact>(
    sorted,
    new Map(rows.map((row, at) => [row, right[at] === true])),
    options,
    {
      async generate(examples, { made = incumbent, wrong }) {
        try {
          const request = { strategy, inputs, activate: false, predecessor: { code: made.code, wrong } };
          return await generation.forTask(
            { ...task, language: incumbent.language, examples: [...examples] },
            request,
            asking,
          );
        } catch (error) {
          if (signal.aborted || !(error instanceof HapaError) || hopeless.has(error.code)) throw error;
          return { none: whyNone(error) };
        } finally {
          if (strategy !== "offline") costUsd = await spent();
        }
      },
      right: rightOf,
      mayGoOn: () =>
        performance.now() - startedAt < longestMs && (costUsd === null || costUsd < usdMost) && !signal.aborted,
    },
  );
  return { ...counts, ...result, costUsd };
}

async function newestVersion(store: MakeParts["store"], taskId: string): Promise<number> {
  return (await store.artifacts.list(taskId))[0]?.version ?? 0;
}

/** Nobody listens; what models may use is limited by itself. */
function quietly(signal: AbortSignal): Asking {
  let left = tokensMost;
  return {
    signal,
    listener: { progress() {}, delta() {} },
    tokens: {
      async check() {
        if (left > 0) return;
        throw new HapaError("rate_limited", say`Making a better version took more than ${tokensMost} tokens.`);
      },
      async spend(tokens) {
        left -= tokens;
      },
    },
  };
}

/** Without the rows that stand in the error's own words: this one is told to all who listen to events. */
function whyNone({ code, details }: HapaError): Said {
  const { accuracy, accuracy_target: target } = (details ?? {}) as { accuracy?: number; accuracy_target?: number };
  if (code === "verification_failed" && accuracy !== undefined && target !== undefined) {
    const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;
    return say`The last version made is right on ${percent(accuracy)} of the examples it was proven on, where ${percent(target)} is wanted.`;
  }
  if (code === "contradictory_examples") return say`Two of the examples and corrections contradict each other.`;
  if (code === "not_enough_examples") return say`No program was found that fits the examples and the corrections.`;
  return say`The generator failed (${code}).`;
}

/** Whether a program is right on each of the rows, by the task's comparison. */
async function runRows(
  { sandbox, signal }: MakeParts,
  { comparison, latencyTargetMs }: Task,
  { id, code, language }: Artifact,
  rows: readonly Row[],
): Promise<boolean[]> {
  const program: Program = { key: id, code, language };
  const right: boolean[] = [];
  for (let from = 0; from < rows.length; from += runAtOnce) {
    const some = rows.slice(from, from + runAtOnce);
    const inputs = some.map(({ input }) => JSON.stringify(input));
    const verdicts = await sandbox.runBatch(program, inputs, { budgetMs: latencyTargetMs, signal });
    some.forEach(({ output }, at) => {
      const verdict = verdicts[at];
      const given = verdict?.status === "success" ? (JSON.parse(verdict.output ?? "null") as JsonValue) : undefined;
      right.push(given !== undefined && isRight(output, given, comparison));
    });
    if (verdicts.every(({ status }) => status === "timeout" || status === "memory" || status === "crashed")) break;
  }
  return rows.map((_, at) => right[at] === true);
}

/** What is kept of it. */
export function scores({ best, heldOut }: Found): Pick<Improvement, "incumbentScore" | "candidateScore" | "heldOut"> {
  if (!best || best.heldOut === 0) return { heldOut: best ? 0 : heldOut, incumbentScore: null, candidateScore: null };
  const { heldOut: n, incumbentRight, candidateRight } = best;
  return { heldOut: n, incumbentScore: { right: incumbentRight, n }, candidateScore: { right: candidateRight, n } };
}
