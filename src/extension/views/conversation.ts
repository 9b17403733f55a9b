/** Questions of the panel: each is kept, streamed, may be stopped, and what its answer's buttons need is remembered. */
import * as vscode from "vscode";
import type { Client } from "../../client/client.ts";
import type { ContextItem, ConversationTurn, Question } from "../../contract/conversations.ts";
import type { Progress } from "../../contract/generation.ts";
import { spoken } from "../../contract/say.ts";
import type { FromWebview, ToWebview } from "../../contract/webview.ts";
import { doubtsAbout, oddExamples } from "../doubts.ts";
import { applyProgram } from "../editor/apply-program.ts";
import { attach, type Sources, selectionItem } from "../editor/attachments.ts";
import { currentPlace, type Place } from "../editor/place.ts";
import { requireSelection, type Snapshot } from "../editor/selection.ts";
import type { Targets } from "../editor/target.ts";
import { explain, Notice, retryAfterMs } from "../errors.ts";
import { describeErrors, formatExamples, parseExamples } from "../examples.ts";
import { inWords } from "../in-words.ts";
import { openText } from "../notify.ts";
import { forRehearsal, type KnownProgram } from "../programs.ts";
import { saveTask } from "../save-task.ts";
import type { Workshop } from "../workshop.ts";
import { createAskedPlaces, linesToChange } from "./asked.ts";
import { cardResult, linesOf } from "./card.ts";
import { type Inserted, insertCode } from "./insert.ts";
import { conversationItem, keptChip, summaryOf } from "./kept.ts";
import type { Session } from "./session.ts";

type Ask = Extract<FromWebview, { type: "ask" }>;
type AnswerDoubt = Extract<FromWebview, { type: "answerDoubt" }>;

export interface Conversation {
  /** Resolves when the answer, the failure or the stop was told to the panel. */
  ask(message: Ask): Promise<void>;
  /** Makes a card's program again with one more example; resolves as `ask`. Where that fails, the card stays as it was. */
  answer(message: AnswerDoubt): Promise<void>;
  stop(requestId: string): void;
  insert(requestId: string, code: string): Promise<Inserted>;
  /** @throws Notice where the answer has no program (any more), or its lines are not there any more. */
  apply(requestId: string): Promise<void>;
  save(requestId: string): Promise<void>;
  program(requestId: string): Promise<KnownProgram>;
  /** What has come so far of an answer that is under way. */
  running(requestId: string): string | undefined;
}

interface Parts {
  readonly app: Workshop;
  readonly session: Session;
  readonly targets: Targets;
  readonly post: (message: ToWebview) => void;
  /** Where chips lead that are neither of the editor nor of an earlier question. */
  readonly find: (id: string) => Promise<Place | vscode.Uri | undefined>;
}

export function createConversation({ app, session, targets, post, find }: Parts): Conversation {
  /** Of an answer that is made again, nothing is shown before it is whole. */
  const open = new Map<string, { readonly controller: AbortController; text: string | undefined }>();

  const turnOf = async (requestId: string): Promise<ConversationTurn> => {
    const id = session.conversationOf(requestId);
    if (id === undefined) throw new Notice(vscode.l10n.t("This answer was not kept. Ask again to use it."));
    const { client } = await app.backend.get();
    return client.call("getTurn", { params: { id, turnId: requestId } });
  };
  const programOf = async (requestId: string) => {
    const turn = await turnOf(requestId);
    if (turn.artifact?.verification.passed) return { turn, artifact: turn.artifact };
    throw new Notice(vscode.l10n.t("This answer has no proven program. Ask again to get one."));
  };
  const places = createAskedPlaces(targets, session, turnOf);

  /** Has the panel hear of the end, however it comes, and Stop reach the work. */
  async function attend(
    requestId: string,
    text: string | undefined,
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    if (open.has(requestId)) return; // A button pressed twice.
    const controller = new AbortController();
    open.set(requestId, { controller, text });
    try {
      await work(controller.signal);
    } catch (error) {
      const { message, action, stopped } = explain(error);
      if (stopped || controller.signal.aborted) return post({ type: "stopped", requestId });
      app.log.error(`The question failed: ${spoken(message)}`);
      const wait = retryAfterMs(error);
      const more = {
        ...(action ? { action: { label: inWords(action.label), command: action.command } } : {}),
        ...(wait === undefined ? {} : { retryAfterMs: wait }),
      };
      post({ type: "failed", requestId, message: inWords(message), ...more });
    } finally {
      open.delete(requestId);
      app.backend.tell();
    }
  }

  const showEnd = async (
    client: Client,
    turn: ConversationTurn,
    snapshot: Snapshot | undefined,
    signal: AbortSignal,
    more: boolean,
  ) => {
    const program = await cardResult(client, turn, snapshot, signal);
    post({
      type: "showResult",
      requestId: turn.id,
      markdown: turn.markdown,
      summary: summaryOf(turn) ?? { model: "HAPA", usage: null, cached: false, elapsedMs: turn.elapsedMs ?? 0 },
      checks: turn.checks,
      ...(program ? { program } : {}),
      ...(more ? { examples: formatExamples(turn.examples) } : {}),
      ...(turn.errorMessage === null ? {} : { errorMessage: turn.errorMessage }),
    });
  };

  /** Tells of a conversation whose title, length or time is another by now. */
  const tellOf = async (client: Client, id: string): Promise<void> => {
    const conversation = await client.call("getConversation", { params: { id } });
    if (!conversation.deleted)
      post({ type: "conversationChanged", conversation: conversationItem(conversation), deleted: false });
  };

  async function ask(message: Ask, editor: Sources["editor"], signal: AbortSignal): Promise<void> {
    const { requestId } = message;
    const shown = session.current();
    const examples = readExamples(message);
    const { client } = await app.backend.get();
    const found = await Promise.all(message.context.map(find));
    const about = found.find((one) => one !== undefined && "document" in one);
    const { snapshot } = await places.settle(message, about as Place | undefined);
    const { items, notices } = await attach(message.context, {
      editor,
      find: async (id) => found[message.context.indexOf(id)] ?? keptItem(client, session, id),
    });
    for (const notice of notices) void vscode.window.showWarningMessage(notice);
    const replaces =
      message.replaces !== null && session.conversationOf(message.replaces) ? message.replaces : undefined;
    const body: Question = {
      id: requestId,
      ...(message.command === null ? {} : { command: message.command }),
      question: message.question.trim(),
      language: message.language,
      examples: [...examples],
      // With examples, the selected lines are rehearsed on and never sent to a model; without, they are the context.
      inputs: examples.length > 0 ? forRehearsal(snapshot ? linesOf(snapshot) : []) : [],
      context: [...items],
      ...(replaces === undefined ? {} : { replaces }),
    };
    const begin = () => client.call("createConversation", { params: {}, body: {} });
    const id = message.conversationId ?? (await begin()).id;
    let isKept = false;
    const keep = (): void => {
      isKept = true;
      session.keep(requestId, id);
      // Unless another one was opened meanwhile.
      if (session.current() === shown) session.show(id);
      post({
        type: "asked",
        requestId,
        conversationId: id,
        chips: items.map((item, at) => keptChip(requestId, item, at)),
      });
      tellOf(client, id).catch((error: unknown) => app.log.error("A conversation's name is not known.", error));
    };
    const handlers = {
      onProgress(progress: Progress): void {
        if (!isKept) keep(); // The first progress says that it is.
        post({ type: "progress", requestId, progress });
      },
      onDelta(text: string): void {
        const one = open.get(requestId);
        if (one?.text !== undefined) one.text += text;
        post({ type: "delta", requestId, text });
      },
    };
    const turn = await client.stream("ask", { params: { id }, body }, handlers, { signal });
    await showEnd(client, turn, snapshot, signal, false);
  }

  return {
    ask(message) {
      // Before anything is waited for: the person goes on working.
      const place = currentPlace(app.previews.inFront());
      const selection = place && message.context.includes("selection") ? selectionItem(place) : undefined;
      places.take(message, place);
      return attend(message.requestId, "", (signal) => ask(message, { place, selection }, signal));
    },
    answer: ({ requestId, input, output }) =>
      attend(requestId, undefined, async (signal) => {
        const id = session.conversationOf(requestId);
        if (id === undefined) throw new Notice(vscode.l10n.t("This answer was not kept. Ask again to use it."));
        const { client } = await app.backend.get();
        const snapshot = places.snapshot(requestId);
        const inputs = forRehearsal(snapshot ? linesOf(snapshot) : []);
        const onProgress = (progress: Progress): void => post({ type: "progress", requestId, progress });
        const call = { params: { id, turnId: requestId }, body: { input, output, inputs } };
        const turn = await client.stream("addTurnExample", call, { onProgress }, { signal });
        await showEnd(client, turn, snapshot, signal, true);
      }),
    stop: (requestId) => open.get(requestId)?.controller.abort(),
    running: (requestId) => open.get(requestId)?.text,
    async insert(requestId, code) {
      const at = await places.find(requestId);
      if (at && !at.insertion) {
        await openText(code, "plaintext");
        return "opened";
      }
      return insertCode(code, at?.insertion);
    },
    async apply(requestId) {
      const { turn, artifact } = await programOf(requestId);
      const { verification } = artifact;
      const snapshot = await linesToChange(await places.find(requestId), () =>
        requireSelection(app.previews.inFront()),
      );
      await applyProgram(app, {
        program: artifact,
        verification,
        snapshot,
        doubts: doubtsAbout(linesOf(snapshot), verification),
        oddExamples: oddExamples(turn.examples, verification),
        onApplied: (lines) =>
          post({
            type: "programState",
            requestId,
            state: "applied",
            label: vscode.l10n.t("Applied to {0} lines", lines),
          }),
      });
    },
    async save(requestId) {
      const { turn, artifact } = await programOf(requestId);
      const name = await saveTask(app, artifact.taskId, turn.question.slice(0, 80));
      if (name !== undefined)
        post({ type: "programState", requestId, state: "saved", label: vscode.l10n.t("Saved as “{0}”", name) });
    },
    program: async (requestId) => (await programOf(requestId)).artifact,
  };
}

function readExamples(message: Ask) {
  const { examples, errors } = parseExamples(message.examples);
  if (errors.length > 0) throw new Notice(describeErrors(errors));
  return examples;
}

/** Something that went along with an earlier question goes along again. */
async function keptItem(client: Client, session: Session, chipId: string): Promise<ContextItem | undefined> {
  const [, turnId, index] = /^kept:(.+):(\d+)$/.exec(chipId) ?? [];
  const id = turnId === undefined ? undefined : session.conversationOf(turnId);
  if (turnId === undefined || id === undefined) return undefined;
  const turn = await client.call("getTurn", { params: { id, turnId } });
  return turn.context[Number(index)];
}
