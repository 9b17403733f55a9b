/** The panel as a person meets it, in a real Chromium: clicks in, messages to the host out. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { openReady, openStage, type PanelPage, type PanelStage } from "./panel-page.ts";
import { artifact, code, program, resultFor, wrongProof } from "./samples.ts";

describe("panel in a browser", function () {
  this.timeout(20_000);
  let stage: PanelStage;
  let panel: PanelPage;

  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  beforeEach(async function () {
    panel = await openReady(stage, { theme: this.currentTest?.title.includes("[light]") ? "light" : "dark" });
  });
  afterEach(async () => {
    assert.deepEqual(panel.problems, []);
    assert.deepEqual(panel.foreignRequests, []);
    await panel.close();
  });

  it("asks with examples and the selection, and keeps the focus in the composer", async () => {
    await panel.question().fill("Make e-mail addresses");
    await panel.button("Examples").click();
    await panel.page.getByRole("textbox", { name: /^Examples/ }).fill("Lovelace, Ada => ada.lovelace@example.com");
    await panel.page.getByRole("combobox", { name: "Language of the answer" }).selectOption("TypeScript");
    await panel.screenshot("composer-dark");
    await panel.button("Send").click();
    const { requestId, ...asked } = await panel.waitFor("ask");
    assert.match(requestId, /^[0-9a-f]{24}$/);
    assert.deepEqual(asked, {
      type: "ask",
      conversationId: null,
      command: null,
      question: "Make e-mail addresses",
      language: "typescript",
      examples: "Lovelace, Ada => ada.lovelace@example.com",
      context: ["selection"],
      replaces: null,
    });
    assert.equal(await panel.question().evaluate((box) => box.matches(":focus")), true);
    assert.equal(await panel.question().inputValue(), "");
  });

  it("streams an answer as markdown and shows the code's buttons, model, tokens, cost and time", async () => {
    await panel.send({ type: "backend", backend: { state: "ready", model: "qwen3-coder" } });
    const requestId = await panel.ask("Parse these lines");
    await panel.send({ type: "progress", requestId, progress: { stage: "asking", message: "qwen3-coder" } });
    await panel.text("Asking the model").waitFor();
    const answer = `Split each line, **then** join it:\n\n\`\`\`javascript\n${code}\n\`\`\`\n\n- one pass\n- no dependency`;
    for (const part of answer.match(/[\s\S]{1,12}/g) ?? []) await panel.send({ type: "delta", requestId, text: part });
    await panel.page.locator("strong", { hasText: "then" }).waitFor();
    await panel.screenshot("streaming-dark");
    await panel.send(
      resultFor(requestId, {
        markdown: answer,
        summary: {
          model: "qwen3-coder",
          usage: { promptTokens: 310, completionTokens: 102, costUsd: 0.0003 },
          cached: true,
          elapsedMs: 2_140,
        },
      }),
    );
    await panel.text("qwen3-coder · 412 tokens · $0.0003 · 2.1s · cached").waitFor();
    await panel.button("Copy this code").click();
    await panel.button("Insert this code in the editor").click();
    await panel.button("Open this code in a new editor").click();
    assert.deepEqual((await panel.posted()).slice(-3), [
      { type: "copyCode", code },
      { type: "insertCode", requestId, code },
      { type: "openCode", code, language: "javascript" },
    ]);
    await panel.screenshot("answer-dark");
  });

  it("stops at once, keeps what had come and offers to ask again", async () => {
    const requestId = await panel.ask("Something long");
    await panel.send({ type: "delta", requestId, text: "Half an answer" });
    await panel.text("Half an answer").waitFor();
    await panel.question().press("Escape");
    assert.deepEqual(await panel.waitFor("stop"), { type: "stop", requestId });
    await panel.text("Stopped.").waitFor();
    await panel.screenshot("stopped-dark");
    await panel.button("Ask again").click();
    const again = await panel.waitFor("ask", 2);
    assert.deepEqual([again.question, again.replaces], ["Something long", requestId]);
  });

  it("Enter on a button that moves the focus into the question writes nothing there", async () => {
    const requestId = await panel.ask("Something long");
    await panel.send({ type: "delta", requestId, text: "Half an answer" });
    await panel.question().press("Escape");
    await panel.button("Ask again").press("Enter");
    await panel.waitFor("ask", 2);
    assert.equal(await panel.question().evaluate((box) => box.matches(":focus")), true);
    assert.equal(await panel.question().inputValue(), "");
  });

  it("stops from the button beside the progress", async () => {
    const requestId = await panel.ask("Something long");
    await panel.page.getByRole("article").getByRole("button", { name: "Stop" }).click();
    assert.deepEqual(await panel.waitFor("stop"), { type: "stop", requestId });
  });

  it("shows a proven program with its output on the person's lines, and each button does its own thing", async () => {
    const requestId = await panel.ask("Make e-mail addresses");
    await panel.send(resultFor(requestId, { program }));
    const card = panel.page.getByRole("region", { name: "Program" });
    await card.getByText("Proven on 5 of 5 examples; 1 held out").waitFor();
    await card.getByText("ada.lovelace@example.com").waitFor();
    await card.getByText("0.004 ms a call · learned offline · version 1").waitFor();
    await panel.screenshot("card-dark");
    for (const name of ["Apply to 12 selected lines", "Run on file…", "Save as task"]) await panel.button(name).click();
    assert.deepEqual((await panel.posted()).slice(-3), [
      { type: "applyProgram", requestId },
      { type: "runOnFile", requestId },
      { type: "saveTask", requestId },
    ]);
    await panel.send(
      { type: "programState", requestId, state: "applied", label: "Applied to 12 lines" },
      { type: "programState", requestId, state: "saved", label: "Saved as “e-mail”" },
    );
    await card.getByText("Applied to 12 lines").waitFor();
    await card.getByText("Saved as “e-mail”").waitFor();
    assert.equal(await panel.button("Save as task").count(), 0);
    await card.getByText("Code of the program").click();
    await panel.button("Copy this code").click();
    assert.deepEqual(await panel.waitFor("copyCode"), { type: "copyCode", code });
    await panel.screenshot("card-applied-dark");
  });

  it("shows the card well [light]", async () => {
    const requestId = await panel.ask("Make e-mail addresses");
    await panel.send(resultFor(requestId, { program, markdown: `Joins the names.\n\n\`\`\`js\n${code}\n\`\`\`` }));
    await panel.text("Code of the program").click();
    // The program's code stands in the card alone, not a second time in the answer.
    assert.equal(await panel.page.locator(".code-block").count(), 1);
    await panel.screenshot("card-light");
  });

  it("shows an unproven program with its failures and without Apply", async () => {
    const requestId = await panel.ask("Make e-mail addresses");
    const wrong = {
      ...program,
      artifact: { ...artifact, verification: wrongProof },
      verification: wrongProof,
      preview: [],
    };
    await panel.send(
      resultFor(requestId, { program: wrong, errorMessage: "One example still fails. Add one like it." }),
    );
    const card = panel.page.getByRole("region", { name: "Program" });
    await card.getByText("Not proven: right on 4 of 5 examples").waitFor();
    await card.getByRole("cell", { name: "undefined.prince@example.com" }).waitFor();
    await card.getByRole("cell", { name: "took longer than 10 ms" }).waitFor();
    assert.equal(await panel.page.getByRole("button", { name: /Apply|Run on file|Save/ }).count(), 0);
    await panel.screenshot("unproven-dark");
  });

  it("has no Apply where nothing was selected", async () => {
    const requestId = await panel.ask("Make e-mail addresses");
    await panel.send(resultFor(requestId, { program: { ...program, preview: [], selectedCount: 0 } }));
    await panel.button("Run on file…").waitFor();
    assert.equal(await panel.button(/^Apply/).count(), 0);
  });

  it("tells a failure with the button that helps", async () => {
    const requestId = await panel.ask("Summarise");
    const message = "This needs a model, and none is connected. Give examples, or connect one.";
    await panel.send({
      type: "failed",
      requestId,
      message,
      action: { label: "Choose model…", command: "hapa.chooseModel" },
    });
    await panel.text(message).waitFor();
    await panel.screenshot("failed-dark");
    await panel.button("Choose model…").click();
    assert.deepEqual(await panel.waitFor("runCommand"), { type: "runCommand", command: "hapa.chooseModel" });
  });

  it("starts empty with tips, a sample and the way to a model [light]", async () => {
    await panel.text("No model is connected").waitFor();
    await panel.screenshot("empty-light");
    await panel.button("Set API key…").click();
    assert.deepEqual(await panel.waitFor("runCommand"), { type: "runCommand", command: "hapa.setApiKey" });
    await panel.button(/Try a sample/).click();
    assert.match(await panel.question().inputValue(), /e-mail/);
    await panel.button("Send").click();
    const asked = await panel.waitFor("ask");
    assert.equal(asked.examples.split("\n").length, 3);
  });

  it("says when the backend could not start, and opens its log", async () => {
    await panel.send({
      type: "backend",
      backend: { state: "failed", model: null, message: "The data folder is read-only." },
    });
    await panel.text("The data folder is read-only.").waitFor();
    await panel.screenshot("backend-failed-dark");
    await panel.button("Show log").click();
    assert.deepEqual(await panel.waitFor("runCommand"), { type: "runCommand", command: "hapa.showLog" });
  });

  it("leaves the selection out when its chip is removed, and takes it in again", async () => {
    await panel.button("Leave out names.txt · 12 lines").click();
    await panel.button("Add names.txt · 12 lines").waitFor();
    await panel.ask("Without my lines");
    assert.deepEqual((await panel.waitFor("ask")).context, []);
  });
});
