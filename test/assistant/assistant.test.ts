/** What a conversation is called, and what a model is reminded of. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { titleOf } from "../../src/assistant/assistant.ts";
import { conversationMessages, historyTokens } from "../../src/assistant/prompts.ts";
import { createSaver } from "../../src/assistant/saver.ts";
import { questionOf } from "../support/conversing.ts";

const past = (question: string, markdown: string, text = "") => ({
  command: null,
  question,
  markdown,
  context: text === "" ? [] : [{ kind: "file" as const, label: "a", path: "a", count: 1, text }],
});

describe("the assistant", () => {
  it("names a conversation by the first words of its question, never by half a word or half a character", () => {
    assert.equal(titleOf("Sort\n  this"), "Sort this");
    assert.equal(titleOf(`${"word ".repeat(30)}`), `${"word ".repeat(11)}word…`);
    assert.equal(titleOf("가".repeat(100)), `${"가".repeat(60)}…`);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (question) => {
        const title = titleOf(question);
        assert.ok(title.length <= 61 && title.isWellFormed());
      }),
    );
  });

  it("reminds of no more than there is room for, the newest first, and always ends with the question", () => {
    const size = (text: string) => Math.ceil(Buffer.byteLength(text) / 4);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 30_000 }), fc.nat({ max: 30_000 })), { maxLength: 8 }), (sizes) => {
        const turns = sizes.map(([answer, quoted], at) => past(`q${at}`, "가".repeat(answer), "x".repeat(quoted)));
        const messages = conversationMessages(questionOf("now?"), turns);
        assert.deepEqual([messages[0]?.role, messages.at(-1)?.content], ["system", "now?"]);
        const reminders = messages.slice(1, -1);
        assert.ok(reminders.reduce((sum, { content }) => sum + size(content), 0) <= historyTokens + 10);
        assert.equal(reminders.length > 0, turns.length > 0);
        const asked = reminders.filter(({ role }) => role === "user").map(({ content }) => content.split("\n")[0]);
        assert.deepEqual(
          asked,
          turns
            .slice(0, asked.length)
            .map(({ question }) => question)
            .reverse(),
        );
      }),
    );
  });

  it("saves what streams in twice a second at most, one at a time, and nothing after its end", async () => {
    const saved: string[] = [];
    const landed = Promise.withResolvers<void>();
    const saver = createSaver(async (text) => {
      saved.push(text);
      landed.resolve();
    });
    for (let at = 0; at < 100; at++) saver.add("a");
    assert.deepEqual(saved, []);
    await landed.promise;
    assert.deepEqual(saved, ["a".repeat(100)]);
    saver.add("b");
    await saver.stop();
    assert.deepEqual([saved.length, saver.text().length], [1, 101]);
  });
});
