/** The dashboard in both colours, at a phone's width, in Korean: nothing that cannot be read, reached, or fits. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { loadAxe, overflowing, violations } from "../axe.ts";
import { busyTask, type DashboardStage, openDashboardStage } from "./dashboard-page.ts";
import { disagreements, improvements, knowing, rollout, rolloutAnswer } from "./played.ts";

describe("the looks of the dashboard", function () {
  this.timeout(60_000);
  let stage: DashboardStage;
  let taskId: string;
  before(async () => {
    stage = await openDashboardStage();
    taskId = await busyTask(stage.backend, "Names into order", { runs: 40, judged: 20, wrong: 2 });
  });
  after(() => stage.close());

  const looks = {
    light: {},
    dark: { scheme: "dark" },
    phone: { width: 360, height: 780 },
    "phone-dark": { width: 360, height: 780, scheme: "dark" },
    korean: { locale: "ko-KR" },
    "korean-phone": { locale: "ko-KR", width: 360, height: 780 },
  } as const;
  for (const [name, look] of Object.entries(looks)) {
    it(`are right: ${name}`, async () => {
      const opened = await stage.open({
        ...look,
        before: async (one) => {
          await one.play(`/api/v1/tasks/${taskId}/learning`, () => ({ body: knowing(taskId) }));
          await one.play(`/api/v1/tasks/${taskId}/improvements`, () => ({ body: improvements(taskId) }));
          await one.play(`/api/v1/tasks/${taskId}/rollout`, () => ({ body: rolloutAnswer(rollout(taskId)) }));
          await one.play(`/api/v1/tasks/${taskId}/rollout/disagreements`, () => ({ body: disagreements(["d1"]) }));
        },
      });
      const { page, problems } = opened;
      await page.locator(".live.on").waitFor();
      const shown = {
        overview: ["#/", ".tasks tbody tr"],
        task: [`#/tasks/${taskId}`, ".chart circle"],
        review: [`#/review/${taskId}`, ".review-card"],
      } as const;
      await loadAxe(page);
      for (const [place, [address, sign]] of Object.entries(shown)) {
        await page.goto(`${stage.backend.url}/${address}`);
        await page.locator(sign).first().waitFor();
        assert.deepEqual(await violations(page), [], place);
        assert.deepEqual(await overflowing(page), [], place);
        await opened.screenshot(`${place}-${name}`, { fullPage: true });
        if (name.startsWith("korean")) {
          // biome-ignore lint/performance/useDomNodeTextContent: what is seen, not what is hidden
          const words = await page.locator("main").innerText();
          assert.match(words, /[가-힣]/, place);
        }
      }
      assert.deepEqual(problems, []);
      await opened.close();
    });
  }

  it("follow the switch, also when the page is opened again; a link says the language", async () => {
    const opened = await stage.open({ scheme: "light", language: "ko" });
    const { page } = opened;
    const colour = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    await page.getByRole("heading", { name: "서버" }).waitFor();
    const light = await colour();
    await page.getByRole("combobox", { name: "색" }).selectOption("dark");
    const dark = await colour();
    assert.notEqual(dark, light);
    await page.reload();
    await page.getByRole("heading", { name: "서버" }).waitFor();
    assert.equal(await colour(), dark);
    assert.equal(await page.evaluate("document.documentElement.lang"), "ko");
    await opened.close();
  });

  it("let everything be reached by the Tab key, from the top", async () => {
    const opened = await stage.open();
    const { page } = opened;
    await page.locator(".tasks tbody tr").first().waitFor();
    const names: string[] = [];
    for (let at = 0; at < 40; at++) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(
        "document.activeElement === document.body ? '' : document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent",
      );
      if (name === "") break;
      names.push(String(name));
    }
    for (const wanted of [
      "To the content",
      "Overview",
      "Colours",
      "Names into order",
      "How it is computed: Time saved",
    ])
      assert.ok(names.includes(wanted), `${wanted} is not among ${names.join(", ")}`);
    await page.getByRole("link", { name: "Names into order" }).first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Names into order" }).waitFor();
    assert.equal(await page.evaluate("document.activeElement.id"), "main", "a screen reader goes on at the new page");
    await opened.close();
  });
});
