/** The reference of a task on the dashboard: seen, chosen by keyboard, taken away; not by a key that may only look. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { loadAxe, overflowing, violations } from "../axe.ts";
import { busyTask, type DashboardStage, openDashboardStage } from "./dashboard-page.ts";

describe("the reference on the dashboard", function () {
  this.timeout(60_000);
  let stage: DashboardStage;
  let taskId: string;
  let trusted: string;
  before(async () => {
    stage = await openDashboardStage();
    taskId = await busyTask(stage.backend, "Names into order", { runs: 4 });
    trusted = await busyTask(stage.backend, "The slow one that is right", { runs: 0 });
    // Another program than the task's own, which was made from the same examples.
    const code = "function run(input) { return input.split(', ').reverse().join(' '); }";
    const { client } = stage.backend;
    await client.call("createArtifact", { params: {}, body: { taskId: trusted, code, language: "javascript" } });
    await client.call("activateArtifact", { params: { taskId: trusted, version: "2" } });
  });
  after(() => stage.close());
  const reference = () => stage.backend.client.call("getReference", { params: { id: taskId } });

  it("is chosen by task and version, by keyboard, judges what waits, and is taken away", async () => {
    const opened = await stage.open({ taskId });
    const { page, problems } = opened;
    const part = page.getByRole("region", { name: "Reference" });
    await part.getByText("None. Labelled rows, or another program").waitFor();
    const choose = part.getByRole("button", { name: "Choose a program" });
    await choose.focus();
    await page.keyboard.press("Enter");
    await part.getByText("It has no version that could be used.").waitFor();
    assert.ok(await part.getByRole("button", { name: "Judge by it" }).isDisabled());
    await page.keyboard.press("Escape");
    await part.getByRole("combobox").waitFor({ state: "detached" });
    assert.equal(await page.evaluate("document.activeElement.textContent"), "Choose a program");

    await page.keyboard.press("Enter");
    await page.keyboard.type("The slow");
    await part.getByRole("combobox", { name: "Version" }).waitFor();
    assert.equal(await part.getByRole("combobox", { name: "Version" }).inputValue(), "2", "the one that runs");
    await loadAxe(page);
    assert.deepEqual(await violations(page), []);
    await part.getByRole("combobox", { name: "Version" }).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await part.getByRole("link", { name: "The slow one that is right" }).waitFor();
    await part.getByText("What it gives is what should have come out.").waitFor();
    assert.equal(await page.evaluate("document.activeElement.textContent"), "Choose a program");
    assert.deepEqual((await reference()).program?.taskId, trusted);
    await page
      .getByRole("img", { name: /100% right, .* of 4 verdicts/ })
      .first()
      .waitFor();
    assert.deepEqual(await violations(page), []);
    await opened.screenshot("reference");

    await part.getByRole("button", { name: "Take the program away" }).press("Enter");
    await part.getByText("None. Labelled rows, or another program").waitFor();
    assert.equal((await reference()).program, null);
    assert.deepEqual(problems, []);
    await opened.close();
  });

  it("asks before labelled rows go, says what is wrong with a program, and fits a phone", async () => {
    const { client } = stage.backend;
    const gone = await busyTask(stage.backend, "Gone", { runs: 0 });
    const code = "function run(input) { return input.split(', ').reverse().join(' ') + ''; }";
    await client.call("createArtifact", { params: {}, body: { taskId: gone, code, language: "javascript" } });
    const rows = [{ input: "x, y", output: "y x" }];
    const params = { id: taskId };
    await client.call("setReference", { params, body: { rows, program: { taskId: gone, version: 2 } } });
    const opened = await stage.open({ taskId, width: 360, height: 780 });
    const { page, problems } = opened;
    const part = page.getByRole("region", { name: "Reference" });
    await part.getByText("1 labelled row", { exact: true }).waitFor();
    await client.call("deleteTask", { params: { id: gone } });
    await part.getByText("version 2 of a task that was deleted").waitFor();
    await part.getByText("It is gone, and judges nothing.").waitFor();
    await part.getByRole("button", { name: "Choose a program" }).click();
    assert.deepEqual(await overflowing(page), []);
    await loadAxe(page);
    assert.deepEqual(await violations(page), []);
    await part.getByRole("button", { name: "Cancel" }).click();
    await part.getByRole("button", { name: "Take the rows away" }).click();
    await page.keyboard.press("Escape");
    assert.equal((await reference()).rows, 1);
    await part.getByRole("button", { name: "Take the rows away" }).click();
    await page.keyboard.press("Enter");
    await part.getByText("1 labelled row", { exact: true }).waitFor({ state: "detached" });
    assert.equal((await reference()).rows, 0);
    assert.deepEqual(problems, []);
    await opened.close();
  });

  it("is seen, and not changed, with a key that may only look", async () => {
    const opened = await stage.open({ taskId, role: "viewer" });
    const part = opened.page.getByRole("region", { name: "Reference" });
    await part.getByText(/a task that was deleted/).waitFor();
    assert.equal(await part.getByRole("button").count(), 0);
    await opened.close();
  });
});
