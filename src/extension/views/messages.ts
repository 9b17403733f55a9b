/** Reads messages from the webview. Whatever does not have the form of one is dropped: the page is not trusted. */
import type { Language } from "../../contract/tasks.ts";
import { type FromWebview, panelCommands } from "../../contract/webview.ts";

type Check = (value: unknown) => boolean;

const maxChars = 1_000_000;
const languages: readonly Language[] = ["javascript", "typescript", "python"];

const text: Check = (value) => typeof value === "string" && value.length <= maxChars;
const id: Check = (value) => typeof value === "string" && value.length > 0 && value.length <= 200;
const flag: Check = (value) => typeof value === "boolean";
const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && values.includes(value);

const forms: { readonly [Type in FromWebview["type"]]: Readonly<Record<string, Check>> } = {
  ready: {},
  generateCode: { requestId: id, question: text, language: oneOf(languages), examples: text, includeSelection: flag },
  stop: { requestId: id },
  getContext: {},
  copyCode: { code: text },
  insertCode: { code: text },
  openCode: { code: text, language: text },
  answerDoubt: { requestId: id, input: text, output: text },
  applyProgram: { requestId: id },
  runOnFile: { requestId: id },
  saveTask: { requestId: id },
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
