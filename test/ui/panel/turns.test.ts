/** What can be done with a question and its answer, in a real Chromium: edit, ask again, rate, and how each end looks. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { explanation } from "./faces.ts";
import { openReady, openStage, type PanelPage, type PanelStage } from "./panel-page.ts";
import { item, kept, program, resultFor } from "./samples.ts";

describe("questions and answers in the panel", function () {
  this.timeout(20_000);
  let stage: PanelStage;
  let panel: PanelPage;

  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  beforeEach(async () => {
    panel = await openReady(stage);
  });
  afterEach(async () => {
    assert.deepEqual(panel.problems, []);
    assert.deepEqual(panel.foreignRequests, []);
    await panel.close();
  });

  const focused = (): Promise<string> =>
    panel.page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");
  const edited = () => panel.page.getByRole("textbox", { name: "Edited question" });
  const open = (...turns: Parameters<typeof kept>[]) =>
    panel.send({
      ...{ type: "conversation", conversation: item("c1", "Names", turns.length), earlier: null },
      turns: turns.map((turn) => kept(...turn)),
    });

  it("edits a question in its place and asks it again; what came after it goes", async () => {
    const chips = [{ id: "file", kind: "file", label: "a.ts", path: "a.ts", count: 3 }] as const;
    await open(["1", { command: "explain", chips }], ["2"], ["3"]);
    await panel.question().fill("half a question");
    await panel.button("Edit and ask again").first().click();
    await panel.text("The 2 questions after it and their answers go.").waitFor();
    await edited().fill("Question 1, better");
    await edited().press("Enter");
    const { requestId, ...asked } = await panel.waitFor("ask");
    assert.notEqual(requestId, "1");
    assert.deepEqual(asked, {
      ...{
        type: "ask",
        conversationId: "c1",
        command: "explain",
        question: "Question 1, better",
        language: "javascript",
      },
      ...{ examples: "", context: ["file"], replaces: "1" },
    });
    await panel.text("Answer 3").waitFor({ state: "detached" });
    assert.equal(await panel.page.getByRole("article").count(), 1);
    assert.equal(await panel.question().inputValue(), "half a question");
  });

  it("Escape leaves the question as it was, and the focus where it came from", async () => {
    await open(["1"]);
    await panel.button("Edit and ask again").press("Enter");
    await panel.text("The answer is made anew.").waitFor();
    assert.equal(await focused(), "Edited question");
    await edited().press("Escape");
    await edited().waitFor({ state: "detached" });
    assert.equal(await focused(), "Edit and ask again");
    assert.equal((await panel.posted()).filter(({ type }) => type === "ask").length, 0);
  });

  it("answers the last one again", async () => {
    await open(["1"], ["2"]);
    assert.equal(await panel.button("Answer again").count(), 1);
    await panel.button("Answer again").click();
    const asked = await panel.waitFor("ask");
    assert.deepEqual([asked.question, asked.replaces], ["Question 2", "2"]);
    await panel.text("Answer 2").waitFor({ state: "detached" });
    await panel.text("Answer 1").waitFor();
  });

  it("rates, takes a comment, and takes the rating back", async () => {
    await open(["1"]);
    await panel.button("Poor answer").click();
    assert.deepEqual(await panel.waitFor("rate"), { type: "rate", requestId: "1", rating: "down", comment: "" });
    const box = panel.page.getByRole("textbox", { name: /What was wrong/ });
    await box.fill("It drops the middle names.");
    await box.press("Enter");
    assert.equal((await panel.waitFor("rate", 2)).comment, "It drops the middle names.");
    await panel.text("Thank you").waitFor();
    await panel.send({ type: "rated", requestId: "1", rating: "down" });
    assert.equal(await panel.button("Poor answer").getAttribute("aria-pressed"), "true");
    await panel.button("Poor answer").click();
    assert.equal((await panel.waitFor("rate", 3)).rating, null);
    assert.equal(await panel.button("Poor answer").getAttribute("aria-pressed"), "false");
  });

  it("says what the provider did not tell instead of guessing it", async () => {
    await open(["1"], ["2", { summary: { model: "offline", usage: null, cached: false, elapsedMs: 12 } }]);
    await panel.text("scripted · tokens not told by the provider · 900ms").waitFor();
    await panel.text("offline · 12ms").waitFor();
  });

  it("shows on each piece of code whether it was checked, and the mistakes on demand", async () => {
    const requestId = await panel.ask("q");
    const checks = [
      { block: 0, errors: 0, warnings: 0, issues: [] },
      { block: 1, errors: 1, warnings: 0, issues: ["line 3: invalid syntax"] },
    ];
    const list = "\n\n- nested:\n\n  ```js\n  1\n  ```\n";
    await panel.send(resultFor(requestId, { markdown: explanation + list, checks }));
    const blocks = panel.page.locator(".markdown > *");
    await blocks.locator("text=checked: no problems").waitFor();
    const order = (await panel.page.locator(".code-block, .check").allTextContents()).map((text) => text.slice(0, 12));
    assert.deepEqual(
      order.map((text) => /checked/.test(text)),
      [false, true, false, true, false],
    );
    assert.equal(await panel.text("invalid syntax").isVisible(), false);
    await panel.text("checked: 1 error").click();
    await panel.text("line 3: invalid syntax").waitFor();
  });

  it("limited: counts down, and may be asked again at the end", async () => {
    await panel.page.clock.install();
    const requestId = await panel.ask("q");
    await panel.send({ type: "failed", requestId, message: "Too many questions.", retryAfterMs: 65_000 });
    await panel.text("Ask again in 1m 5s").waitFor();
    await panel.page.clock.runFor(60_000);
    await panel.text("Ask again in 5s").waitFor();
    await panel.page.clock.runFor(6_000);
    await panel.page.getByRole("status").getByText("You may ask again now.").waitFor();
    await panel.button("Ask again").click();
    assert.equal((await panel.waitFor("ask", 2)).replaces, requestId);
  });

  it("what was cut off when the window closed is kept, and can be asked again", async () => {
    await open(["1", { status: "interrupted", markdown: "Half an answer", summary: null }]);
    await panel.text("Half an answer").waitFor();
    await panel.text("What had come is kept.").waitFor();
    await panel.button("Ask again").click();
    assert.equal((await panel.waitFor("ask")).replaces, "1");
  });

  it("an answer that runs on in the host comes alive when its conversation is opened again", async () => {
    await open(["1", { status: "running", markdown: "First half", summary: null }]);
    await panel.text("First half").waitFor();
    await panel.send({ type: "delta", requestId: "1", text: " and the second" });
    await panel.text("First half and the second").waitFor();
    await panel.send(resultFor("1", { markdown: "All of it" }));
    await panel.text("All of it").waitFor();
  });

  it("what only the panel knows of a card stays when the host sends the conversation again", async () => {
    const requestId = await panel.ask("E-mail");
    await panel.send({ type: "asked", requestId, conversationId: "c1", chips: [] }, resultFor(requestId, { program }));
    await panel.send({ type: "programState", requestId, state: "applied", label: "Applied to 12 lines" });
    await panel.text("Applied to 12 lines").waitFor();
    await open([requestId, { program: { ...program, preview: [], selectedCount: 0 } }]);
    await panel.text("scripted").waitFor();
    await panel.text("Applied to 12 lines").waitFor();
    await panel.text("ada.lovelace@example.com").waitFor();
  });

  it("streaming is not read aloud: only that it waits and that it is ready", async () => {
    await panel.page.evaluate(`window.said = []; new MutationObserver(() =>
      window.said.push(document.querySelector("[role=status]").textContent)).observe(
      document.querySelector("[role=status]"), { childList: true, characterData: true, subtree: true })`);
    const requestId = await panel.ask("q");
    for (let i = 0; i < 20; i++) await panel.send({ type: "delta", requestId, text: `word ${i} ` });
    await panel.send(resultFor(requestId));
    await panel.page.getByRole("status").getByText("The answer is ready.").waitFor();
    assert.deepEqual(await panel.page.evaluate("window.said"), ["Waiting for an answer", "The answer is ready."]);
  });
});
