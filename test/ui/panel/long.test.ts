/** Long conversations and long answers in a real Chromium: what is on the page stays small, and where one reads stays put. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { explanation } from "./faces.ts";
import { openReady, openStage, type PanelPage, type PanelStage } from "./panel-page.ts";
import { code, item, kept, program, resultFor } from "./samples.ts";

const total = 2_000;
const pageSize = 50;
const turns = Array.from({ length: total }, (_, i) =>
  kept(`t${i}`, {
    question: `Question ${i}: what does this do, and why?`,
    markdown: `## Answer ${i}\n\n${explanation}\n\n${"It is what it is. ".repeat(i % 40)}`,
  }),
);

describe("long conversations in the panel", function () {
  this.timeout(120_000);
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

  const evaluate = <T>(script: string): Promise<T> => panel.page.evaluate(script) as Promise<T>;
  const scroller = `document.querySelector("main")`;
  const toEnd = () => evaluate<number>(`${scroller}.scrollHeight - ${scroller}.scrollTop - ${scroller}.clientHeight`);
  /** Milliseconds from a message to the frame in which an element with these words stands on the page. */
  const timeUntil = (message: unknown, selector: string, words: string) =>
    evaluate<number>(`(async () => {
      const begun = performance.now();
      window.postMessage(${JSON.stringify(message)}, "*");
      for (;;) {
        await new Promise((next) => requestAnimationFrame(next));
        const found = [...document.querySelectorAll(${JSON.stringify(selector)})];
        if (found.some((element) => element.textContent === ${JSON.stringify(words)})) break;
      }
      return performance.now() - begun;
    })()`);

  it(`opens a conversation of ${total} questions at its end (printed: how long it takes)`, async () => {
    const conversation = item("c1", "Long", total);
    const last = turns.slice(-pageSize);
    const end = ["article h2", `Answer ${total - 1}`] as const;
    const part = await timeUntil({ type: "conversation", conversation, turns: last, earlier: "e" }, ...end);
    await panel.button("New conversation").click();
    await panel.text("Say what you want done").waitFor();
    const whole = await timeUntil({ type: "conversation", conversation, turns, earlier: null }, ...end);
    const nodes = await evaluate<number>(`${scroller}.querySelectorAll("*").length`);
    console.log(
      `      open: ${part.toFixed(0)} ms with the last ${pageSize} of ${total} questions, ` +
        `${whole.toFixed(0)} ms with all ${total} sent at once; ${nodes} elements on the page`,
    );
    assert.ok((await toEnd()) <= 1, "it is shown at its end");
    assert.ok((await panel.page.getByRole("article").count()) < 30, "only what is in sight is on the page");
  });

  it("loads earlier questions when scrolled to, and what is read stays where it is", async () => {
    const conversation = item("c1", "Long", total);
    let from = total - pageSize;
    await panel.send({ type: "conversation", conversation, turns: turns.slice(from), earlier: `e${from}` });
    await panel.text(`Answer ${total - 1}`).waitFor();
    assert.equal(
      (await panel.posted()).filter(({ type }) => type === "loadEarlier").length,
      0,
      "not before it is needed",
    );
    for (let page = 1; page <= 3; page++) {
      await evaluate(`${scroller}.scrollTop = 0`);
      const asked = await panel.waitFor("loadEarlier", page);
      assert.deepEqual(asked, { type: "loadEarlier", conversationId: "c1", cursor: `e${from}` });
      const first = `Question ${from}: what`;
      await panel.text(first).waitFor();
      const before = await panel.text(first).boundingBox();
      const earlier = turns.slice(from - pageSize, from);
      from -= pageSize;
      await panel.send({ type: "earlierTurns", conversationId: "c1", turns: earlier, earlier: `e${from}` });
      await panel.page.locator(`[aria-setsize="${total}"][data-turn="t${from + pageSize - 1}"]`).waitFor();
      const afterwards = await panel.text(first).boundingBox();
      assert.ok(Math.abs((before?.y ?? 0) - (afterwards?.y ?? 1e9)) < 40, `${before?.y} became ${afterwards?.y}`);
    }
  });

  it("scrolls through all of it (printed: frames and the longest)", async () => {
    await panel.send({ type: "conversation", conversation: item("c1", "Long", total), turns, earlier: null });
    await panel.text(`Answer ${total - 1}`).waitFor();
    const frames = await evaluate<number[]>(`(async () => {
      const times = [];
      let last = performance.now();
      for (let i = 0; i < 240; i++) {
        ${scroller}.scrollTop -= 400;
        await new Promise((next) => requestAnimationFrame(next));
        const now = performance.now();
        times.push(now - last);
        last = now;
      }
      return times;
    })()`);
    const sorted = frames.toSorted((a, b) => a - b);
    const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0);
    console.log(
      `      scroll: ${frames.length} frames of 400 px, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`,
    );
    assert.ok((await panel.page.getByRole("article").count()) < 30);
  });

  it("reads along while an answer grows; whoever scrolled up is left alone and can jump back", async () => {
    const conversation = item("c1", "Long", 30);
    await panel.send({ type: "conversation", conversation, turns: turns.slice(0, 30), earlier: null });
    const requestId = await panel.ask("And now?");
    const grow = (n: number) => panel.send({ type: "delta", requestId, text: `\n\nParagraph ${n} of the answer.` });
    for (let n = 0; n < 40; n++) await grow(n);
    await panel.text("Paragraph 39").waitFor();
    assert.ok((await toEnd()) <= 2, "the end is in sight");
    assert.equal(await panel.button("Jump to the latest").count(), 0);

    await panel.page.locator("main").hover();
    await panel.page.mouse.wheel(0, -900);
    await panel.button("Jump to the latest").waitFor();
    const under = await panel.page.evaluate("getComputedStyle(document.querySelector('.jump-button')).backgroundColor");
    assert.match(String(under), /^rgb\(/, "the words under it show through");
    const top = await evaluate<number>(`${scroller}.scrollTop`);
    for (let n = 40; n < 60; n++) await grow(n);
    await panel.send(resultFor(requestId, { markdown: `${"x\n\n".repeat(100)}the very end` }));
    await panel.button("Answer again").waitFor({ state: "attached" });
    assert.ok(Math.abs((await evaluate<number>(`${scroller}.scrollTop`)) - top) < 4, "it stays where it is read");
    await panel.button("Jump to the latest").click();
    await panel.text("the very end").waitFor();
    await panel.button("Jump to the latest").waitFor({ state: "detached" });
  });

  it("a program that came with few words is shown from its question on", async () => {
    const conversation = item("c1", "Long", 30);
    await panel.send({ type: "conversation", conversation, turns: turns.slice(0, 30), earlier: null });
    const requestId = await panel.ask("First name first");
    const long = { ...program, artifact: { ...program.artifact, code: `${code}\n${"// and so on\n".repeat(80)}` } };
    await panel.send({ type: "delta", requestId, text: "Puts the second part of the text first." });
    await panel.send(resultFor(requestId, { markdown: "Puts the second part of the text first.", program: long }));
    await panel.text("First name first").waitFor();
    await panel.page.waitForFunction(
      `Math.abs(document.querySelector('[data-turn="${requestId}"]').getBoundingClientRect().top - ${scroller}.getBoundingClientRect().top - 8) < 4`,
    );
    await panel.screenshot("program-from-its-question");
  });

  it("Page Up and Page Down go from question to question; what has the focus stays on the page", async () => {
    const conversation = item("c1", "Long", 100);
    await panel.send({ type: "conversation", conversation, turns: turns.slice(0, 100), earlier: null });
    await panel.page.locator('[data-turn="t99"]').focus();
    for (let i = 0; i < 3; i++) {
      await panel.page.keyboard.press("PageUp");
      await panel.page.locator(`[data-turn="t${98 - i}"]:focus`).waitFor();
    }
    await evaluate(`${scroller}.scrollTop = 0`);
    await panel.text("Question 0: what").waitFor();
    assert.equal(await evaluate("document.activeElement.dataset.turn"), "t96");
    await panel.page.keyboard.press("PageDown");
    await panel.page.locator('[data-turn="t97"]:focus').waitFor();
  });

  for (const [name, text] of [
    [
      "of many blocks",
      Array.from({ length: Math.floor(200_000 / explanation.length) }, () => explanation).join("\n\n"),
    ],
    ["of one piece of code that is never closed", `\`\`\`python\n${"print('a line of code', 1 + 2)\n".repeat(6_700)}`],
    ["of one paragraph", "word **bold** `code` [link](https://example.com) ".repeat(4_100)],
    ["of one list", "- an item with *some* words\n".repeat(7_200)],
  ] as const) {
    it(`streams an answer of 200 kB ${name} without freezing (printed: the longest gap between frames)`, async () => {
      const requestId = await panel.ask("Long");
      const parts = text.match(/[\s\S]{1,2000}/g) ?? [];
      const { gaps, ms } = await evaluate<{ gaps: number[]; ms: number }>(`(async () => {
        const gaps = [];
        let last = performance.now();
        let on = true;
        const tick = (now) => { gaps.push(now - last); last = now; if (on) requestAnimationFrame(tick); };
        requestAnimationFrame(tick);
        const begun = performance.now();
        for (const text of ${JSON.stringify(parts)}) {
          window.postMessage({ type: "delta", requestId: ${JSON.stringify(requestId)}, text }, "*");
          await new Promise((next) => setTimeout(next, 10));
        }
        window.postMessage(${JSON.stringify(resultFor(requestId, { markdown: text }))}, "*");
        on = false;
        return { gaps, ms: performance.now() - begun };
      })()`);
      const sorted = gaps.toSorted((a, b) => a - b);
      const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
      console.log(
        `      ${(text.length / 1000).toFixed(0)} kB in ${ms.toFixed(0)} ms: ${gaps.length} frames, ` +
          `median ${median.toFixed(0)} ms, longest ${(sorted.at(-1) ?? 0).toFixed(0)} ms`,
      );
      const whole = await panel.ask("Whole");
      const markdown = `${text}${text.startsWith("```") ? "```" : ""}\n\n## the end`;
      const shown = await timeUntil(resultFor(whole, { markdown }), ".markdown > :last-child h2", "the end");
      console.log(`      the same, whole and at once: ${shown.toFixed(0)} ms`);
    });
  }
});
