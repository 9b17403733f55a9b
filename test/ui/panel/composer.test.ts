/** The composer in a real Chromium: what goes along, commands, files, models, and the keys people expect. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { files } from "./faces.ts";
import { context, openReady, openStage, type PanelPage, type PanelStage } from "./panel-page.ts";
import { item, kept, resultFor } from "./samples.ts";

describe("composer in the panel", function () {
  this.timeout(20_000);
  let stage: PanelStage;
  let panel: PanelPage;

  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  beforeEach(async () => {
    panel = await openReady(stage);
    await panel.question().focus();
  });
  afterEach(async () => {
    assert.deepEqual(panel.problems, []);
    assert.deepEqual(panel.foreignRequests, []);
    await panel.close();
  });

  const keyboard = () => panel.page.keyboard;
  const option = (name: string | RegExp) => panel.page.getByRole("option", { name });
  const focused = (): Promise<string> =>
    panel.page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");
  const named = (): Promise<string | null> =>
    panel.page.evaluate(
      "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent ?? null",
    );
  const asked = async () => {
    const message = await panel.waitFor("ask");
    return [message.command, message.question, message.context];
  };

  it("file and problems go along by a click", async () => {
    await panel.button("Add names.txt").click();
    await panel.button("Add 3 problems").click();
    await panel.ask("What is wrong here?");
    assert.deepEqual((await panel.waitFor("ask")).context, ["selection", "file", "problems"]);
  });

  it("chips are one tab stop: arrows move, Delete leaves out, and the focus goes on", async () => {
    await keyboard().press("Shift+Tab");
    assert.equal(await focused(), "Add a file");
    await keyboard().press("ArrowRight");
    assert.equal(await focused(), "Leave out names.txt · 12 lines");
    await keyboard().press("Delete");
    await panel.button("Add names.txt · 12 lines").waitFor();
    assert.match(await focused(), /^Add names\.txt/);
    await keyboard().press("End");
    assert.equal(await focused(), "Add 3 problems");
    await keyboard().press("Tab");
    assert.equal(await focused(), "Question");
    await panel.ask("Nothing of mine");
    assert.deepEqual((await panel.waitFor("ask")).context, []);
  });

  it("the selection follows the editor", async () => {
    const [selection, ...others] = context.chips;
    assert.ok(selection);
    const chips = [{ ...selection, label: "other.ts", count: 1 }, ...others];
    await panel.send({ type: "context", context: { ...context, fileName: "other.ts", selectedLines: ["x"], chips } });
    await panel.text("other.ts · 1 line").waitFor();
  });

  it("/ lists the commands; letters narrow it, the arrows are read out, Enter takes one without sending", async () => {
    await keyboard().type("/");
    await option(/^\/generate/).waitFor();
    assert.equal(await panel.page.getByRole("listbox", { name: "Commands" }).getByRole("option").count(), 7);
    await keyboard().press("ArrowDown");
    assert.match(String(await named()), /^\/transform/);
    await keyboard().press("ArrowUp");
    await keyboard().press("ArrowUp");
    assert.match(String(await named()), /^\/validate/);
    await keyboard().type("ex");
    assert.match(String(await named()), /^\/explain/);
    await keyboard().press("Enter");
    await panel.button("Remove /explain").waitFor();
    assert.equal(await panel.question().inputValue(), "");
    assert.equal(await focused(), "Question");
    await keyboard().type("the loop");
    await keyboard().press("Enter");
    assert.deepEqual(await asked(), ["explain", "the loop", ["selection"]]);
  });

  it("a command typed with a space is taken; Backspace at the beginning gives it up", async () => {
    await keyboard().type("/fix ");
    await panel.button("Remove /fix").waitFor();
    await keyboard().type("it");
    assert.equal(await panel.question().inputValue(), "it");
    await keyboard().press("Home");
    await keyboard().press("Backspace");
    await panel.button("Remove /fix").waitFor({ state: "detached" });
    await keyboard().press("Enter");
    assert.deepEqual(await asked(), [null, "it", ["selection"]]);
  });

  it("a command alone can be asked, and one that needs a model or code says so before", async () => {
    await keyboard().type("/docs ");
    await panel.text("/docs needs a model: choose one below.").waitFor();
    await panel.send({ type: "backend", backend: { state: "ready", model: "qwen3-coder" } });
    await panel.button("Leave out names.txt · 12 lines").click();
    await panel.text("/docs works on code: select some, or add a file with @.").waitFor();
    await panel.question().press("Enter");
    assert.deepEqual(await asked(), ["docs", "Write documentation for this code", []]);
  });

  it("a path at the beginning is no command, and Escape closes the list without stopping anything", async () => {
    await keyboard().type("/");
    await keyboard().press("Escape");
    await option(/^\/generate/).waitFor({ state: "detached" });
    await keyboard().type("etc/hosts to JSON");
    await keyboard().press("Enter");
    assert.deepEqual(await asked(), [null, "/etc/hosts to JSON", ["selection"]]);
    assert.equal((await panel.posted()).filter(({ type }) => type === "stop").length, 0);
  });

  it("@ finds a file: what was typed for it goes, the file goes along, and can be left out", async () => {
    await keyboard().type("Like @par");
    for (let n = 1; (await panel.waitFor("findFiles", n)).query !== "par"; n++);
    await panel.text("Looking…").waitFor();
    await panel.send({ type: "files", query: "par", chips: files });
    await option(/parse\.test\.ts/).waitFor();
    await keyboard().press("ArrowDown");
    await keyboard().press("Tab");
    await panel.button("Leave out parse.test.ts").waitFor();
    assert.equal(await panel.question().inputValue(), "Like ");
    await keyboard().type("but shorter");
    await keyboard().press("Enter");
    assert.deepEqual(await asked(), [null, "Like but shorter", ["selection", "file:test/parse.test.ts"]]);
  });

  it("an address with an @ asks for no files; the @ button begins a search at the caret", async () => {
    await keyboard().type("Mail ada@example.com ");
    assert.equal(await panel.page.getByRole("listbox", { name: "Files" }).count(), 0);
    await panel.button("Add a file").click();
    await panel.waitFor("findFiles");
    assert.equal(await focused(), "Question");
    await panel.send({ type: "files", query: "", chips: files });
    await option(/parse\.ts/).click();
    await panel.button("Leave out parse.ts").waitFor();
    assert.equal(await panel.question().inputValue(), "Mail ada@example.com ");
  });

  it("the up arrow brings back what was asked before, the down arrow takes it away again", async () => {
    const turns = [kept("1", { question: "first" }), kept("2", { question: "second" })];
    await panel.send({ type: "conversation", conversation: item("c1", "Names", 2), turns, earlier: null });
    await panel.text("Answer 2").waitFor();
    const press = async (key: string): Promise<string> => {
      await panel.question().press(key);
      return panel.question().inputValue();
    };
    assert.equal(await press("ArrowUp"), "second");
    assert.equal(await press("ArrowUp"), "first");
    assert.equal(await press("ArrowUp"), "first");
    assert.equal(await press("ArrowDown"), "second");
    assert.equal(await press("ArrowDown"), "");
    await panel.question().fill("typed");
    assert.equal(await press("ArrowUp"), "typed");
  });

  it("composing a Korean word with the list open neither sends nor chooses", async () => {
    await keyboard().type("/");
    await option(/^\/generate/).waitFor();
    await panel.page.evaluate(`document.querySelector(".composer-question").dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))`);
    assert.equal(await panel.question().inputValue(), "/");
    assert.equal((await panel.posted()).filter(({ type }) => type === "ask").length, 0);
  });

  it("another question waits in the composer while an answer is under way", async () => {
    const requestId = await panel.ask("first");
    await panel.question().fill("second");
    await panel.question().press("Enter");
    assert.equal(await panel.question().inputValue(), "second");
    assert.equal((await panel.posted()).filter(({ type }) => type === "ask").length, 1);
    await panel.send(resultFor(requestId));
    await panel.button("Send").click();
    assert.equal((await panel.waitFor("ask", 2)).question, "second");
  });

  it("the model is chosen in the composer, by mouse and by keyboard", async () => {
    const picker = panel.page.getByRole("button", { name: /^Model:/ });
    await picker.press("ArrowDown");
    await panel.waitFor("listModels");
    const models = [{ id: "a", name: "qwen3-coder:30b", provider: "Ollama on this computer" }];
    await panel.send({ type: "models", current: null, models });
    await panel.page.getByRole("menuitemradio", { name: /qwen3/ }).waitFor();
    assert.match(await focused(), /^Offline/);
    await keyboard().press("ArrowDown");
    await keyboard().press("Enter");
    assert.deepEqual(await panel.waitFor("chooseModel"), { type: "chooseModel", id: "a" });
    await panel.button("Model: qwen3-coder:30b").waitFor();
    assert.equal(await focused(), "Model: qwen3-coder:30b");
    await picker.click();
    await keyboard().press("Escape");
    assert.equal(await panel.page.getByRole("menu").count(), 0);
    await picker.click();
    await panel.page.getByRole("menuitemradio", { name: /^Offline/ }).click();
    assert.equal((await panel.waitFor("chooseModel", 2)).id, null);
    await picker.click();
    await panel.page.getByRole("menuitem", { name: "Set up…" }).click();
    assert.equal((await panel.waitFor("runCommand")).command, "hapa.chooseModel");
  });

  it("a command of the editor fills it: question, command and the place it is about", async () => {
    const about = { id: "about:1", kind: "selection", label: "loop.ts", path: "src/loop.ts", count: 4 } as const;
    await panel.send({ type: "compose", question: "Fix this", command: "fix", chips: [about], send: true });
    assert.deepEqual(await asked(), ["fix", "Fix this", ["about:1"]]);
    await panel.text("loop.ts · 4 lines").waitFor();
  });
});
