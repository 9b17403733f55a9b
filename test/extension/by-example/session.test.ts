import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { spoken } from "../../../src/contract/say.ts";
import { createRows } from "../../../src/extension/by-example/lesson.ts";
import { piecesOf } from "../../../src/extension/by-example/pieces.ts";
import { createSession, type Learned } from "../../../src/extension/by-example/session.ts";
import { createTracker } from "../../../src/extension/by-example/track.ts";
import { Notice } from "../../../src/extension/errors.ts";
import type { TextExample } from "../../../src/extension/examples.ts";

interface Asked {
  readonly examples: readonly TextExample[];
  readonly signal: AbortSignal;
  readonly resolve: (learned: Learned) => void;
  readonly reject: (error: Error) => void;
}

/** A session on these lines; every wish to learn waits in `asked` to be granted. */
function begin(lines: readonly string[]) {
  const end = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  const pieces = piecesOf(lines, [{ start: { line: 0, character: 0 }, end, active: end }]);
  const tracker = createTracker(lines, pieces.spans);
  const asked: Asked[] = [];
  const failures: unknown[] = [];
  const session = createSession({
    tracker,
    rows: createRows(tracker, pieces),
    pauseMs: 1_000_000, // Only what is asked for happens.
    words: spoken,
    describe: ({ pieces: [one, other] }) => `${one} and ${other} disagree`,
    onChange() {},
    onFailure: (error) => failures.push(error),
    learn: (examples, _inputs, signal) =>
      new Promise((resolve, reject) => asked.push({ examples, signal, resolve, reject })),
  });
  const write = (line: number, text: string): void => {
    const change = { start: { line, character: 0 }, end: { line, character: tracker.line(line).length }, text };
    session.edited(tracker.apply(change), "person");
  };
  return { session, tracker, asked, failures, write };
}

function upper(inputs: readonly string[], doubts: Learned["doubts"] = []): Learned {
  return {
    program: { taskId: "task", version: 1, language: "javascript" },
    verification: { oddExamples: [] } as unknown as Learned["verification"],
    outputs: new Map(inputs.map((input) => [input, input.toUpperCase()])),
    doubts,
  };
}

describe("a session of Transform by Example", () => {
  it("learns when the cursor leaves the edited lines, and not before", async () => {
    const { session, asked, write } = begin(["a", "b", "c"]);
    write(0, "A");
    session.cursorsOn(new Set([0]));
    assert.equal(asked.length, 0);
    session.cursorsOn(new Set([2]));
    assert.deepEqual(asked[0]?.examples, [{ input: "a", output: "A" }]);
    session.cursorsOn(new Set([1]));
    assert.equal(asked.length, 1, "nothing new was edited");
    asked[0]?.resolve(upper(["b", "c"]));
    await session.learnNow();
    assert.deepEqual([session.phase(), session.counts()], ["ready", { examples: 1, changes: 2, failed: 0 }]);
    assert.deepEqual(session.replacements(), [
      { piece: 1, text: "B" },
      { piece: 2, text: "C" },
    ]);
    session.end();
  });

  it("a newer edit stops the older learning, whose answer is not shown", async () => {
    const { session, asked, write } = begin(["a", "b", "c"]);
    write(0, "A");
    const first = session.learnNow();
    write(1, "B");
    const second = session.learnNow();
    assert.ok(asked[0]?.signal.aborted);
    asked[0]?.resolve(upper(["a", "b", "c"]));
    await Promise.resolve();
    assert.equal(session.phase(), "learning");
    asked[1]?.resolve(upper(["c"]));
    await Promise.all([first, second]);
    assert.deepEqual([session.phase(), session.counts().changes], ["ready", 1]);
    session.end();
  });

  it("a line that is edited loses its ghost at once; the others keep theirs until there is a newer preview", async () => {
    const { session, asked, write } = begin(["a", "b", "c"]);
    write(0, "A");
    const learning = session.learnNow();
    asked[0]?.resolve(upper(["b", "c"]));
    await learning;
    write(1, "x");
    assert.deepEqual([session.output(1), session.output(2)], [undefined, "C"]);
    session.end();
  });

  it("nothing to learn, and examples that disagree, are told; writing the line back begins again", async () => {
    const { session, asked, write } = begin(["a", "b", "a"]);
    write(0, "A");
    const learning = session.learnNow();
    asked[0]?.reject(new Notice("One more line would help."));
    await learning;
    assert.deepEqual([session.phase(), session.problem()], ["stuck", "One more line would help."]);
    write(2, "other");
    await session.learnNow();
    assert.deepEqual([session.phase(), session.problem(), asked.length], ["disagreeing", "0 and 2 disagree", 1]);
    write(2, "a");
    write(0, "a");
    await session.learnNow();
    assert.deepEqual([session.phase(), session.problem()], ["waiting", undefined]);
    session.end();
  });

  it("a failure that no example can mend is told once, and tried again at the next edit", async () => {
    const { session, asked, failures, write } = begin(["a", "b", "c"]);
    for (const [line, text] of ["A", "B"].entries()) {
      write(line, text);
      const learning = session.learnNow();
      asked[line]?.reject(new Error("The disk is full."));
      await learning;
      assert.deepEqual([session.phase(), session.problem(), failures.length], ["failed", "The disk is full.", 1]);
    }
    session.end();
  });

  it("a line that another hand has changed is learned for; one that is deleted asks for nothing", async () => {
    const { session, tracker, asked, write } = begin(["a", "b", "c", "d"]);
    write(0, "A");
    const learning = session.learnNow();
    asked[0]?.resolve(upper(["b", "c", "d"]));
    await learning;
    const change = { start: { line: 3, character: 0 }, end: { line: 3, character: 1 }, text: "new" };
    session.edited(tracker.apply(change), "other");
    const again = session.learnNow();
    asked[1]?.resolve(upper(["b", "c", "new"]));
    await again;
    assert.equal(session.output(3), "NEW");
    session.edited(
      tracker.apply({ start: { line: 1, character: 0 }, end: { line: 2, character: 0 }, text: "" }),
      "person",
    );
    await session.learnNow();
    assert.deepEqual([asked.length, session.counts().changes], [2, 2]);
    session.end();
  });

  it("doubts are told once for each text, until they are skipped or answered", async () => {
    const { session, asked, write } = begin(["a", "b", "b", "c"]);
    const doubts = ["b", "c"].map((input) => ({ input, current: input.toUpperCase(), others: ["?"] }));
    write(0, "A");
    const learning = session.learnNow();
    asked[0]?.resolve(upper(["b", "c"], doubts));
    await learning;
    assert.deepEqual(
      session.doubts().map(({ piece }) => piece),
      [1, 3],
    );
    session.skip("c");
    const answering = session.answer("b", "b");
    asked[1]?.resolve(upper(["b", "c"], doubts.slice(1)));
    await answering;
    assert.deepEqual(asked[1]?.examples, [
      { input: "a", output: "A" },
      { input: "b", output: "b" },
    ]);
    assert.deepEqual(session.doubts(), []);
    session.end();
  });
});
