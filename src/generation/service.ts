/** What the routes ask of this room: a program for a task, an answer to a question, a hand-written program proven. */
import type { Artifact, CaseFailure, Usage, Verification } from "../contract/artifacts.ts";
import { HapaError } from "../contract/errors.ts";
import type { GenerateAnswer, GenerateRequest, Strategy } from "../contract/generation.ts";
import type { ModelUse } from "../contract/model-use.ts";
import type { Role } from "../contract/roles.ts";
import { type Said, say } from "../contract/say.ts";
import { type Example, NewTask, type ProgramLanguage, type Task } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";
import type { Endpoint } from "../models/endpoint.ts";
import type { Metrics } from "../observability/metrics.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Store } from "../store/store.ts";
import { type AnswerCache, type CacheLevel, cacheKey } from "./cache.ts";
import { addUsage, type Candidate, type Listener, noUsage, type Predecessor } from "./candidate.ts";
import { slips } from "./doubts.ts";
import { type TokenAllowance, tokensUsed } from "./generators/model.ts";
import type { Synthesizer } from "./generators/offline.ts";
import { readAnswer } from "./model/answers.ts";
import { markdownStream } from "./model/markdown-stream.ts";
import { assistantMessages } from "./model/prompts.ts";
import { howToConnect, makeProgram, type Proven } from "./pipeline.ts";
import { createSingleFlight } from "./single-flight.ts";
import { proveByHand } from "./verify.ts";

/** Raised when a change of prompts, splits or generators makes cached answers old. */
export const generatorVersion = 3;

export interface GenerationParts {
  readonly store: Store;
  readonly sandbox: Sandbox;
  readonly synthesizer: Synthesizer;
  /** The endpoint for the settings of this moment; undefined where no model is set up for that use. */
  readonly endpoint: (use: ModelUse) => Promise<Endpoint | undefined>;
  readonly cache: AnswerCache<Answered>;
  readonly metrics: Metrics;
  readonly offlineBudgetMs: number;
}

/** An answer before it is known in which language it is told. */
export type Answered = Omit<GenerateAnswer, "errorMessage"> & { readonly errorMessage?: Said | undefined };

/** Who asks, and how they are told and may stop it. */
export interface Asking {
  readonly listener: Listener;
  readonly signal: AbortSignal;
  readonly tokens: TokenAllowance;
}

export interface ProgramRequest {
  readonly strategy: Strategy;
  readonly inputs: readonly JsonValue[];
  /** `false`: a version that passes does not become the one that runs. */
  readonly activate?: boolean;
  /** Only a model makes use of it. */
  readonly predecessor?: Predecessor;
}

export interface GenerationService {
  /** @throws HapaError verification_failed where the best candidate did not pass (kept as rejected), and as `makeProgram`. */
  forTask(task: Task, request: ProgramRequest, asking: Asking): Promise<Artifact>;
  /** `scope` keeps answers of one role from another; `fresh` skips the cache. */
  answer(
    request: GenerateRequest,
    asking: Asking & { readonly scope: Role; readonly fresh: boolean },
  ): Promise<{ answer: Answered; level: CacheLevel }>;
  /** Proves and stores a program a person wrote; active when it passes and none is yet, rejected when it fails. */
  byHand(task: Task, code: string, language: ProgramLanguage, signal: AbortSignal): Promise<Artifact>;
}

type Told = { readonly progress: Parameters<Listener["progress"]>[0] } | { readonly delta: string };

export function createGenerationService(parts: GenerationParts): GenerationService {
  const { store, sandbox, metrics } = parts;
  const flights = createSingleFlight<Answered, Told>();

  const keep = async (task: Task, proven: Proven, activate: boolean, startedAt: number): Promise<Artifact> => {
    const { candidate, verification } = proven;
    metrics.generation(candidate.generator, verification.passed ? "verified" : "rejected");
    return store.artifacts.create({
      taskId: task.id,
      language: candidate.language,
      code: candidate.code,
      state: verification.passed ? (activate ? "active" : "verified") : "rejected",
      explanation: candidate.explanation,
      generator: candidate.generator,
      model: candidate.model,
      promptHash: candidate.promptHash,
      usage: candidate.usage,
      durationMs: performance.now() - startedAt,
      verification,
    });
  };

  /** Makes, proves and stores; the artifact may be rejected. */
  const make = async (
    task: Task,
    { activate = true, ...request }: ProgramRequest,
    asking: Asking,
  ): Promise<{ artifact: Artifact; usage: Usage | null }> => {
    const startedAt = performance.now();
    const made = await makeProgram(
      { ...task, ...request },
      {
        ...parts,
        endpoint: await parts.endpoint("generation"),
        listener: asking.listener,
        signal: asking.signal,
        tokens: asking.tokens,
      },
    );
    asking.listener.progress({ stage: "storing", message: say`Keeping the program`, fraction: undefined });
    let usage = made.best.candidate.usage;
    for (const other of made.others) {
      await keep(task, other, false, startedAt);
      usage = addUsage(usage, other.candidate.usage);
    }
    metrics.modelTokens("prompt", usage?.promptTokens ?? 0);
    metrics.modelTokens("completion", usage?.completionTokens ?? 0);
    return { artifact: await keep(task, made.best, activate, startedAt), usage };
  };

  const answerWithProgram = async (request: GenerateRequest, asking: Asking): Promise<Answered> => {
    const task = await store.tasks.create(
      NewTask.parse({
        name: request.userQuestion.replace(/\s+/g, " ").slice(0, 80),
        description: request.userQuestion,
        language: request.language,
      }),
      { draft: true },
    );
    try {
      const examples = request.examples ?? [];
      const withExamples = (await store.tasks.change(task.id, { examples })) ?? task;
      const { artifact, usage } = await make(
        withExamples,
        { strategy: request.strategy, inputs: request.inputs ?? [] },
        asking,
      );
      const { passed, ambiguous, oddExamples } = artifact.verification;
      return {
        generatedCode: artifact.code,
        explanation: artifact.explanation ?? undefined,
        status: passed ? "success" : "error",
        errorMessage: passed ? undefined : unproven(artifact.verification, examples),
        verification: artifact.verification,
        artifact,
        ...{ ambiguous, oddExamples },
        model: artifact.model ?? artifact.generator,
        usage,
        cached: false,
      };
    } catch (error) {
      await store.tasks.delete(task.id);
      throw error;
    }
  };

  const answerWithText = async (request: GenerateRequest, asking: Asking): Promise<Answered> => {
    const endpoint = await parts.endpoint("generation");
    if (!endpoint) {
      throw new HapaError(
        "model_not_configured",
        say`Without a model, HAPA works from examples: give at least two, one “input => output” a line. To work from words alone, connect a model: ${howToConnect}`,
      );
    }
    asking.listener.progress({ stage: "asking", message: say`Asking ${endpoint.settings.name}`, fraction: undefined });
    await asking.tokens.check();
    const messages = assistantMessages(request);
    const { text, usage } = await endpoint.ask(messages, {
      signal: asking.signal,
      onText: markdownStream(request.language, (piece) => asking.listener.delta(piece)),
    });
    await asking.tokens.spend(tokensUsed(usage, messages, text));
    metrics.modelTokens("prompt", usage?.promptTokens ?? 0);
    metrics.modelTokens("completion", usage?.completionTokens ?? 0);
    const answer = readAnswer(text);
    return {
      generatedCode: answer?.code ?? "",
      explanation: answer ? answer.explanation : text,
      status: "success",
      model: endpoint.settings.name,
      usage,
      cached: false,
    };
  };

  return {
    async forTask(task, request, asking) {
      const { artifact } = await make(task, request, asking);
      if (artifact.verification.passed) return artifact;
      throw new HapaError("verification_failed", unproven(artifact.verification, task.examples), {
        version: artifact.version,
        accuracy: artifact.verification.accuracy,
        accuracy_target: artifact.verification.accuracyTarget,
        odd_examples: artifact.verification.oddExamples,
      });
    },

    async answer(request, asking) {
      const endpoint = await parts.endpoint("generation");
      const key = cacheKey({
        scope: asking.scope,
        model: endpoint ? [endpoint.settings.baseUrl, endpoint.settings.name] : null,
        generatorVersion,
        request,
      });
      if (!asking.fresh) {
        const { level, value } = await parts.cache.get(key);
        // A program's answer is only as good as its task, which may have been deleted since.
        if (value && (!value.artifact || (await store.artifacts.getById(value.artifact.id)))) {
          metrics.cache(level);
          return { answer: { ...value, usage: noUsage, cached: true }, level };
        }
      }
      metrics.cache("MISS");
      const tell = (told: Told) => {
        if ("delta" in told) asking.listener.delta(told.delta);
        else asking.listener.progress(told.progress);
      };
      const answer = await flights.run(
        asking.fresh ? `${key}:${Math.random()}` : key,
        asking.signal,
        tell,
        async (signal, emit) => {
          const listener: Listener = { progress: (progress) => emit({ progress }), delta: (delta) => emit({ delta }) };
          const inner = { listener, signal, tokens: asking.tokens };
          const hasExamples = (request.examples?.length ?? 0) > 0;
          const made = await (hasExamples ? answerWithProgram(request, inner) : answerWithText(request, inner));
          if (made.status === "success") await parts.cache.set(key, made);
          return made;
        },
      );
      return { answer, level: "MISS" };
    },

    async byHand(task, code, language, signal) {
      const startedAt = performance.now();
      const candidate: Candidate = {
        code,
        language,
        explanation: null,
        generator: "person",
        model: null,
        promptHash: null,
        usage: noUsage,
        statistical: false,
      };
      const verification = await proveByHand(sandbox, candidate, task, signal);
      return keep(task, { candidate, verification }, task.activeVersion === null, startedAt);
    },
  };
}

function unproven(verification: Verification, examples: readonly Example[]): Said {
  const { shown, heldOut, accuracy, accuracyTarget, failures, oddExamples } = verification;
  const percent = (share: number) => `${Math.round(share * 1000) / 10}%`;
  const total = shown.total + heldOut.total;
  const right = shown.passed + heldOut.passed;
  const best = say`No program could be proven: the best is right on ${right} of ${total} cases (${percent(accuracy)} where ${percent(accuracyTarget)} is wanted).`;
  const advice = say`Give more examples of such cases, or lower the accuracy target of the task.`;
  const first = failures[0];
  if (oddExamples.length > 0) return say`${best} ${slips(examples, oddExamples)} Correct what is wrong. ${advice}`;
  return first ? say`${best} ${sample(first)} ${advice}` : say`${best} ${advice}`;
}

function sample({ input, expected, actual, status, errorMessage }: CaseFailure): Said {
  if (status === "success")
    return say`For example ${clip(input)} should give ${clip(expected)} but gives ${clip(actual)}.`;
  return errorMessage
    ? say`For example ${clip(input)} should give ${clip(expected)} but ends as ${status} (${errorMessage.slice(0, 200)}).`
    : say`For example ${clip(input)} should give ${clip(expected)} but ends as ${status}.`;
}

function clip(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
