/** Every state the panel can be in, each shown the way a person and the host bring it about. */
import type { Chip } from "../../../src/contract/webview.ts";
import type { PanelPage } from "./panel-page.ts";
import { artifact, code, doubtfulProgram, item, kept, program, resultFor, wrongProof } from "./samples.ts";

export interface Face {
  readonly name: string;
  /** From a panel that is ready, offline, with twelve lines selected. */
  readonly show: (panel: PanelPage) => Promise<void>;
}

const model = { type: "backend", backend: { state: "ready", model: "qwen3-coder" } } as const;
const usage = { promptTokens: 310, completionTokens: 102, costUsd: 0.0003 };
const summary = { model: "qwen3-coder", usage, cached: false, elapsedMs: 2_140 };
export const explanation = `Split each line, **then** join it, as \`split\` and [the docs](https://example.com/docs) have it:

\`\`\`javascript
${code}
\`\`\`

| step | what |
| --- | --- |
| 1 | split |

1. one pass
2. no dependency

> Names with two commas are left alone.

\`\`\`python
print("checked, too")
\`\`\``;

const title = "Make an e-mail address from each name";
const conversations = [
  item("c1", title, 3),
  item("c2", "설명해 주세요: 이 코드는 무엇을 하나요", 12),
  item("c3", "Sort the tickets by their urgency and tell me which of them are about the same thing"),
];
export const files: readonly Chip[] = ["src/parse.ts", "test/parse.test.ts"].map((path) => ({
  ...{ id: `file:${path}`, kind: "file", label: path.split("/").at(-1) ?? "", path, count: 120 },
}));

async function answered(panel: PanelPage): Promise<string> {
  await panel.send(model);
  const requestId = await panel.ask("Parse these lines");
  const checks = [
    { block: 0, errors: 0, warnings: 0, issues: [] },
    { block: 1, errors: 2, warnings: 1, issues: ["line 1: 'os' is imported but unused", "line 3: invalid syntax"] },
  ];
  await panel.send(resultFor(requestId, { markdown: explanation, summary, checks }));
  await panel.text(panel.words.checkedClean).waitFor();
  return requestId;
}

async function failed(panel: PanelPage, more: { retryAfterMs?: number }): Promise<void> {
  await panel.send(model);
  const requestId = await panel.ask("Summarise");
  const message = "The provider refused the key. Set another one, or choose a model that runs on this computer.";
  const action = { label: panel.words.setApiKey, command: "hapa.setApiKey" } as const;
  await panel.send({ type: "failed", requestId, message, ...(more.retryAfterMs ? more : { action }) });
  await panel.text(message).waitFor();
}

async function history(panel: PanelPage): Promise<void> {
  await panel.button(panel.words.history).click();
  await panel.waitFor("listConversations");
  await panel.send({ type: "conversations", query: "", items: conversations, cursor: null, first: true });
  await panel.text("Make an e-mail address").waitFor();
}

export const faces: readonly Face[] = [
  { name: "empty-offline", show: (panel) => panel.text(panel.words.noModelTitle).waitFor() },
  {
    name: "empty-with-model",
    show: async (panel) => {
      await panel.send(model);
      await panel.button(panel.words.modelPicker("qwen3-coder")).waitFor();
    },
  },
  {
    name: "starting",
    show: async (panel) => {
      await panel.send({ type: "backend", backend: { state: "starting", model: null } });
      await panel.text(panel.words.backendStarting).waitFor({ state: "attached" });
    },
  },
  {
    name: "backend-failed",
    show: async (panel) => {
      const message = "The data folder is read-only.";
      await panel.send({ type: "backend", backend: { state: "failed", model: null, message } });
      await panel.text(message).waitFor();
    },
  },
  {
    name: "composing",
    show: async (panel) => {
      await panel.button(panel.words.addChip(panel.words.problems(3))).click();
      await panel.button(panel.words.examples).click();
      await panel.page.getByRole("textbox", { name: panel.words.examplesLabel }).fill("Lovelace, Ada => Ada\nHopper");
      await panel.question().fill("/transform ");
      await panel.question().pressSequentially("first names only");
      await panel.text(panel.words.examplesWithoutArrow(2)).waitFor();
    },
  },
  {
    name: "commands",
    show: async (panel) => {
      await panel.question().pressSequentially("/");
      await panel.page.getByRole("option", { name: "/explain" }).waitFor();
      await panel.question().press("ArrowDown");
    },
  },
  {
    name: "files",
    show: async (panel) => {
      await panel.question().pressSequentially("Like @par");
      await panel.waitFor("findFiles");
      await panel.send({ type: "files", query: "par", chips: files });
      await panel.page.getByRole("option", { name: "parse.test.ts" }).waitFor();
    },
  },
  {
    name: "model-menu",
    show: async (panel) => {
      await panel.button(panel.words.modelPicker(panel.words.offlineChoice)).click();
      const models = [
        { id: "a", name: "qwen3-coder:30b", provider: "Ollama on this computer" },
        { id: "b", name: "gpt-5.2-codex-with-a-very-long-name", provider: "api.openai.com" },
      ];
      await panel.send({ type: "models", current: null, models });
      await panel.page.getByRole("menuitemradio", { name: /qwen3/ }).waitFor();
    },
  },
  {
    name: "more-menu",
    show: async (panel) => {
      await panel.send({ type: "conversation", conversation: item("c1", "Names"), turns: [kept("1")], earlier: null });
      await panel.button(panel.words.more).click();
      await panel.page.getByRole("menuitem", { name: panel.words.deleteConversation }).waitFor();
    },
  },
  { name: "history", show: history },
  {
    name: "history-renaming",
    show: async (panel) => {
      await history(panel);
      await panel.page.getByRole("button", { name: new RegExp(`^${title}`) }).press("F2");
      await panel.page.getByRole("textbox", { name: panel.words.renameLabel(title) }).waitFor();
    },
  },
  {
    name: "history-deleted",
    show: async (panel) => {
      await history(panel);
      const [conversation = item("c1", "Names")] = conversations;
      await panel.send({ type: "conversationChanged", conversation, deleted: true });
      await panel.button(panel.words.undo).waitFor();
    },
  },
  {
    name: "history-nothing",
    show: async (panel) => {
      await history(panel);
      await panel.page.getByRole("searchbox").fill("zebra");
      await panel.waitFor("listConversations", 2);
      await panel.send({ type: "conversations", query: "zebra", items: [], cursor: null, first: true });
      await panel.text(panel.words.noMatches("zebra")).waitFor();
    },
  },
  {
    name: "working",
    show: async (panel) => {
      const requestId = await panel.ask("Make e-mail addresses");
      const progress = { stage: "verifying", message: "3 of 5", fraction: 0.6 } as const;
      await panel.send({ type: "progress", requestId, progress });
      await panel.text("3 of 5").waitFor();
    },
  },
  {
    name: "streaming",
    show: async (panel) => {
      await panel.send(model);
      const requestId = await panel.ask("Parse these lines");
      await panel.send({ type: "delta", requestId, text: explanation.slice(0, 300) });
      await panel.text("then").waitFor();
    },
  },
  {
    name: "answered",
    show: async (panel) => {
      await answered(panel);
      await panel.text(panel.words.checkedBoth(2, 1)).click();
      await panel.text("invalid syntax").waitFor();
    },
  },
  {
    name: "rated",
    show: async (panel) => {
      await answered(panel);
      await panel.button(panel.words.rateDown).click();
      await panel.page.getByRole("textbox", { name: panel.words.commentDown }).fill("It drops the middle names.");
    },
  },
  {
    name: "editing",
    show: async (panel) => {
      const turns = [kept("1", { examples: "a => b" }), kept("2"), kept("3")];
      await panel.send({ type: "conversation", conversation: item("c1", "Names", 3), turns, earlier: null });
      await panel.button(panel.words.editQuestion).first().click();
      await panel.text(panel.words.editDrops(2)).waitFor();
    },
  },
  { name: "failed", show: (panel) => failed(panel, {}) },
  { name: "limited", show: (panel) => failed(panel, { retryAfterMs: 95_000 }) },
  {
    name: "stopped-and-interrupted",
    show: async (panel) => {
      const turns = [
        kept("1", { status: "stopped", markdown: "Half an", summary: null }),
        kept("2", { status: "interrupted", markdown: "Another half", summary: null, command: "explain" }),
      ];
      await panel.send({ type: "conversation", conversation: item("c1", "Names", 2), turns, earlier: null });
      await panel.text(panel.words.interrupted).waitFor();
    },
  },
  {
    name: "card",
    show: async (panel) => {
      const requestId = await panel.ask("Make e-mail addresses");
      await panel.send(resultFor(requestId, { program: { ...doubtfulProgram, oddExamples: ["Prince => zz"] } }));
      await panel.send({ type: "programState", requestId, state: "applied", label: "Applied to 12 lines" });
      await panel.text("Applied to 12 lines").waitFor();
      await panel.text(panel.words.showCode).click();
    },
  },
  {
    name: "card-unproven",
    show: async (panel) => {
      const requestId = await panel.ask("Make e-mail addresses");
      const wrong = { ...program, artifact: { ...artifact, verification: wrongProof }, verification: wrongProof };
      await panel.send(resultFor(requestId, { program: wrong, errorMessage: "One example still fails." }));
      await panel.text(panel.words.notProven(wrongProof)).waitFor();
    },
  },
];
