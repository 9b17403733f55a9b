/**
 * Task → verified program: examples are checked and split, generators make candidates, the sandbox proves them, what
 * failed goes back with its cases, and the best survivor wins. Stores nothing: candidates and reports are handed to
 * `keep` one by one, so that what failed is kept too.
 */
import type { Verification } from "../contract/artifacts.ts";
import { HapaError } from "../contract/errors.ts";
import type { Strategy } from "../contract/generation.ts";
import { type Said, say } from "../contract/say.ts";
import type { Example } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";
import type { Endpoint } from "../models/endpoint.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Candidate, Listener, Predecessor, Wanted } from "./candidate.ts";
import { canonical, findContradiction, holdOut, leaveOneOutBelow, type Split } from "./cases.ts";
import { askModel, type TokenAllowance } from "./generators/model.ts";
import type { Synthesizer } from "./generators/offline.ts";
import { proveOffline } from "./prove-offline.ts";
import { startPython } from "./start-python.ts";
import { compareCandidates, isHopeless, programOf, rehearse, report, runCases, timeCalls } from "./verify.ts";

export interface Goal extends Wanted {
  readonly examples: readonly Example[];
  readonly accuracyTarget: number;
  readonly strategy: Strategy;
  /** Unlabelled inputs at hand. Never sent to a model. */
  readonly inputs: readonly JsonValue[];
}

export interface PipelineParts {
  readonly sandbox: Sandbox;
  readonly synthesizer: Synthesizer;
  /** Undefined: no model is set up. */
  readonly endpoint: Endpoint | undefined;
  readonly listener: Listener;
  readonly signal: AbortSignal;
  readonly tokens: TokenAllowance;
  /** Time for the offline generator, in ms. */
  readonly offlineBudgetMs: number;
}

export interface Proven {
  readonly candidate: Candidate;
  readonly verification: Verification;
}

export interface Made {
  /** The best candidate, whether it passed or not. */
  readonly best: Proven;
  /** All others, in the order they were made. */
  readonly others: readonly Proven[];
}

const repairRounds = 3;
/** Held-out cases of a task with few examples, for a model: one, and none where there are fewer than three. */
const modelHoldOutFrom = 3;

/**
 * @throws HapaError contradictory_examples (the message names the pair), model_not_configured, not_enough_examples
 * (nothing fits and there is no model), invalid_request (the offline generator is to write TypeScript), model_failed, model_timeout, sandbox_unavailable, client_closed_request
 */
export async function makeProgram(goal: Goal, parts: PipelineParts): Promise<Made> {
  refuseContradiction(goal.examples);
  refuseOffline(goal, parts.endpoint);
  // Nothing is learned, and no model is paid, for a program that could not be run.
  if (goal.language === "python" && goal.examples.length > 0) {
    await startPython(parts.sandbox, parts.listener, parts.signal);
  }
  const tried: Proven[] = [];
  let offlineSaid: Said = withoutExamples;
  const { language } = goal;
  if (goal.strategy !== "model" && goal.examples.length > 0 && language !== "typescript") {
    const offline = await proveOffline({ ...goal, language }, parts);
    if ("candidate" in offline) tried.push(offline);
    else offlineSaid = offline.message;
    const proven = tried[0]?.verification;
    if (proven?.passed && !(goal.strategy === "auto" && parts.endpoint && isDoubtful(proven))) return choose(tried);
  } else if (goal.strategy === "offline") throw new HapaError("not_enough_examples", withoutExamples);
  if (goal.strategy === "offline" || !parts.endpoint) {
    if (tried.length > 0) return choose(tried);
    if (goal.strategy === "offline") throw new HapaError("not_enough_examples", offlineSaid);
    if (goal.examples.length > 0 && goal.strategy === "auto") {
      throw new HapaError("not_enough_examples", say`${offlineSaid} Or connect a model: ${howToConnect}`);
    }
    throw new HapaError(
      "model_not_configured",
      say`${withoutExamples} A model could work from your words alone: ${howToConnect}`,
    );
  }
  if (goal.examples.length === 0) {
    const message = say`A program is proven on examples, and this task has none: add at least one.`;
    throw new HapaError("not_enough_examples", message);
  }
  try {
    tried.push(...(await proveModel(goal, parts, parts.endpoint)));
  } catch (error) {
    // A doubtful program that fits is better than none; its report says that it is doubtful.
    if (!tried[0]?.verification.passed || parts.signal.aborted) throw error;
  }
  return choose(tried);
}

/** It fits the examples, but would have guessed most of them wrong from the others: a model is worth asking. */
function isDoubtful({ method, heldOut }: Verification): boolean {
  return method === "leave_one_out" && heldOut.total > 2 && heldOut.passed * 2 < heldOut.total;
}

export const howToConnect = say`run "HAPA: Choose Model…" in VS Code (Ollama, LM Studio or any OpenAI-compatible address), or start a server with HAPA_MODEL_BASE_URL and HAPA_MODEL.`;

const withoutExamples = say`There are no examples to learn from: give at least two, one “input => output” a line.`;

/** Where only the offline generator could do it, and it does not write this language. */
function refuseOffline({ language, strategy }: Goal, endpoint: Endpoint | undefined): void {
  if (language !== "typescript" || (endpoint && strategy !== "offline")) return;
  if (endpoint)
    throw new HapaError(
      "invalid_request",
      say`Without a model, programs are written in JavaScript or Python, and this one is to be in TypeScript: choose JavaScript, or let the model write it (strategy "model" or "auto").`,
    );
  throw new HapaError(
    "model_not_configured",
    say`Without a model, programs are written in JavaScript or Python, and this one is to be in TypeScript: choose JavaScript, or connect a model: ${howToConnect}`,
  );
}

function refuseContradiction(examples: readonly Example[]): void {
  const pair = findContradiction(examples);
  if (!pair) return;
  const [a, b] = [examples[pair[0]], examples[pair[1]]];
  const clip = (value: unknown) => JSON.stringify(value).slice(0, 200);
  throw new HapaError(
    "contradictory_examples",
    say`Examples ${pair[0] + 1} and ${pair[1] + 1} contradict each other: the input ${clip(a?.input)} is to give ${clip(a?.output)} in one and ${clip(b?.output)} in the other. Change or remove one of them.`,
    { pair: [...pair] },
  );
}

function choose(tried: readonly Proven[]): Made {
  const flat = (proven: Proven) => ({ verification: proven.verification, code: proven.candidate.code });
  const best = [...tried].sort((a, b) => compareCandidates(flat(a), flat(b)))[0] as Proven;
  return { best, others: tried.filter((proven) => proven !== best) };
}

/** Asks the model, proves its program, and sends back what failed, up to three times. */
async function proveModel(goal: Goal, parts: PipelineParts, endpoint: Endpoint): Promise<Proven[]> {
  const { listener, signal } = parts;
  const split = modelSplit(goal.examples);
  const wanted = { ...goal, predecessor: mayBeShown(goal.predecessor, split) };
  const conversation = askModel(endpoint, wanted, split.shown, { listener, signal, tokens: parts.tokens });
  const budget = { budgetMs: goal.latencyTargetMs, signal };
  const tried: Proven[] = [];
  for (let round = 0; round <= repairRounds; round++) {
    const last = tried.at(-1)?.verification;
    listener.progress(
      last
        ? {
            stage: "repairing",
            message: say`Repair ${round} of ${repairRounds}: ${failedIn(last)}`,
            fraction: undefined,
          }
        : { stage: "asking", message: say`Asking ${endpoint.settings.name}`, fraction: undefined },
    );
    const candidate = await conversation.next(last);
    listener.progress({ stage: "verifying", message: say`Running it on your examples`, fraction: undefined });
    const program = programOf(candidate);
    const shown = await runCases(parts.sandbox, program, split.shown, false, budget);
    const inputs = isHopeless(shown) ? [] : goal.inputs;
    const verification = report({
      method: "hold_out",
      statistical: false,
      accuracyTarget: goal.accuracyTarget,
      shown,
      latenciesMs: await timeCalls(parts.sandbox, program, split.shown, shown, budget),
      heldOut: await runCases(parts.sandbox, program, split.heldOut, true, budget),
      rehearsal: await rehearse(parts.sandbox, program, inputs, budget),
    });
    tried.push({ candidate, verification });
    if (verification.passed) break;
  }
  return tried;
}

/** Without what is held out from the model. */
function mayBeShown(predecessor: Predecessor | undefined, { heldOut }: Split): Predecessor | undefined {
  const hidden = new Set(heldOut.map(({ input }) => canonical(input)));
  return (
    predecessor && { ...predecessor, wrong: predecessor.wrong.filter(({ input }) => !hidden.has(canonical(input))) }
  );
}

function modelSplit(examples: readonly Example[]): Split {
  if (examples.length >= leaveOneOutBelow) return holdOut(examples);
  // What is given twice would be held out in name only: all of its copies are.
  const last = canonical(examples.at(-1)?.input);
  const isLast = ({ input }: Example) => canonical(input) === last;
  const shown = examples.filter((example) => !isLast(example));
  if (shown.length < modelHoldOutFrom - 1) return { shown: examples, heldOut: [] };
  return { shown, heldOut: examples.filter(isLast) };
}

function failedIn(verification: Verification): Said {
  const { shown, heldOut } = verification;
  return say`wrong on ${shown.total - shown.passed + heldOut.total - heldOut.passed} of ${shown.total + heldOut.total} cases`;
}
