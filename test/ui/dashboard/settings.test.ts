/** How a task learns, on the dashboard: seen by all who may look, changed by those who may, and kept by the server. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { comparisons } from "../../../src/contract/comparison.ts";
import { PrivacyMode } from "../../../src/contract/datasets.ts";
import { Improve, NewTask, SamplingStrategy, type Task } from "../../../src/contract/tasks.ts";
import {
  changeOf,
  choices,
  groups,
  numbers,
  readText,
  textOf,
  withDraft,
} from "../../../webview-ui/dashboard/settings-form.ts";
import { loadAxe, overflowing, violations } from "../axe.ts";
import { busyTask, type DashboardStage, openDashboardStage } from "./dashboard-page.ts";

describe("the form of how a task learns", () => {
  const task = { samplingRate: 0.07, accuracyTarget: 0.999, modelUsdPerDay: 1, improve: "auto" } as Task;

  it("has the contract's values and limits, and every setting once", () => {
    assert.deepEqual(choices, {
      samplingStrategy: SamplingStrategy.options,
      comparison: [...comparisons],
      privacyMode: PrivacyMode.options,
      improve: Improve.options,
    });
    const wireName = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    for (const [name, { least, most, ...field }] of Object.entries(numbers)) {
      const scale = "isPercent" in field ? 100 : 1;
      const takes = (n: number) => NewTask.safeDecode({ name: "t", [wireName(name)]: n / scale } as never).success;
      assert.deepEqual(
        [takes(least), takes(most), takes(least - 1), takes(most + 1)],
        [true, true, false, false],
        name,
      );
    }
    assert.deepEqual(
      Object.values(groups).flat().sort(),
      [...Object.keys(choices), ...Object.keys(numbers)].sort() as string[],
    );
  });

  it("shows shares in percent, reads them back, and takes nothing for a number that is none", () => {
    assert.deepEqual([textOf(task, "samplingRate"), textOf(task, "accuracyTarget")], ["7", "99.9"]);
    assert.deepEqual([readText("samplingRate", "7"), readText("accuracyTarget", " 99.9 ")], [0.07, 0.999]);
    for (const text of ["", " ", "x", "-1", "101", "NaN", "Infinity"])
      assert.equal(readText("samplingRate", text), undefined, text);
    assert.equal(readText("modelVerdictsPerDay", "1.5"), undefined);
    assert.equal(readText("improve", "never"), undefined);
  });

  it("sends what is something else than it was, and tells what cannot be", () => {
    assert.deepEqual(changeOf(task, { samplingRate: "7.0", improve: "off" }), {
      change: { improve: "off" },
      wrong: [],
    });
    assert.deepEqual(changeOf(task, { modelUsdPerDay: "", improve: "ask" }).wrong, ["modelUsdPerDay"]);
    assert.deepEqual(withDraft(task, { modelUsdPerDay: "x", improve: "ask" }), { ...task, improve: "ask" });
  });
});

describe("how a task learns, on the dashboard", function () {
  this.timeout(60_000);
  let stage: DashboardStage;
  let taskId: string;
  before(async () => {
    stage = await openDashboardStage();
    taskId = await busyTask(stage.backend, "Names into order", { runs: 3 });
  });
  after(() => stage.close());
  const kept = () => stage.backend.client.call("getTask", { params: { id: taskId } });

  it("is changed by keyboard alone; only what was changed is sent, and the server keeps it", async () => {
    const opened = await stage.open({ taskId });
    const { page, problems, sent } = opened;
    const form = page.getByRole("form", { name: "How it learns" });
    const save = form.getByRole("button", { name: "Save" });
    await form.getByText("Nothing is sent to a model by itself, and nothing is paid.").waitFor();
    assert.equal(await save.getAttribute("aria-disabled"), "true");
    const rate = form.getByRole("spinbutton", { name: "Share of runs (%)" });
    assert.equal(await rate.inputValue(), "100");
    await rate.focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("7");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Unusual");
    await form.getByText(/New, long, rare or doubtful inputs come first/).waitFor();
    await form.getByRole("spinbutton", { name: "Verdicts by a model, a day" }).fill("40");
    await form
      .getByText(/^Up to 40 inputs a day are sent to the model that judges, with the task's description\./)
      .waitFor();
    await form.getByText(/At most \$1\.00 a day for verdicts, and \$1\.00 for better versions/).waitFor();
    await form.getByText(/Where no prices are set/).waitFor();
    await form.getByRole("combobox", { name: "In its dataset" }).selectOption("strict");
    await form.getByText(/No input and no output is written there/).waitFor();
    await rate.press("Enter");
    await form.getByRole("status").getByText("Saved. It counts from now on.").waitFor();
    assert.deepEqual(
      sent.filter((one) => one.startsWith("PATCH")),
      [
        `PATCH /api/v1/tasks/${taskId} {"sampling_rate":0.07,"sampling_strategy":"edge","model_verdicts_per_day":40,"privacy_mode":"strict"}`,
      ],
    );
    const { samplingRate, samplingStrategy, modelVerdictsPerDay, privacyMode, improve } = await kept();
    assert.deepEqual(
      { samplingRate, samplingStrategy, modelVerdictsPerDay, privacyMode, improve },
      { samplingRate: 0.07, samplingStrategy: "edge", modelVerdictsPerDay: 40, privacyMode: "strict", improve: "auto" },
    );
    assert.equal(await rate.inputValue(), "7", "what was saved is shown at once");
    assert.equal(await save.getAttribute("aria-disabled"), "true");
    assert.deepEqual(problems, []);
    await opened.close();
  });

  it("says at the field what cannot be, sends nothing then, and can be left as it was", async () => {
    const opened = await stage.open({ taskId });
    const { page, sent } = opened;
    const form = page.getByRole("form", { name: "How it learns" });
    const target = form.getByRole("spinbutton", { name: "Accuracy wanted (%)" });
    await target.fill("120");
    await form.getByRole("combobox", { name: "Better versions" }).selectOption("off");
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByText("A number from 0 to 100, please.").waitFor();
    assert.equal(await target.getAttribute("aria-invalid"), "true");
    assert.equal(await page.evaluate("document.activeElement.name"), "accuracyTarget");
    await loadAxe(page);
    assert.deepEqual(await violations(page), []);
    await form.getByRole("button", { name: "Discard changes" }).click();
    assert.equal(await target.inputValue(), "90");
    assert.equal(await target.getAttribute("aria-invalid"), "false");
    assert.deepEqual(
      sent.filter((one) => one.startsWith("PATCH")),
      [],
    );
    await opened.close();
  });

  it("says why the server refused, and keeps what was typed; what others change is seen beside it", async () => {
    const opened = await stage.open({ taskId });
    const { page } = opened;
    const form = page.getByRole("form", { name: "How it learns" });
    const usd = form.getByRole("spinbutton", { name: "US dollars for them, a day" });
    await usd.fill("3");
    await page.route(`**/api/v1/tasks/${taskId}`, (route) =>
      route.request().method() === "PATCH"
        ? route.fulfill({
            status: 503,
            contentType: "application/json",
            body: JSON.stringify({ error: { code: "overloaded", message: "The disk is full.", request_id: "r" } }),
          })
        : route.fallback(),
    );
    await usd.press("Enter");
    await form.getByRole("alert").getByText("Not saved: The disk is full.").waitFor();
    assert.equal(await usd.inputValue(), "3");
    await stage.backend.client.call("changeTask", { params: { id: taskId }, body: { improve: "ask" } });
    await form.getByText(/HAPA tells you when there is something to learn from/).waitFor();
    assert.equal(await usd.inputValue(), "3");
    await page.unrouteAll();
    await usd.press("Enter");
    await form.getByText("Saved. It counts from now on.").waitFor();
    const { modelUsdPerDay, improve } = await kept();
    assert.deepEqual([modelUsdPerDay, improve], [3, "ask"]);
    await opened.close();
  });

  it("is seen, and not changed, by a key that may only look", async () => {
    const opened = await stage.open({ taskId, role: "viewer", width: 360, height: 780 });
    const { page, problems } = opened;
    const part = page.getByRole("region", { name: "How it learns" });
    await part.getByText("Your key may look, but not change.").waitFor();
    await part.getByText("Rows, personal data masked").or(part.getByText("Hashes and counts only")).waitFor();
    assert.equal(await part.locator("input, select, button").count(), 0);
    await loadAxe(page);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await overflowing(page), []);
    assert.deepEqual(problems, []);
    await opened.close();
  });
});
