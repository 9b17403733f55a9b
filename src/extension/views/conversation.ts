/** The questions asked in the panel: each is streamed, may be stopped, and its program is kept for the card's buttons. */
import type { Client } from "../../client/client.ts";
import type { Verification } from "../../contract/artifacts.ts";
import type { GenerateAnswer, GenerateRequest } from "../../contract/generation.ts";
import type { FromWebview, PreviewRow, ProgramResult, ToWebview } from "../../contract/webview.ts";
import { applyProgram } from "../editor/apply-program.ts";
import { currentSnapshot } from "../editor/context.ts";
import { requireSelection, type Snapshot } from "../editor/selection.ts";
import { explain, Notice } from "../errors.ts";
import { describeErrors, parseExamples } from "../examples.ts";
import { textOf } from "../files/format.ts";
import { forRehearsal, type KnownProgram, runProgram } from "../programs.ts";
import { saveTask } from "../save-task.ts";
import type { Workshop } from "../workshop.ts";
import { answerMarkdown } from "./answer-text.ts";

type Ask = Extract<FromWebview, { type: "generateCode" }>;

interface Card {
  readonly program: KnownProgram;
  readonly verification: Verification;
  readonly question: string;
  /** The selection when it was asked. */
  readonly snapshot: Snapshot | undefined;
}

export interface Conversation {
  /** Resolves when the answer, the failure or the stop was told to the panel. */
  ask(message: Ask): Promise<void>;
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

  async function answer(message: Ask, signal: AbortSignal): Promise<void> {
    const { requestId, question } = message;
    const begun = performance.now();
    const snapshot = currentSnapshot(app.previews.inFront());
    const body = requestBody(message, message.includeSelection ? snapshot : undefined);
    const { client } = await app.backend.get();
    const result = await client.stream(
      "generateCode",
      { params: {}, body },
      {
        onDelta: (text) => post({ type: "delta", requestId, text }),
        onProgress: (progress) => post({ type: "progress", requestId, progress }),
      },
      { signal },
    );
    const { artifact, verification } = result;
    if (artifact && verification?.passed) keep(requestId, { program: artifact, verification, question, snapshot });
    const program = await cardResult(client, result, snapshot, signal);
    post({
      type: "showResult",
      requestId,
      markdown: answerMarkdown(result, message.language),
      model: result.model,
      usage: result.usage,
      cached: result.cached,
      elapsedMs: performance.now() - begun,
      ...(program ? { program } : {}),
      ...(result.status === "error" ? { errorMessage: result.errorMessage ?? "No program could be proven." } : {}),
    });
  }

  return {
    async ask(message) {
      const { requestId } = message;
      const controller = new AbortController();
      open.set(requestId, controller);
      try {
        await answer(message, controller.signal);
      } catch (error) {
        const { message: why, action, stopped } = explain(error);
        if (stopped || controller.signal.aborted) return post({ type: "stopped", requestId });
        app.log.error(`The question failed: ${why}`);
        post({ type: "failed", requestId, message: why, ...(action ? { action } : {}) });
      } finally {
        open.delete(requestId);
        app.backend.tell();
      }
    },
    stop: (requestId) => open.get(requestId)?.abort(),
    async apply(requestId) {
      const { program, verification, snapshot } = cardOf(requestId);
      await applyProgram(app, {
        program,
        verification,
        snapshot: snapshot && snapshot.lines.length > 0 ? snapshot : requireSelection(app.previews.inFront()),
        onApplied: (lines) =>
          post({ type: "programState", requestId, state: "applied", label: `Applied to ${lines} lines` }),
      });
    },
    async save(requestId) {
      const { program, question } = cardOf(requestId);
      const name = await saveTask(app, program.taskId, question.slice(0, 80));
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
  const lines = selection?.lines.map(({ text }) => text) ?? [];
  const question = { userQuestion: message.question, language: message.language, strategy: "auto" as const };
  if (examples.length > 0) return { ...question, examples: [...examples], inputs: forRehearsal(lines) };
  return lines.length > 0 ? { ...question, codeContext: lines.join("\n").slice(0, maxContextChars) } : question;
}

/** What the card shows: a proven program also on the first selected lines. */
async function cardResult(
  client: Client,
  { artifact, verification }: GenerateAnswer,
  snapshot: Snapshot | undefined,
  signal: AbortSignal,
): Promise<ProgramResult | undefined> {
  if (!artifact || !verification) return undefined;
  const lines = snapshot?.lines ?? [];
  const inputs = verification.passed ? lines.slice(0, maxPreviewRows).map(({ text }) => text) : [];
  const outcomes = await runProgram(client, artifact, inputs, { log: false, signal });
  const preview = outcomes.map((outcome, at): PreviewRow => {
    const input = inputs[at] ?? "";
    return outcome.ok ? { input, output: textOf(outcome.output) } : { input, output: null, error: outcome.error };
  });
  return { artifact, verification, preview, selectedCount: lines.length };
}
