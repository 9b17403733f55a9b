/** How one question is answered: by a program, by a model's words, or by validation. Keeps nothing. */
import type { Usage } from "../contract/artifacts.ts";
import type { Question } from "../contract/conversations.ts";
import { type ErrorCode, HapaError } from "../contract/errors.ts";
import { fenced } from "../contract/markdown.ts";
import type { ModelUse } from "../contract/model-use.ts";
import type { Role } from "../contract/roles.ts";
import { type Catalogue, say, spoken } from "../contract/say.ts";
import type { Example, Language } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";
import { tokensUsed } from "../generation/generators/model.ts";
import { howToConnect } from "../generation/pipeline.ts";
import type { Answered, Asking, GenerationService } from "../generation/service.ts";
import type { Endpoint } from "../models/endpoint.ts";
import type { Metrics } from "../observability/metrics.ts";
import type { PastTurn } from "../store/turns.ts";
import { type Check, describeProblems } from "./checks.ts";
import { conversationMessages } from "./prompts.ts";

export interface AnswerParts {
  readonly generation: GenerationService;
  /** The endpoint for the settings of this moment; undefined where no model is set up for that use. */
  readonly endpoint: (use: ModelUse) => Promise<Endpoint | undefined>;
  readonly metrics: Metrics;
  /** Undefined: code is not checked. */
  readonly check?: Check;
}

export interface Answer {
  readonly markdown: string;
  readonly model: string | null;
  readonly usage: Usage | null;
  readonly cached: boolean;
  readonly artifactId: string | null;
  /** A program was made and not proven: it is shown with its failures. */
  readonly errorCode: ErrorCode | null;
  readonly errorMessage: string | null;
}

export interface AskingAs extends Asking {
  /** Whose cached answers may be given. */
  readonly scope: Role;
  /** Translations into the language of whoever asks: what is kept is kept in it. */
  readonly words: Catalogue;
}

/** @throws HapaError as the generation service and the endpoint do; invalid_request where what the command needs is not there */
export async function answerQuestion(
  question: Question,
  past: () => Promise<readonly PastTurn[]>,
  parts: AnswerParts,
  asking: AskingAs,
): Promise<Answer> {
  const { command, examples } = question;
  if (command === "validate") return inWords(await validate(question, parts, asking));
  const isProgram = command === "transform" || (examples.length > 0 && (!command || command === "generate"));
  // Asked again, it wants another answer.
  if (isProgram) return answerWithProgram(question, parts, { ...asking, fresh: question.replaces !== undefined });
  return answerInWords(question, await past(), parts, asking);
}

export interface ProgramWish {
  readonly question: string;
  readonly language: Language;
  readonly examples: readonly Example[];
  readonly inputs: readonly JsonValue[];
}

export async function answerWithProgram(
  { question, language, examples, inputs }: ProgramWish,
  { generation }: AnswerParts,
  asking: AskingAs & { readonly fresh: boolean },
): Promise<Answer> {
  if (examples.length === 0) {
    throw new HapaError(
      "not_enough_examples",
      say`A program is learned from examples and proven on them: give at least two, one “input => output” a line.`,
    );
  }
  const { answer } = await generation.answer(
    { userQuestion: question, language, examples: [...examples], inputs: [...inputs], strategy: "auto" },
    asking,
  );
  const proven = answer.status === "success";
  return {
    markdown: programMarkdown(answer, language, asking.words),
    model: answer.model,
    usage: answer.cached ? null : told(answer.usage),
    cached: answer.cached,
    artifactId: answer.artifact?.id ?? null,
    errorCode: proven ? null : "verification_failed",
    errorMessage: proven ? null : spoken(answer.errorMessage ?? say`No program could be proven.`, asking.words),
  };
}

async function answerInWords(
  question: Question,
  past: readonly PastTurn[],
  { endpoint, metrics }: AnswerParts,
  { listener, tokens, signal }: Asking,
): Promise<Answer> {
  const model = await endpoint("chat");
  if (!model) {
    const message =
      question.command === undefined || question.command === "generate"
        ? say`Without a model, HAPA works from examples: give at least two, one “input => output” a line. To work from words alone, connect a model: ${howToConnect}`
        : say`For /${question.command}, HAPA needs a model: ${howToConnect}`;
    throw new HapaError("model_not_configured", message);
  }
  const { name } = model.settings;
  listener.progress({ stage: "asking", message: say`Asking ${name}`, fraction: undefined });
  await tokens.check();
  const messages = conversationMessages(question, past);
  const { text, usage } = await model.ask(messages, { signal, onText: (piece) => listener.delta(piece) });
  await tokens.spend(tokensUsed(usage, messages, text));
  metrics.modelTokens("prompt", usage?.promptTokens ?? 0);
  metrics.modelTokens("completion", usage?.completionTokens ?? 0);
  if (text.trim() === "") {
    throw new HapaError(
      "model_failed",
      say`The model ${name} answered nothing. Ask in other words, or choose another model.`,
    );
  }
  return { ...inWords(text), model: name, usage: told(usage) };
}

async function validate({ context }: Question, { check }: AnswerParts, { signal, words }: AskingAs): Promise<string> {
  if (!check) throw new HapaError("invalid_request", say`This server does not validate code.`);
  const code = context.filter(({ kind }) => kind !== "problems");
  if (code.length === 0) {
    throw new HapaError("invalid_request", say`There is nothing to validate: select code, or add a file with @.`);
  }
  return describeProblems(code, check, signal, words);
}

function inWords(markdown: string): Answer {
  return {
    markdown,
    model: null,
    usage: null,
    cached: false,
    artifactId: null,
    errorCode: null,
    errorMessage: null,
  };
}

/** No tokens at all: nobody was asked, or did not say. */
function told(usage: Usage | null): Usage | null {
  return usage && usage.promptTokens + usage.completionTokens > 0 ? usage : null;
}

const longProgram = 8_000;

/** A program of many thousand characters (learned weights) is told, not shown: whoever shows the answer can open it. */
function programMarkdown(
  { explanation, generatedCode: code, artifact }: Answered,
  language: Language,
  words: Catalogue,
): string {
  const parts: string[] = [];
  if (explanation) parts.push(explanation);
  if (code.length > longProgram && artifact)
    parts.push(
      spoken(
        say`The program has ${code.length.toLocaleString("en-US")} characters. Open it from the card below.`,
        words,
      ),
    );
  else if (code !== "") parts.push(fenced(code, artifact?.language ?? language));
  return parts.join("\n\n");
}
