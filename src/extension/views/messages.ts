/** Reads messages from the webview. Whatever does not have the form of one is dropped: the page is not trusted. */
import { reviewSides } from "../../contract/review.ts";
import type { Language } from "../../contract/tasks.ts";
import { type FromWebview, panelCommands, slashCommands } from "../../contract/webview.ts";

type Check = (value: unknown) => boolean;

const maxChars = 1_000_000;
const maxChips = 50;
const languages: readonly Language[] = ["javascript", "typescript", "python"];

const text: Check = (value) => typeof value === "string" && value.length <= maxChars;
/** What a person types into a field of one line. */
const line: Check = (value) => typeof value === "string" && value.length <= 2_000;
/** Of a chip: it may hold a path. */
const chip: Check = (value) => typeof value === "string" && value.length > 0 && value.length <= 5_000;
const truth: Check = (value) => typeof value === "boolean";
const id: Check = (value) => typeof value === "string" && /^[\w-]{1,100}$/.test(value);
const cursor: Check = (value) => typeof value === "string" && value.length > 0 && value.length <= 200;
const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && values.includes(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const listOf =
  (check: Check, most: number): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(check);

const forms: { readonly [Type in FromWebview["type"]]: Readonly<Record<string, Check>> } = {
  ready: {},
  ask: {
    requestId: id,
    conversationId: orNull(id),
    command: orNull(oneOf(slashCommands)),
    question: text,
    language: oneOf(languages),
    examples: text,
    context: listOf(chip, maxChips),
    replaces: orNull(id),
  },
  stop: { requestId: id },
  getContext: {},
  findFiles: { query: line },
  listConversations: { query: line, cursor: orNull(cursor) },
  openConversation: { conversationId: orNull(id) },
  loadEarlier: { conversationId: id, cursor },
  renameConversation: { conversationId: id, title: line },
  deleteConversation: { conversationId: id },
  restoreConversation: { conversationId: id },
  exportConversation: { conversationId: id },
  listModels: {},
  chooseModel: { id: orNull(line) },
  rate: { requestId: id, rating: orNull(oneOf(["up", "down"])), comment: text },
  copyCode: { code: text },
  insertCode: { requestId: id, code: text },
  openCode: { code: text, language: text },
  answerDoubt: { requestId: id, input: text, output: text },
  applyProgram: { requestId: id },
  runOnFile: { requestId: id },
  saveTask: { requestId: id },
  getReview: {},
  judge: { id, taskId: id, right: truth, expected: orNull(text) },
  judgeDifference: { id, taskId: id, side: oneOf(reviewSides) },
  runCommand: { command: oneOf(panelCommands) },
};

/** Undefined for anything that is no message. Keys that do not belong are left out. */
export function readMessage(value: unknown): FromWebview | undefined {
  if (typeof value !== "object" || value === null || !("type" in value)) return undefined;
  const { type } = value;
  if (typeof type !== "string" || !Object.hasOwn(forms, type)) return undefined;
  const form = forms[type as FromWebview["type"]];
  const given: Record<string, unknown> = { ...value };
  const message: Record<string, unknown> = { type };
  for (const [name, check] of Object.entries(form)) {
    if (!check(given[name])) return undefined;
    message[name] = given[name];
  }
  return message as FromWebview; // Every field of this type was just checked.
}
