/** The search for a better program, with generators that are scripted: what they are shown, and what is taken. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { spoken, verbatim } from "../../../src/contract/say.ts";
import type { Example } from "../../../src/contract/tasks.ts";
import { type Known, type Row, rowsOf, sortRows } from "../../../src/learning/improving/rows.ts";
import { type Made, mayTakeOver, type SearchOptions, searchBetter } from "../../../src/learning/improving/search.ts";

/** A program, and on which inputs it is right. */
interface Scripted extends Made {
  readonly rightOn: (input: string) => boolean;
}

const rows = (prefix: string, count: number, oracle: Known["oracle"] = "reference"): Known[] =>
  Array.from({ length: count }, (_, at) => ({ input: `${prefix} ${at}`, output: at, oracle }));

const options: SearchOptions = { labels: false, attempts: 5, seesMistakes: false, mayLose: false, modelErrs: 0 };

/** @param programs what the generator gives, one after another; a text: why there is none */
async function search(
  known: readonly Known[],
  programs: readonly (Scripted["rightOn"] | string)[],
  over: Partial<SearchOptions> = {},
) {
  const examples = rows("old example", 5).map(({ input, output }) => ({ input, output }));
  const all = rowsOf({ comparison: "exact", examples }, known);
  const right = all.map(({ input }) => String(input).startsWith("old"));
  const sorted = sortRows(all, right);
  const shown: (readonly Example[])[] = [];
  const mistakes: { of: number | undefined; wrong: unknown[] }[] = [];
  const result = await searchBetter<Scripted>(
    sorted,
    new Map(all.map((row, at) => [row, right[at] === true])),
    { ...options, ...over },
    {
      async generate(examples, { made, wrong }) {
        shown.push(examples);
        mistakes.push({ of: made?.version, wrong: wrong.map(({ input }) => input) });
        const program = programs[Math.min(shown.length, programs.length) - 1] ?? "none";
        return typeof program === "string"
          ? { none: verbatim(program) }
          : { version: shown.length + 1, rightOn: program };
      },
      right: async ({ rightOn }, some: readonly Row[]) => some.map(({ input }) => rightOn(String(input))),
      mayGoOn: () => true,
    },
  );
  return { result, shown, sorted, mistakes };
}

const known = [...rows("new", 60), ...rows("old", 100)];

describe("the search for a better program", () => {
  it("takes the first that mends everything and loses nothing, after a few typical corrections", async () => {
    const { result, shown, sorted } = await search(known, [() => true]);
    const { best } = result;
    assert.ok(best?.isBetter && best.losesNone);
    assert.deepEqual([result.attempts, best.made.version, best.mended], [1, 2, sorted.corrections.length]);
    assert.deepEqual([best.candidateRight, best.heldOut], [sorted.heldOut.length, sorted.heldOut.length]);
    assert.equal(shown[0]?.length, 5 + 12);
  });

  it("no generator is ever shown a row that is measured on", async () => {
    const half = (input: string) => input.startsWith("old") || input.endsWith("1");
    const { result, shown, sorted } = await search(known, [half, half, () => true]);
    const seen = new Set(shown.flat().map(({ input }) => input));
    assert.ok(sorted.heldOut.every(({ input }) => !seen.has(input)));
    assert.equal(result.best?.heldOut, sorted.heldOut.length);
    assert.equal(result.best?.made.version, 4);
  });

  it("what a program gets wrong is shown to the next attempt; a row of those kept aside is then no longer measured on", async () => {
    const { result, shown, sorted } = await search(known, [(input) => !/^old 1\d$/.test(input), () => true]);
    const lost = new Set(shown[1]?.filter(({ input }) => /^old 1\d$/.test(String(input))).map(({ input }) => input));
    assert.ok(lost.size > 0);
    const nowShown = sorted.heldOut.filter(({ input }) => lost.has(input)).length;
    assert.equal(result.best?.heldOut, sorted.heldOut.length - nowShown);
    assert.ok(result.best?.losesNone);
  });

  it("the running program's mistakes are told first, then those of the last attempt, also where all rows are known", async () => {
    const labels = { labels: true, seesMistakes: true, attempts: 2 };
    const { result, shown, sorted, mistakes } = await search(known, [(input) => !/1$/.test(input), () => true], labels);
    const inputs = (some: readonly Row[]) => some.map(({ input }) => input);
    assert.deepEqual(mistakes[0], { of: undefined, wrong: inputs(sorted.corrections) });
    assert.equal(mistakes[1]?.of, 2);
    assert.ok(mistakes[1].wrong.length > 0 && mistakes[1].wrong.every((input) => /1$/.test(String(input))));
    const second = new Set(shown[1]?.map(({ input }) => input));
    assert.ok(mistakes[1].wrong.every((input) => second.has(input as string)));
    assert.deepEqual([result.attempts, result.best?.made.version], [2, 3]);
  });

  it("a classifier is shown again what it loses, also where it was shown everything", async () => {
    const losing = (input: string) => input !== "old 7";
    const { result, shown } = await search(known, [losing, losing, losing, () => true], { labels: true });
    const times = (at: number) => shown[at]?.filter(({ input }) => input === "old 7").length;
    assert.deepEqual([times(0), times(1), times(2), times(3)], [1, 2, 3, 4]);
    assert.ok(result.best?.losesNone);
    assert.deepEqual([result.attempts, result.best.made.version], [4, 5]);
  });

  it("one that is better but loses a confirmed row is known as such, and one that loses none is preferred", async () => {
    const losing = (input: string) => input !== "old 7";
    const { result } = await search(known, [losing]);
    assert.ok(result.best?.isBetter);
    assert.deepEqual(
      result.best?.lost.map(({ input }) => input),
      ["old 7"],
    );
    assert.ok(!mayTakeOver(result.best, options) && mayTakeOver(result.best, { mayLose: true }));
    const partly = (input: string) => input.startsWith("old") || !input.endsWith("9");
    assert.equal((await search(known, [losing, partly, losing])).result.best?.made.version, 3);
  });

  it("rows that only a model confirmed may be lost as far as the model errs itself", async () => {
    const byModel = [...rows("new", 60, "model"), ...rows("old", 100, "model")];
    const losing = (input: string) => input !== "old 7";
    const lose = async (modelErrs: number) => (await search(byModel, [losing], { modelErrs })).result.best?.losesNone;
    assert.deepEqual([await lose(0), await lose(0.05)], [false, true]);
  });

  it("one that is no better where it matters is not taken", async () => {
    const { result } = await search(known, [(input) => input.startsWith("old")]);
    assert.equal(result.best?.isBetter, false);
    const few = [...rows("new", 3), ...rows("old", 100)];
    assert.equal((await search(few, [(input) => input !== "new 1" && input !== "new 2"])).result.best?.isBetter, false);
    assert.equal((await search(few, [() => true])).result.best?.isBetter, true);
  });

  it("where nothing is found for some corrections, fewer and others are offered; then it ends", async () => {
    const { result, shown } = await search(known, ["too hard", "too hard", () => true]);
    assert.deepEqual([result.attempts, result.best?.isBetter], [3, true]);
    assert.ok((shown[1]?.length ?? 0) < (shown[0]?.length ?? 0));
    const none = await search(known, ["too hard"]);
    assert.deepEqual(
      [none.result.best, none.result.none && spoken(none.result.none), none.result.attempts],
      [undefined, "too hard", 5],
    );
  });

  it("labels are learned from all rows at once, then from as many right ones as wrong ones", async () => {
    const { shown, sorted } = await search(known, ["too many", () => true], { labels: true });
    const [wrong, right] = [sorted.corrections.length, sorted.confirmed.length];
    assert.ok(right > wrong);
    assert.deepEqual(
      shown.map(({ length }) => length),
      [5 + wrong + right, 5 + 2 * wrong],
    );
  });
});
