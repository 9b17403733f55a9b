/** The dashboard in a browser: getting in, the first page, a task, steps of a rollout; what others may not do. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { loadAxe, overflowing, violations } from "../axe.ts";
import { busyTask, type DashboardPage, type DashboardStage, openDashboardStage } from "./dashboard-page.ts";
import { disagreements, improvements, knowing, replay, rollout, rolloutAnswer } from "./played.ts";

const model = {
  ...{ baseUrl: "http://127.0.0.1:9/v1", name: "small-model" },
  prices: { prompt: 0.15, completion: 0.6 },
};

describe("the dashboard", function () {
  this.timeout(60_000);
  let stage: DashboardStage;
  let taskId: string;
  before(async () => {
    stage = await openDashboardStage({ model: async () => model });
    await busyTask(stage.backend, "Log lines to fields", { runs: 3 });
    taskId = await busyTask(stage.backend, "Names into order", { runs: 60, judged: 40, wrong: 3 });
  });
  after(() => stage.close());

  /** What the parts of the server that are made elsewhere answer. */
  const playLearning = async (opened: DashboardPage, one = rollout(taskId)): Promise<void> => {
    await opened.play(`/api/v1/tasks/${taskId}/learning`, () => ({ body: knowing(taskId) }));
    await opened.play(`/api/v1/tasks/${taskId}/improvements`, () => ({ body: improvements(taskId) }));
    await opened.play(`/api/v1/tasks/${taskId}/rollout`, () => ({ body: rolloutAnswer(one) }));
    await opened.play(`/api/v1/tasks/${taskId}/rollout/disagreements`, () => ({ body: disagreements(["d1", "d2"]) }));
    await opened.play(`/api/v1/tasks/${taskId}/replay`, () => ({ body: replay() }));
  };

  it("says how to open it to a browser without a session", async () => {
    const opened = await stage.open({ closed: true });
    const { page, problems } = opened;
    await page.getByRole("heading", { name: "Open the dashboard from HAPA" }).waitFor();
    await page.getByText("Run the command “HAPA: Open Dashboard”").waitFor();
    await loadAxe(page);
    assert.deepEqual(await violations(page), []);
    await opened.screenshot("locked");
    assert.deepEqual(problems, []);
    await opened.close();
  });

  it("opens by a link once: a reload stays in, the link itself lets nobody in again", async () => {
    const link = await stage.link({ taskId });
    const opened = await stage.open({ closed: true });
    const { page, context } = opened;
    await page.goto(link);
    await page.getByRole("heading", { name: "Names into order" }).waitFor();
    assert.doesNotMatch(page.url(), /open/, "the code stands neither in the address nor in the history");
    const [cookie] = await context.cookies();
    assert.deepEqual([cookie?.httpOnly, cookie?.sameSite, cookie?.path], [true, "Strict", "/"]);
    await page.reload();
    await page.getByRole("heading", { name: "Names into order" }).waitFor();
    const other = await stage.open({ closed: true });
    await other.page.goto(link);
    await other.page.getByText(/This link was used already/).waitFor();
    await page.getByRole("button", { name: "Close session" }).click();
    await page.getByRole("heading", { name: "Open the dashboard from HAPA" }).waitFor();
    assert.deepEqual(await context.cookies(), []);
    await page.reload();
    await page.getByRole("heading", { name: "Open the dashboard from HAPA" }).waitFor();
    assert.deepEqual([...opened.problems, ...other.problems], []);
    await Promise.all([opened.close(), other.close()]);
  });

  it("shows the server, the tasks with their accuracy in words, and the ledger with how it is computed", async () => {
    const opened = await stage.open({ before: (one) => playLearning(one) });
    const { page, problems } = opened;
    const row = page.getByRole("row", { name: /Names into order/ });
    await row.waitFor();
    await row.getByRole("img", { name: "92.5% right, between 80.1% and 97.4%, of 40 verdicts; target 90%" }).waitFor();
    await page.getByText("live", { exact: true }).waitFor();
    await page.getByText("Working", { exact: true }).waitFor();
    await page.getByRole("region", { name: "Rollouts under way" }).getByText("version 1 → 2").waitFor();
    const ledger = page.getByRole("region", { name: "What programs spared" });
    await ledger.getByText("63", { exact: true }).waitFor();
    await ledger.getByLabel("How it is computed: Money saved").click();
    await ledger.getByText(/tokens in × \$0.15/).waitFor();
    await ledger.getByText("Prices of small-model, from the settings.").waitFor();
    await ledger.getByRole("spinbutton", { name: "USD per million tokens in" }).fill("1000000");
    await ledger.getByText("Prices as you set them here.").waitFor();
    const amount = await ledger.locator(".amount").nth(1).textContent();
    assert.match(amount ?? "", /^\$[\d,]+\.\d\d$/, "what the person enters is what is counted");
    await ledger.getByLabel("How it is computed: Time saved").click();
    await ledger.getByText(/63 calls × 1 s/).waitFor();
    await ledger.getByRole("spinbutton", { name: /Seconds a model takes/ }).fill("60");
    await ledger.getByText("1 h 2 min").waitFor();
    await loadAxe(page);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await overflowing(page), []);
    assert.deepEqual(problems, []);
    await opened.close();
  });

  it("is live: runs and a version that is activated are seen without a reload", async () => {
    const opened = await stage.open();
    const { page, problems } = opened;
    await page.getByText("live", { exact: true }).waitFor();
    const live = await busyTask(stage.backend, "Made while one looks", { runs: 5 });
    await page.getByRole("row", { name: /Made while one looks/ }).waitFor();
    await page.getByRole("region", { name: "What happened" }).getByText("version 1 runs").first().waitFor();
    await page
      .getByRole("img", { name: /Runs a second in the last minute/ })
      .locator("rect")
      .first()
      .waitFor();
    await stage.backend.client.call("deleteTask", { params: { id: live } });
    await page.getByRole("row", { name: /Made while one looks/ }).waitFor({ state: "detached" });
    assert.deepEqual(problems, []);
    await opened.close();
  });

  it("shows a task: accuracy over time, failures in common, the rollout with its evidence, improvements", async () => {
    const opened = await stage.open({ taskId, before: (one) => playLearning(one) });
    const { page, problems } = opened;
    await page.getByRole("img", { name: "Accuracy over time, 11 points, versions 1, 2" }).waitFor();
    await page.getByText("As a table").click();
    assert.equal(await page.locator(".chart tbody tr").count(), 11);
    await page.getByText("As a table").click();
    await opened.play(`/api/v1/tasks/${taskId}/learning/accept-inputs`, () => ({ status: 204 }));
    const accept = page.getByRole("button", { name: "These are usual now" });
    await accept.click();
    await page.waitForFunction(`!document.querySelector(".figure button")?.disabled`);
    assert.ok(opened.sent.includes(`POST /api/v1/tasks/${taskId}/learning/accept-inputs`));
    const clusters = page.getByRole("region", { name: "What failures have in common" });
    await clusters.getByText('{"user_name":"<b>Ada</b>","date":"2023-01-02"}').waitFor();
    await clusters.getByText("3 of 41 inputs like these were right").waitFor();
    await clusters
      .getByRole("img", { name: "7.3% right, between 2.5% and 19.4%, of 41 verdicts; target 90%" })
      .waitFor();
    await clusters.getByText("More frequent than before, noticed 2 hours ago").waitFor();
    await clusters.getByText("No input like these was judged yet that was drawn by chance.").waitFor();
    const running = page.getByRole("region", { name: "Rollout", exact: true });
    assert.equal(await running.locator("[aria-current=step]").textContent(), "10%");
    await running.getByText("9.40 of 133").waitFor();
    await running.getByRole("button", { name: "What would change?" }).click();
    await running.getByText("37 of 1,000 recorded inputs would get another output; 1 would fail.").waitFor();
    const made = page.getByRole("region", { name: "Improvements" });
    await made.getByText("kept aside: 2 of 11 → 11 of 11 right").first().waitFor();
    await loadAxe(page);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await overflowing(page), []);
    assert.deepEqual(problems, []);
    await opened.close();
  });

  it("asks before it promotes or rolls back, and does it then; by keyboard", async () => {
    let state = rollout(taskId);
    const opened = await stage.open({ taskId, before: (one) => playLearning(one) });
    const { page, sent } = opened;
    await opened.play(`/api/v1/tasks/${taskId}/rollout`, () => ({ body: rolloutAnswer(state) }));
    await opened.play(`/api/v1/tasks/${taskId}/rollback`, () => {
      state = { ...state, state: "rolled_back", stage: "stopped", endedBy: "person", endReason: "By hand." };
      return { body: rolloutAnswer(state) };
    });
    await page.getByRole("button", { name: "Roll back", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Version 1 answers all requests again.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("Version 1 answers all requests again.").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Roll back", exact: true }).click();
    await page.keyboard.press("Enter");
    await page.getByText("rolled back", { exact: true }).waitFor();
    assert.equal(sent.filter((one) => one.includes("rollback")).length, 1);
    await opened.close();
  });

  it("lets a key that may only look change nothing", async () => {
    const opened = await stage.open({ taskId, role: "viewer", before: (one) => playLearning(one) });
    const { page, sent } = opened;
    await page.getByText("9.40 of 133").waitFor();
    assert.equal(await page.getByRole("button", { name: /Promote|Roll back|Pause|Improve/ }).count(), 0);
    await page.goto(`${stage.backend.url}/#/review/${taskId}`);
    await page.getByText("Your key may look, but not judge.").waitFor();
    await page.getByRole("button", { name: "Version 2" }).waitFor();
    assert.ok(await page.getByRole("button", { name: "Version 2" }).isDisabled());
    await page.keyboard.press("2");
    await page.keyboard.press("s");
    assert.ok(!sent.some((one) => /verdict|validations/.test(one)));
    await opened.close();
  });

  it("tells of a server that is gone, and how to come back in when it is another one", async () => {
    const own = await openDashboardStage();
    try {
      const opened = await own.open();
      const { page } = opened;
      await page.getByText("live", { exact: true }).waitFor();
      await own.backend.client.call("revokeKey", {
        params: { id: (await own.backend.client.call("listKeys", { params: {} })).items[0]?.id ?? "" },
      });
      await page.getByRole("heading", { name: "Open the dashboard from HAPA" }).waitFor();
      await opened.close();
    } finally {
      await own.close();
    }
  });
});
