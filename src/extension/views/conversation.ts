/** The questions asked in the panel: each is streamed, may be stopped, and its program is kept for the card's buttons. */
import type { Client } from "../../client/client.ts";
import type { Verification } from "../../contract/artifacts.ts";
import type { GenerateAnswer, GenerateRequest } from "../../contract/generation.ts";
import type { FromWebview, PreviewRow, ProgramResult, ToWebview } from "../../contract/webview.ts";
import { doubtsAbout, oddExamples } from "../doubts.ts";
import { applyProgram } from "../editor/apply-program.ts";
import { currentSnapshot } from "../editor/context.ts";
import { requireSelection, type Snapshot } from "../editor/selection.ts";
import { explain, Notice } from "../errors.ts";
import { describeErrors, formatExamples, parseExamples } from "../examples.ts";
import { textOf } from "../files/format.ts";
import { forRehearsal, type KnownProgram, runProgram } from "../programs.ts";
import { saveTask } from "../save-task.ts";
import type { Workshop } from "../workshop.ts";
import { answerMarkdown } from "./answer-text.ts";

type Ask = Extract<FromWebview, { type: "generateCode" }>;
type AnswerDoubt = Extract<FromWebview, { type: "answerDoubt" }>;

/** What was asked; with one more example it can be asked again. */
interface Asked {
  readonly requestId: string;
  readonly body: GenerateRequest;
  /** The selection when it was asked. */
  readonly snapshot: Snapshot | undefined;
}

interface Card {
  readonly program: KnownProgram;
  readonly verification: Verification;
  readonly asked: Asked;
}

export interface Conversation {
  /** Resolves when the answer, the failure or the stop was told to the panel. */
  ask(message: Ask): Promise<void>;
  /** Makes a card's program again with one more example; resolves as `ask`. Where that fails, the card stays as it was. */
  answer(message: AnswerDoubt): Promise<void>;
  stop(requestId: string): void;
  /** @throws Notice where the card is older than this window. */
  apply(requestId: string): Promise<void>;
  save(requestId: string): Promise<void>;
  program(requestId: string): KnownProgram;
  stopAll(): void;
}

const maxPreviewRows = 50;
const maxContextChars = 200_000;
const maxCards = 50;

export function createConversation(app: Workshop, post: (message: ToWebview) => void): Conversation {
  const open = new Map<string, AbortController>();
  const cards = new Map<string, Card>();

  const keep = (requestId: string, card: Card): void => {
    cards.set(requestId, card);
    const oldest = cards.keys().next().value;
    if (cards.size > maxCards && oldest !== undefined) cards.delete(oldest);
  };
  const cardOf = (requestId: string): Card => {
    const card = cards.get(requestId);
    if (!card) throw new Notice("This answer is from before the window was reloaded. Ask again to use its program.");
    return card;
  };

  /** @param more the program of a card is made again: only a proven one takes its place */
  async function generate(asked: Asked, signal: AbortSignal, more = false): Promise<void> {
    const { requestId, body } = asked;
    const begun = performance.now();
    const { client } = await app.backend.get();
    const result = await client.stream(
      "generateCode",
      { params: {}, body },
      {
        onDelta: (text) => (more ? undefined : post({ type: "delta", requestId, text })),
        onProgress: (progress) => post({ type: "progress", requestId, progress }),
      },
      { signal },
    );
    const { artifact, verification } = result;
    if (more && !verification?.passed) throw new Notice(result.errorMessage ?? "No program could be proven.");
    if (artifact && verification?.passed) keep(requestId, { program: artifact, verification, asked });
    const program = await cardResult(client, result, asked, signal);
    post({
      type: "showResult",
      requestId,
      markdown: answerMarkdown(result, body.language),
      model: result.model,
      usage: result.usage,
      cached: result.cached,
      elapsedMs: performance.now() - begun,
      ...(program ? { program } : {}),
      ...(more ? { examples: formatExamples(body.examples ?? []) } : {}),
      ...(result.status === "error" ? { errorMessage: result.errorMessage ?? "No program could be proven." } : {}),
    });
  }

  /** Has the panel hear of the end, however it comes, and Stop reach the work. */
  async function attend(requestId: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (open.has(requestId)) return; // A button pressed twice.
    const controller = new AbortController();
    open.set(requestId, controller);
    try {
      await work(controller.signal);
    } catch (error) {
      const { message: why, action, stopped } = explain(error);
      if (stopped || controller.signal.aborted) return post({ type: "stopped", requestId });
      app.log.error(`The question failed: ${why}`);
      post({ type: "failed", requestId, message: why, ...(action ? { action } : {}) });
    } finally {
      open.delete(requestId);
      app.backend.tell();
    }
  }

  return {
    ask: (message) =>
      attend(message.requestId, async (signal) => {
        const { requestId } = message;
        const snapshot = currentSnapshot(app.previews.inFront());
        const body = requestBody(message, message.includeSelection ? snapshot : undefined);
        await generate({ requestId, body, snapshot }, signal);
      }),
    answer: ({ requestId, input, output }) =>
      attend(requestId, async (signal) => {
        const { asked } = cardOf(requestId);
        const examples = [...(asked.body.examples ?? []), { input, output }];
        await generate({ ...asked, body: { ...asked.body, examples } }, signal, true);
      }),
    stop: (requestId) => open.get(requestId)?.abort(),
    async apply(requestId) {
      const { program, verification, asked } = cardOf(requestId);
      const { snapshot } = asked;
      const chosen = snapshot && snapshot.lines.length > 0 ? snapshot : requireSelection(app.previews.inFront());
      await applyProgram(app, {
        program,
        verification,
        snapshot: chosen,
        doubts: doubtsAbout(linesOf(chosen), verification),
        oddExamples: oddExamples(asked.body.examples ?? [], verification),
        onApplied: (lines) =>
          post({ type: "programState", requestId, state: "applied", label: `Applied to ${lines} lines` }),
      });
    },
    async save(requestId) {
      const { program, asked } = cardOf(requestId);
      const name = await saveTask(app, program.taskId, asked.body.userQuestion.slice(0, 80));
      if (name !== undefined) post({ type: "programState", requestId, state: "saved", label: `Saved as “${name}”` });
    },
    program: (requestId) => cardOf(requestId).program,
    stopAll: () => {
      for (const controller of open.values()) controller.abort();
    },
  };
}

/** With examples, the selected lines are rehearsed on and never sent to a model; without, they are the context of the question. */
function requestBody(message: Ask, selection: Snapshot | undefined): GenerateRequest {
  const { examples, errors } = parseExamples(message.examples);
  if (errors.length > 0) throw new Notice(describeErrors(errors));
  const lines = linesOf(selection);
  const question = { userQuestion: message.question, language: message.language, strategy: "auto" as const };
  if (examples.length > 0) return { ...question, examples: [...examples], inputs: forRehearsal(lines) };
  return lines.length > 0 ? { ...question, codeContext: lines.join("\n").slice(0, maxContextChars) } : question;
}

/** What the card shows: a proven program also on the first selected lines. */
async function cardResult(
  client: Client,
  { artifact, verification }: GenerateAnswer,
  { body, snapshot }: Asked,
  signal: AbortSignal,
): Promise<ProgramResult | undefined> {
  if (!artifact || !verification) return undefined;
  const lines = linesOf(snapshot);
  const inputs = verification.passed ? lines.slice(0, maxPreviewRows) : [];
  const outcomes = await runProgram(client, artifact, inputs, { log: false, signal });
  const preview = outcomes.map((outcome, at): PreviewRow => {
    const input = inputs[at] ?? "";
    return outcome.ok ? { input, output: textOf(outcome.output) } : { input, output: null, error: outcome.error };
  });
  return {
    artifact,
    verification,
    preview,
    selectedCount: lines.length,
    doubts: doubtsAbout(lines, verification),
    oddExamples: oddExamples(body.examples ?? [], verification),
  };
}

function linesOf(snapshot: Snapshot | undefined): string[] {
  return snapshot?.lines.map(({ text }) => text) ?? [];
}
