/** What each message of the panel's page leads to. */
import * as vscode from "vscode";
import type { FromWebview, ToWebview } from "../../contract/webview.ts";
import type { ModelCatalogue } from "../models/catalogue.ts";
import { openText } from "../notify.ts";
import type { Workshop } from "../workshop.ts";
import type { Chips } from "./chips.ts";
import type { Conversation } from "./conversation.ts";
import type { History } from "./history.ts";
import type { ReviewQueue } from "./review.ts";
import type { Session } from "./session.ts";

export interface Hands {
  readonly app: Workshop;
  readonly models: ModelCatalogue;
  readonly session: Session;
  readonly conversation: Conversation;
  readonly history: History;
  readonly chips: Chips;
  readonly review: ReviewQueue;
  readonly post: (message: ToWebview) => void;
}

/** Endpoints that do not answer are not waited for longer than this, in ms. */
const modelsMs = 10_000;

export async function handle(
  message: Exclude<FromWebview, { type: "ready" | "getContext" }>,
  hands: Hands,
): Promise<unknown> {
  const { conversation, history, chips, post } = hands;
  switch (message.type) {
    case "ask":
      return conversation.ask(message);
    case "stop":
      return conversation.stop(message.requestId);
    case "findFiles":
      return post({ type: "files", query: message.query, chips: await chips.files(message.query) });
    case "listConversations":
      return history.list(message.query, message.cursor);
    case "openConversation":
      return history.open(message.conversationId);
    case "loadEarlier":
      return history.loadEarlier(message.conversationId, message.cursor);
    case "renameConversation":
      return history.rename(message.conversationId, message.title);
    case "deleteConversation":
      return history.delete(message.conversationId);
    case "restoreConversation":
      return history.restore(message.conversationId);
    case "exportConversation":
      return history.export(message.conversationId);
    case "listModels":
      return listModels(hands);
    case "chooseModel":
      await hands.models.choose(message.id);
      return listModels(hands);
    case "rate":
      return rate(message, hands);
    case "copyCode":
      return vscode.env.clipboard.writeText(message.code);
    case "insertCode":
      return conversation.insert(message.requestId, message.code);
    case "openCode":
      return openCode(message.code, message.language);
    case "answerDoubt":
      return conversation.answer(message);
    case "applyProgram":
      return conversation.apply(message.requestId);
    case "saveTask":
      return conversation.save(message.requestId);
    case "runOnFile": {
      const { taskId, version } = await conversation.program(message.requestId);
      return vscode.commands.executeCommand("hapa.runOnFile", { task: taskId, version });
    }
    case "getReview":
      return hands.review.list();
    case "judge":
    case "judgeDifference":
      return hands.review.judge(message);
    case "runCommand":
      return vscode.commands.executeCommand(message.command);
  }
}

async function listModels({ models, post }: Hands): Promise<void> {
  const listed = await models.list(AbortSignal.timeout(modelsMs));
  post({ type: "models", current: models.current("chat")?.id ?? null, models: listed });
}

async function rate(
  { requestId, rating, comment }: Extract<FromWebview, { type: "rate" }>,
  { app, post }: Hands,
): Promise<void> {
  const { client } = await app.backend.get();
  const words = comment.trim().slice(0, 10_000);
  const body = { targetType: "turn" as const, targetId: requestId, rating, ...(words ? { comment: words } : {}) };
  await client.call("giveFeedback", { params: {}, body });
  post({ type: "rated", requestId, rating });
}

async function openCode(code: string, language: string): Promise<void> {
  const known = await vscode.languages.getLanguages();
  return openText(code, known.includes(language) ? language : "plaintext");
}
