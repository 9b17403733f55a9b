/** The host's side of the panel: conversations are kept, opened, edited, deleted with a way back; what goes along is said. */
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import { window, workspace } from "vscode";
import { type FakeModel, startFakeModel } from "../../support/fake-model.ts";
import { closeEditors, done, hapa, openFile, temporaryFolder } from "../support/editors.ts";
import { conversationOf, type PanelHost, panelHost } from "../support/panel.ts";

describe("conversations in the panel", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let model: FakeModel;
  let host: PanelHost;
  before(async function () {
    await hapa();
    folder = await temporaryFolder();
    host = await panelHost(this);
    model = await startFakeModel();
    await done("hapa.chooseModel", { baseUrl: model.baseUrl, name: "scripted-talk" });
  });
  afterEach(async () => {
    await closeEditors();
    model.script({ say: "an answer" });
    host.forget();
  });
  after(async () => {
    host?.dispose();
    await done("hapa.chooseModel", { offline: true });
    await model?.stop();
    await folder.remove();
  });
  const open = async (conversationId: string | null) => {
    const shown = host.next("conversation");
    await host.say({ type: "openConversation", conversationId });
    return shown;
  };
  const list = async (query: string) => {
    const listed = host.next("conversations");
    await host.say({ type: "listConversations", query, cursor: null });
    return (await listed).items;
  };

  it("a question is told as kept, streamed, ended; and the conversation opens again with it", async () => {
    model.script({ say: "An **answer** of several pieces, one after the other." });
    const requestId = await host.ask("What is it?");
    const conversationId = conversationOf(host, requestId);
    const streamed = host.told("delta").map(({ text }) => text);
    assert.ok(streamed.length > 1);
    assert.equal(streamed.join(""), "An **answer** of several pieces, one after the other.");
    const [end] = host.told("showResult");
    assert.deepEqual(end?.summary.usage, { promptTokens: 100, completionTokens: 50, costUsd: null });
    await host.ask("And then?", { conversationId });
    await open(null);
    const { conversation, turns, earlier } = await open(conversationId);
    assert.deepEqual([conversation?.title, conversation?.turns, earlier], ["What is it?", 2, null]);
    assert.deepEqual(
      turns.map(({ question, status }) => [question, status]),
      [
        ["What is it?", "done"],
        ["And then?", "done"],
      ],
    );
  });

  it("edited and sent again, the question takes the place of the old one and of those after it", async () => {
    const first = await host.ask("one");
    const conversationId = conversationOf(host, first);
    const second = await host.ask("two", { conversationId });
    await host.ask("three", { conversationId });
    await host.ask("two, again", { conversationId, replaces: second });
    const { turns } = await open(conversationId);
    assert.deepEqual(
      turns.map(({ question }) => question),
      ["one", "two, again"],
    );
    // What was never kept is replaced by nothing.
    await host.ask("four", { conversationId, replaces: "never-kept" });
    assert.equal((await open(conversationId)).turns.length, 3);
  });

  it("what went along goes along again when a question is asked again, although the editor shows something else", async () => {
    await openFile(join(folder.path, "a.js"), "let a = 1;\nlet b = 2;\nlet c = 3;", 0, 1);
    const first = await host.ask("Why?", { context: ["selection"] });
    const conversationId = conversationOf(host, first);
    await openFile(join(folder.path, "b.js"), "nothing of interest");
    const chips = (await open(conversationId)).turns[0]?.chips ?? [];
    assert.deepEqual([chips[0]?.label, chips[0]?.lines], ["a.js", [1, 2]]);
    await host.ask("Why?", { conversationId, context: chips.map(({ id }) => id), replaces: first });
    assert.match(
      model.requests.at(-1)?.messages.at(-1)?.content ?? "",
      /lines 1 to 2\):\n```javascript\nlet a = 1;\nlet b = 2;\n```$/,
    );
  });

  it("stopped, an answer keeps what had come, and the model is no longer asked", async () => {
    model.script({ say: "word ".repeat(2_000), pauseMs: 20 });
    const cut = model.nextCutOff();
    const begun = host.next("delta");
    const requestId = "to-be-stopped-1";
    const asking = host.ask("slow", { requestId });
    await begun;
    await host.say({ type: "stop", requestId });
    await asking;
    await cut;
    assert.equal(host.told("stopped").length, 1);
  });

  it("opened again in the middle of an answer, it goes on where it is", async () => {
    model.script({ say: "word ".repeat(400), pauseMs: 5 });
    const begun = host.next("delta");
    const requestId = "in-the-middle-1";
    const asking = host.ask("slow", { requestId });
    await begun;
    const conversationId = conversationOf(host, requestId);
    await open(null);
    host.forget();
    const { turns } = await open(conversationId);
    const before = turns[0]?.markdown ?? "";
    assert.equal(turns[0]?.status, "running");
    const from = host.told("delta").length; // Those told after it was shown.
    const shownAt = before.length;
    await asking;
    const after = host
      .told("delta")
      .slice(from)
      .map(({ text }) => text)
      .join("");
    assert.equal(shownAt + after.length, "word ".repeat(400).length);
  });

  it("a failure says what helps; limited, it says how long to wait", async () => {
    model.script({ status: 401 });
    const requestId = await host.ask("who?");
    const [failed] = host.told("failed");
    assert.equal(failed?.requestId, requestId);
    assert.ok(failed.action);
    const { turns } = await open(conversationOf(host, requestId));
    assert.deepEqual([turns[0]?.status, turns[0]?.errorMessage], ["failed", failed.message]);
  });

  it("is found, renamed, deleted and restored; shown when it was deleted, it is shown again", async () => {
    model.script({ say: "배열을 정렬합니다" });
    const conversationId = conversationOf(host, await host.ask("a rare question"));
    assert.deepEqual(
      (await list("배열")).map(({ id }) => id),
      [conversationId],
    );
    await host.say({ type: "renameConversation", conversationId, title: "  A rare title " });
    assert.equal((await list("rare title"))[0]?.title, "A rare title");
    await host.say({ type: "deleteConversation", conversationId });
    assert.equal(host.told("conversationChanged").at(-1)?.deleted, true);
    assert.deepEqual(await list("rare title"), []);
    const shown = host.next("conversation");
    await host.say({ type: "restoreConversation", conversationId });
    assert.equal((await shown).turns.length, 1);
    assert.equal((await list("rare title")).length, 1);
  });

  it("a page that is loaded anew shows the conversation that was open", async () => {
    const conversationId = conversationOf(host, await host.ask("before the reload"));
    const shown = host.next("conversation");
    await host.say({ type: "ready" });
    assert.equal((await shown).conversation?.id, conversationId);
  });

  it("long conversations open at their end, and earlier turns follow", async () => {
    const conversationId = conversationOf(host, await host.ask("question 0"));
    for (let at = 1; at < 33; at++) await host.ask(`question ${at}`, { conversationId });
    const { turns, earlier } = await open(conversationId);
    assert.deepEqual([turns.length, turns.at(-1)?.question], [30, "question 32"]);
    const told = host.next("earlierTurns");
    await host.say({ type: "loadEarlier", conversationId, cursor: earlier ?? "" });
    const before = await told;
    assert.deepEqual(
      [before.turns.map(({ question }) => question), before.earlier],
      [["question 0", "question 1", "question 2"], null],
    );
  });

  it("is exported into an editor as Markdown", async () => {
    const conversationId = conversationOf(host, await host.ask("to be exported"));
    await host.say({ type: "exportConversation", conversationId });
    const document = window.activeTextEditor?.document;
    assert.deepEqual([document?.languageId, document?.isUntitled], ["markdown", true]);
    assert.match(document?.getText() ?? "", /^# to be exported\n/);
  });

  it("a rating is kept, with its comment, and taken back", async () => {
    const requestId = await host.ask("rate me");
    await host.say({ type: "rate", requestId, rating: "down", comment: "too short" });
    const conversationId = conversationOf(host, requestId);
    assert.equal((await open(conversationId)).turns[0]?.rating, "down");
    await host.say({ type: "rate", requestId, rating: null, comment: "" });
    assert.equal((await open(conversationId)).turns[0]?.rating, null);
  });

  it("@ finds files of the workspace by parts of their names, no dependencies, and secrets only by their whole name", async () => {
    const root = workspace.workspaceFolders?.[0]?.uri.fsPath ?? assert.fail();
    await mkdir(join(root, "node_modules"), { recursive: true });
    await writeFile(join(root, "node_modules", "tickets.js"), "");
    await writeFile(join(root, ".env"), "KEY=secret");
    const find = async (query: string) => {
      const told = host.next("files");
      await host.say({ type: "findFiles", query });
      return (await told).chips.map(({ id }) => id);
    };
    assert.deepEqual(await find("TICK"), ["file:tickets.csv"]);
    assert.ok((await find("")).length > 3);
    assert.ok(!(await find("")).includes("file:.env"));
    assert.ok(!(await find("en")).includes("file:.env"));
    assert.deepEqual(await find(".env"), ["file:.env"]);
    // Nobody can be asked in a test window: its text does not go along.
    await host.ask("read these", { context: ["file:.env", "file:README.md"] });
    const asked = model.requests.at(-1)?.messages.at(-1)?.content ?? "";
    assert.ok(asked.includes("README.md") && !asked.includes("KEY=secret"));
  });

  it("a file that is too long goes along in part; one that is gone, or outside of the workspace, is left out", async () => {
    const root = workspace.workspaceFolders?.[0]?.uri.fsPath ?? assert.fail();
    await writeFile(join(root, "long.txt"), "0123456789".repeat(30_000));
    await writeFile(join(root, "..", "outside.txt"), "not of the workspace");
    const outside = ["file:../outside.txt", `file:${join(root, "..", "outside.txt")}`];
    await host.ask("read", { context: ["file:long.txt", "file:not-there.txt", ...outside] });
    const asked = model.requests.at(-1)?.messages.at(-1)?.content ?? "";
    assert.ok(asked.length > 100_000 && asked.length < 101_000, String(asked.length));
    const [chips] = host.told("asked").map((message) => message.chips.map(({ label }) => label));
    assert.deepEqual(chips, ["long.txt"]);
  });

  it("the editor's chips: the selection, the file, its problems", async () => {
    await openFile(join(folder.path, "c.js"), "let a = 1;\n\nlet b = 2;\n", 0, 2);
    const told = host.next("context", ({ context }) => context.fileName === "c.js");
    await host.say({ type: "getContext" });
    const { chips } = (await told).context;
    assert.deepEqual(
      chips.map(({ id, count, lines }) => [id, count, lines]),
      [
        ["selection", 2, [1, 3]],
        ["file", 4, undefined],
      ],
    );
  });

  it("the picker lists models, and says which one answers", async () => {
    const told = host.next("models");
    await host.say({ type: "listModels" });
    const { current, models } = await told;
    assert.equal(models.find(({ id }) => id === current)?.name, "scripted-talk");
  });
});
