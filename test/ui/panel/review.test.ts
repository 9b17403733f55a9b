/** The review queue in the panel, by keys and by mouse; the host is played. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import type { ReviewItem } from "../../../src/contract/review.ts";
import { loadAxe, overflowing, violations } from "../axe.ts";
import { openReady, openStage, type PanelPage, type PanelStage } from "./panel-page.ts";

const item = (n: number, failure: string | null = null): ReviewItem => ({
  kind: "execution",
  id: `exec_${n}`,
  taskId: "task_1",
  taskName: "Names into order",
  version: 3,
  input: `Family${n}, Given${n}`,
  output: failure === null ? `Given${n} Family${n}` : null,
  failure,
  at: "2026-11-22T10:00:00Z",
});

/** Two versions of a rollout gave different outputs; the old one failed. */
const difference = (n: number): ReviewItem => ({
  ...{ kind: "disagreement", id: `difference_${n}`, taskId: "task_2", taskName: "Booking day" },
  ...{ input: `Mar ${n}, 2026`, incumbentVersion: 1, candidateVersion: 2 },
  ...{ incumbentOutput: null, candidateOutput: `2026-03-0${n}`, at: "2026-11-22T10:00:00Z" },
});

describe("the review queue of the panel", function () {
  this.timeout(30_000);
  let stage: PanelStage;
  let panel: PanelPage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  beforeEach(async () => {
    panel = await openReady(stage);
  });
  afterEach(() => panel.close());

  const open = async (items: readonly ReviewItem[], waiting = items.length) => {
    await panel.button(panel.words.more).click();
    await panel.page.getByRole("menuitem", { name: panel.words.review.menu }).click();
    await panel.waitFor("getReview");
    await panel.send({ type: "review", items, waiting });
  };
  const shows = (n: number) => panel.page.getByText(`Family${n}, Given${n}`, { exact: true }).waitFor();

  it("sends what is said by keys: right, wrong, corrected; and goes back", async () => {
    await open([1, 2, 3, 4].map((n) => item(n)));
    await shows(1);
    await panel.page.keyboard.press("a");
    await shows(2);
    await panel.page.keyboard.press("r");
    await shows(3);
    await panel.page.keyboard.press("c");
    const box = panel.page.getByRole("textbox", { name: "What it should be" });
    await box.fill("Given 3");
    await box.press("Enter");
    await shows(4);
    await panel.page.keyboard.press("z");
    await shows(3);
    await panel.button("Right").click();
    await shows(4);
    const judged = (await panel.posted()).filter(({ type }) => type === "judge");
    const one = (n: number, right: boolean, expected: string | null) => ({
      ...{ type: "judge", id: `exec_${n}`, taskId: "task_1", right, expected },
    });
    assert.deepEqual(judged, [one(1, true, null), one(2, false, null), one(3, false, '"Given 3"'), one(3, true, null)]);
    assert.deepEqual(panel.problems, []);
  });

  it("asks again about a verdict that was not kept, and for more before it runs out", async () => {
    await open(
      [1, 2, 3, 4, 5, 6].map((n) => item(n)),
      9,
    );
    await shows(1);
    await panel.page.keyboard.press("a");
    await shows(2);
    await panel.waitFor("getReview", 2);
    await panel.send({ type: "review", items: [2, 3, 4, 5, 6, 7, 8, 9].map((n) => item(n)), waiting: 8 });
    await panel.send({ type: "reviewFailed", id: "exec_1", message: "The disk is full." });
    await panel.text("The verdict was not kept: The disk is full.").waitFor();
    await shows(1);
    for (let n = 1; n <= 9; n++) {
      await shows(n);
      await panel.page.keyboard.press("a");
    }
    await panel.text(/^Nothing waits for you\. Sampled/).waitFor();
  });

  it("asks which of two versions is right where they differ, by keys and by mouse, and goes back", async () => {
    await open([...[1, 2, 3, 4, 5].map(difference), item(6)]);
    const asks = (n: number) => panel.page.getByText(`Mar ${n}, 2026`, { exact: true }).waitFor();
    await asks(1);
    await panel.text("The two versions differ. Which is right?").waitFor();
    await panel.text("Output of version 2").waitFor();
    await panel.page.keyboard.press("2");
    await asks(2);
    await panel.page.keyboard.press("a"); // Nothing here: there are two.
    await panel.page.keyboard.press("1");
    await asks(3);
    await panel.page.keyboard.press("b");
    await asks(4);
    await panel.button("Neither").click();
    await asks(5);
    await panel.page.keyboard.press("z");
    await asks(4);
    await panel.page.keyboard.press("u");
    await asks(5);
    await panel.page.keyboard.press("s");
    await shows(6);
    await panel.send({ type: "reviewFailed", id: "difference_1", message: "The rollout is over." });
    await panel.text("The verdict was not kept: The rollout is over.").waitFor();
    await asks(1);
    const judged = (await panel.posted()).filter(({ type }) => type.startsWith("judge"));
    const one = (n: number, side: string) => ({
      ...{ type: "judgeDifference", id: `difference_${n}`, taskId: "task_2", side },
    });
    const sides = [one(1, "candidate"), one(2, "incumbent"), one(3, "both"), one(4, "neither"), one(4, "unsure")];
    assert.deepEqual(judged, sides);
    assert.deepEqual(panel.problems, []);
  });

  it("offers no Right for a run that failed, and leaves to the composer by Escape", async () => {
    await open([item(1, "TypeError: no comma")]);
    await panel.text("TypeError: no comma").waitFor();
    assert.ok(await panel.button("Right").isDisabled());
    await panel.page.keyboard.press("a");
    await panel.page.keyboard.press("c");
    await panel.page.keyboard.press("Escape");
    await panel.button("Wrong").waitFor();
    await panel.page.keyboard.press("Escape");
    await panel.question().waitFor();
    await panel.page.waitForFunction('document.activeElement?.tagName === "TEXTAREA"');
    assert.deepEqual(
      (await panel.posted()).filter(({ type }) => type === "judge"),
      [],
    );
  });

  for (const [theme, lang] of [
    ["light", "en"],
    ["dark", "ko"],
    ["contrast", "en"],
  ] as const) {
    it(`can be read and reached: ${theme}, ${lang}`, async () => {
      await panel.close();
      panel = await openReady(stage, { theme, lang, width: 300 });
      await panel.button(panel.words.more).click();
      await panel.page.getByRole("menuitem", { name: panel.words.review.menu }).click();
      await panel.waitFor("getReview");
      await panel.send({ type: "review", items: [item(1), item(2)], waiting: 2 });
      await shows(1);
      await loadAxe(panel.page);
      assert.deepEqual(await violations(panel.page), []);
      assert.deepEqual(await overflowing(panel.page), []);
      await panel.screenshot(`review-${theme}`);
      await panel.page.keyboard.press("c");
      await panel.page.getByRole("textbox", { name: panel.words.review.expected }).waitFor();
      assert.deepEqual(await violations(panel.page), []);
      await panel.screenshot(`review-correct-${theme}`);
      await panel.page.keyboard.press("Escape");
      await panel.page.keyboard.press("s");
      await panel.page.keyboard.press("s");
      await panel.send({ type: "review", items: [difference(1)], waiting: 3 });
      await panel.page.getByText("Mar 1, 2026", { exact: true }).waitFor();
      assert.deepEqual(await violations(panel.page), []);
      assert.deepEqual(await overflowing(panel.page), []);
      await panel.screenshot(`review-difference-${theme}`);
      assert.deepEqual(panel.problems, []);
    });
  }
});
