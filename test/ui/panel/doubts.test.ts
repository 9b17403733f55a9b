/** “Which is right?” in a real Chromium: lines that the examples leave open are asked about, by mouse and by keyboard. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { openReady, openStage, type PanelPage, type PanelStage } from "./panel-page.ts";
import { doubtfulProgram, program, resultFor } from "./samples.ts";

describe("doubtful lines in the panel", function () {
  this.timeout(20_000);
  let stage: PanelStage;
  let panel: PanelPage;
  let requestId: string;

  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  beforeEach(async function () {
    const theme = this.currentTest?.title.includes("[light]") ? "light" : "dark";
    panel = await openReady(stage, { theme, height: 1000 });
    requestId = await panel.ask("Make e-mail addresses");
    await panel.send(resultFor(requestId, { program: doubtfulProgram }));
    await section().waitFor();
  });
  afterEach(async () => {
    assert.deepEqual(panel.problems, []);
    assert.deepEqual(panel.foreignRequests, []);
    await panel.close();
  });

  const section = () => panel.page.getByRole("region", { name: "Which is right?" });
  const question = (input: string) => section().getByRole("group", { name: `What should “${input}” become?` });
  const focused = (): Promise<string> => panel.page.evaluate("document.activeElement.textContent");

  it("are asked about two at a time, with what the program makes of them now marked", async () => {
    await section().getByText("Your examples leave 3 lines open").waitFor();
    assert.deepEqual(await section().getByRole("group").count(), 2);
    const buttons = question("van Rossum, Guido").getByRole("button");
    assert.deepEqual(
      (await buttons.allTextContents()).map((text) => text.trim()),
      ["guido.van rossum@example.com as now", "guido.rossum@example.com", "Something else…", "Skip"],
    );
    assert.equal(await question("Prince").getByText("as now").count(), 0);
    await panel.screenshot("doubts-dark");
  });

  it("a choice becomes an example: the card waits, shows the new program, and the next question has the focus", async () => {
    await question("van Rossum, Guido").getByRole("button", { name: "guido.rossum@example.com" }).click();
    assert.deepEqual(await panel.waitFor("answerDoubt"), {
      ...{ type: "answerDoubt", requestId, input: "van Rossum, Guido" },
      output: "guido.rossum@example.com",
    });
    await panel.send({
      type: "progress",
      requestId,
      progress: { stage: "learning", message: "Learning from 4 examples" },
    });
    await panel.text("Learning from 4 examples").waitFor();
    assert.match(await focused(), /guido\.rossum/, "the pressed button keeps the focus while it waits");
    await question("Prince").getByRole("button", { name: "prince@example.com", exact: true }).click({ force: true });
    assert.equal((await panel.posted()).filter(({ type }) => type === "answerDoubt").length, 1);
    await panel.screenshot("doubts-waiting-dark");

    const left = { ...doubtfulProgram, doubts: doubtfulProgram.doubts.slice(1, 2) };
    const examples = "Lovelace, Ada => ada.lovelace@example.com\nvan Rossum, Guido => guido.rossum@example.com";
    await panel.send(resultFor(requestId, { program: left, examples }));
    await section().getByText("Your examples leave 1 line open").waitFor();
    await panel.text("2 examples").waitFor();
  });

  it("by keyboard alone: the focus goes on to the next question, and to the card's title after the last", async () => {
    const { keyboard } = panel.page;
    await question("van Rossum, Guido")
      .getByRole("button", { name: /as now/ })
      .focus();
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await panel.waitFor("answerDoubt");
    await panel.send(
      resultFor(requestId, { program: { ...program, doubts: doubtfulProgram.doubts.slice(1, 2) }, examples: "" }),
    );
    await question("van Rossum, Guido").waitFor({ state: "detached" });
    assert.match(await focused(), /Which is right\?/);
    await keyboard.press("Tab");
    await keyboard.press("Space");
    assert.equal((await panel.waitFor("answerDoubt", 2)).output, "prince@example.com");
    await panel.send(resultFor(requestId, { program, examples: "" }));
    await section().waitFor({ state: "detached" });
    assert.match(await focused(), /^Proven on/);
  });

  it("something else is typed, from what the program makes of it; Escape takes it back", async () => {
    const group = question("van Rossum, Guido");
    const other = group.getByRole("button", { name: "Something else…" });
    await other.click();
    const box = group.getByRole("textbox", { name: "What should “van Rossum, Guido” become?" });
    assert.equal(await box.inputValue(), "guido.van rossum@example.com");
    await box.press("Escape");
    await box.waitFor({ state: "detached" });
    assert.match(await focused(), /Something else/);
    await other.press("Enter");
    await box.fill("guido@example.com");
    await panel.screenshot("doubts-typed-dark");
    await box.press("Enter");
    assert.equal((await panel.waitFor("answerDoubt")).output, "guido@example.com");
  });

  it("a skipped line makes room for the next one, and nothing is sent [light]", async () => {
    await panel.button("Skip “van Rossum, Guido”").click();
    await question("Knuth, Donald E.").waitFor();
    assert.match(await focused(), /Which is right\?/);
    await panel.screenshot("doubts-light");
    for (const input of ["Prince", "Knuth, Donald E."]) await panel.button(`Skip “${input}”`).click();
    await section().waitFor({ state: "detached" });
    assert.equal((await panel.posted()).filter(({ type }) => type === "answerDoubt").length, 0);
  });

  it("an answer that no program follows leaves the card, and says why where it was asked", async () => {
    await question("van Rossum, Guido")
      .getByRole("button", { name: /as now/ })
      .click();
    await panel.waitFor("answerDoubt");
    await panel.send({ type: "failed", requestId, message: "No short program fits all 4 examples." });
    await section().getByRole("alert").getByText("No short program fits all 4 examples.").waitFor();
    await panel.button("Apply to 12 selected lines").waitFor();
    await panel.screenshot("doubts-failed-dark");
  });

  it("an example that looks like a slip is a warning with its text", async () => {
    const odd = { ...program, oddExamples: ["Prince => zz"] };
    await panel.send(resultFor(await panel.ask("Again"), { program: odd }));
    await panel.page.locator(".warning-text", { hasText: "looks like a slip" }).getByText("Prince => zz").waitFor();
    await panel.screenshot("odd-dark");
  });
});
