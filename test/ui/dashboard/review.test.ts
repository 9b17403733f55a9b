/** The review queue of the dashboard: judged by keys alone, real verdicts in a real backend; nothing is lost. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { loadAxe, overflowing, violations } from "../axe.ts";
import { busyTask, type DashboardStage, openDashboardStage } from "./dashboard-page.ts";
import { disagreements, rollout, rolloutAnswer } from "./played.ts";

describe("the review queue of the dashboard", function () {
  this.timeout(60_000);
  let stage: DashboardStage;
  before(async () => {
    stage = await openDashboardStage();
  });
  after(() => stage.close());

  const verdicts = async (taskId: string) => {
    const { items } = await stage.backend.client.call("listValidations", {
      params: { id: taskId },
      query: { limit: 100 },
    });
    return items.map(({ input, correct, expectedOutput }) => ({ input, correct, expectedOutput })).reverse();
  };

  it("is gone through by keys: right, wrong, corrected, later, back; more come by themselves", async () => {
    const taskId = await busyTask(stage.backend, "Keys alone", { runs: 26 });
    const opened = await stage.open();
    const { page, problems } = opened;
    await page.goto(`${stage.backend.url}/#/review/${taskId}`);
    await page.locator("main").getByText("26 outputs to judge").waitFor();
    const card = page.getByRole("group", { name: "The output to judge" });
    const shows = (n: number) => card.getByText(`Family${n}, Given${n}`, { exact: true }).waitFor();
    await shows(25);
    await page.keyboard.press("a");
    await shows(24);
    await page.keyboard.press("r");
    await shows(23);
    await page.keyboard.press("c");
    const box = page.getByRole("textbox", { name: "What it should be" });
    await box.fill("Corrected A. r c");
    await page.keyboard.press("Enter");
    await shows(22);
    await page.keyboard.press("s");
    await shows(21);
    await page.keyboard.press("z");
    await shows(22);
    await page.keyboard.press("z");
    await shows(23);
    await page.keyboard.press("c");
    await page.keyboard.press("Escape");
    assert.equal(await box.count(), 0);
    await page.keyboard.press("c");
    await page.getByRole("checkbox", { name: "as JSON" }).check();
    await box.fill("{not");
    await box.press("Enter");
    await page.getByText("This is not JSON.").waitFor();
    await box.fill('{"name": ["Given23"]}');
    await box.press("Enter");
    await shows(22);
    for (let n = 22; n > 0; n--) {
      await page.keyboard.press("a");
      await shows(n - 1);
    }
    await page.keyboard.press("a");
    await page.getByText("Nothing waits for you. Sampled").waitFor();
    const judged = await verdicts(taskId);
    assert.equal(judged.length, 26);
    assert.deepEqual(
      judged.filter(({ correct }) => !correct),
      [
        { input: "Family24, Given24", correct: false, expectedOutput: undefined },
        { input: "Family23, Given23", correct: false, expectedOutput: { name: ["Given23"] } },
      ],
      "what was judged anew took the place of the verdict before",
    );
    assert.deepEqual(problems, []);
    await opened.close();
  });

  it("asks about differences of a rollout first, and says whose output was right", async () => {
    const taskId = await busyTask(stage.backend, "Two versions", { runs: 2 });
    const waiting = ["d1", "d2"];
    const said: string[] = [];
    const opened = await stage.open({
      before: async (one) => {
        await one.play(`/api/v1/tasks/${taskId}/rollout`, () => ({ body: rolloutAnswer(rollout(taskId)) }));
        await one.play(`/api/v1/tasks/${taskId}/rollout/disagreements`, () => ({ body: disagreements(waiting) }));
        for (const id of [...waiting])
          await one.play(`/api/v1/tasks/${taskId}/rollout/disagreements/${id}/verdict`, () => {
            said.push(id);
            return { body: {} };
          });
      },
    });
    const { page, sent, problems } = opened;
    await page.goto(`${stage.backend.url}/#/review/${taskId}`);
    await page.locator("main").getByText("4 outputs to judge").waitFor();
    await page.getByText("The two versions differ. Which is right?").waitFor();
    await page.keyboard.press("2");
    await page.getByText("2024-03-02").waitFor();
    await page.keyboard.press("n");
    await page.getByText("Is this right?").waitFor();
    assert.deepEqual(
      sent.filter((one) => one.includes("verdict")).map((one) => one.split(" ")[2]),
      ['{"right":"candidate"}', '{"right":"neither"}'],
    );
    assert.deepEqual(said, ["d1", "d2"]);
    assert.deepEqual(problems, []);
    await opened.close();
  });

  it("asks again where a verdict could not be kept, and says why", async () => {
    const taskId = await busyTask(stage.backend, "Trouble", { runs: 2 });
    const opened = await stage.open();
    const { page } = opened;
    await page.goto(`${stage.backend.url}/#/review/${taskId}`);
    await page.getByText("Family1, Given1").waitFor();
    await opened.play(`/api/v1/tasks/${taskId}/validations`, () => ({
      status: 500,
      body: { error: { code: "storage_failed", message: "The disk is full.", request_id: "r" } },
    }));
    await page.keyboard.press("a");
    await page.getByRole("alert").getByText("The verdict was not kept: The disk is full.").waitFor();
    await page.getByText("Family1, Given1").waitFor();
    await page.unrouteAll();
    await page.keyboard.press("a");
    await page.getByText("Family0, Given0").waitFor();
    await page.keyboard.press("a");
    await page.getByText("Nothing waits for you. Sampled").waitFor();
    assert.equal((await verdicts(taskId)).length, 2);
    await opened.close();
  });

  it("shows outputs that are hostile as text, also long ones", async () => {
    const { client } = stage.backend;
    const task = await client.call("createTask", {
      params: {},
      body: {
        ...{ name: "<img src=x onerror=alert(1)>", description: "", language: "javascript" as const, samplingRate: 1 },
        ...{ examples: [{ input: "a", output: "a" }], accuracyTarget: 0.9, latencyTargetMs: 10 },
      },
    });
    await client.call("createArtifact", {
      params: {},
      body: { taskId: task.id, code: "function run(input) { return input; }", language: "javascript" },
    });
    const input = `<script>document.title = "owned"</script>${"x".repeat(50_000)}`;
    await client.call("execute", { params: { id: task.id }, body: { input } });
    const opened = await stage.open({ width: 360, height: 780 });
    const { page, problems } = opened;
    await page.goto(`${stage.backend.url}/#/review/${task.id}`);
    await page
      .getByText(/^<script>document/)
      .first()
      .waitFor();
    await loadAxe(page);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await overflowing(page), []);
    assert.equal(await page.title(), "HAPA");
    await page.goto(`${stage.backend.url}/#/tasks/${task.id}`);
    await page.getByRole("heading", { name: "<img src=x onerror=alert(1)>" }).waitFor();
    assert.deepEqual(problems, []);
    await opened.close();
  });
});
