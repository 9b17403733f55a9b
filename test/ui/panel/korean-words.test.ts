/** The Korean words of the webviews beside the English ones: all there, none left in English, none that nobody uses. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "mocha";
import { projectRoot } from "../../../scripts/lib/run.ts";
import { stringsFor } from "../../../webview-ui/shared/strings.ts";
import { english } from "../../../webview-ui/shared/words/english.ts";
import { formatsOf } from "../../../webview-ui/shared/words/format.ts";
import { korean } from "../../../webview-ui/shared/words/korean.ts";
import { wrongProof } from "./samples.ts";

type Words = (...values: readonly unknown[]) => string;

/** Every text and every function of a table with its path: "results.filters.all". */
function leaves(table: unknown, path = ""): [path: string, words: string | Words][] {
  if (typeof table === "string" || typeof table === "function") return [[path, table as string | Words]];
  return Object.entries(table as object).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key));
}

const tables = { en: new Map(leaves(english(formatsOf("en")))), ko: new Map(leaves(korean(formatsOf("ko")))) };

/** Nothing to translate: names, numbers and the sample's data. */
const sameInAll = new Set([
  "languages.javascript",
  "languages.typescript",
  "languages.python",
  "tips.0.icon",
  "tips.1.icon",
  "tips.2.icon",
  "sampleExamples",
  "cost",
]);

/** What a function is given, where numbers will not do. */
const given: Readonly<Record<string, readonly unknown[][]>> = {
  proven: [[wrongProof], [{ ...wrongProof, method: "hold_out", heldOut: { passed: 1, total: 2 } }]],
  notProven: [[wrongProof], [{ ...wrongProof, shown: { passed: 0, total: 0 }, heldOut: { passed: 0, total: 0 } }]],
  method: ["hold_out", "leave_one_out", "cross_validation", "shown_only"].map((method) => [{ ...wrongProof, method }]),
  latency: [[0.0001], [0.5], [47]],
  madeBy: [[null], ["qwen3"]],
  rehearsal: [
    [5, 0],
    [5, 2],
  ],
  "results.states": [["done", true], ...["done", "failed", "kept", "broken"].map((state) => [state, false])],
};

describe("Korean words of the webviews", () => {
  it("are the same in number and kind as the English ones", () => {
    const kinds = (table: Map<string, string | Words>) =>
      [...table].map(([path, words]) => `${path}: ${typeof words === "string" ? "text" : words.length}`).sort();
    assert.deepEqual(kinds(tables.ko), kinds(tables.en));
  });

  it("are all Korean, but for names and numbers", () => {
    const left: string[] = [];
    for (const [path, words] of tables.ko) {
      const other = tables.en.get(path);
      for (const values of given[path] ?? [[2, 3]]) {
        const [ko, en] = [words, other].map((text) => (typeof text === "function" ? text(...values) : text));
        if (sameInAll.has(path) || path === "elapsed") continue;
        if (ko === en || !/\p{Script=Hangul}/u.test(ko ?? "")) left.push(`${path}: ${ko}`);
      }
    }
    assert.deepEqual(left, []);
    for (const path of sameInAll) assert.ok(tables.ko.has(path), `${path} is no longer there`);
  });

  it("leave nothing out that the English sentence says: each value stands in both", () => {
    for (const [path, words] of tables.ko) {
      const other = tables.en.get(path);
      if (typeof words === "string" || typeof other !== "function" || path in given) continue;
      // A number that is none of one, and words that a sentence would not have by itself.
      for (const value of [47, "zebra"]) {
        const values: readonly unknown[] = Array.from({ length: words.length }, () => value);
        const says = (say: Words): boolean => say(...values).includes(String(value));
        assert.equal(says(words), says(other), `${path}: ${words(...values)}`);
      }
    }
  });

  it("numbers, money and times are written as Korean has them", () => {
    const format = formatsOf("ko-KR");
    const now = Date.parse("2026-05-10T12:00:00Z");
    assert.deepEqual(
      [format.number(12_345), format.percent(0.875), format.usd(12.5), format.elapsed(38), format.remaining(125_000)],
      ["12,345", "87.5%", "$12.50", "38ms", "2분 5초"],
    );
    assert.deepEqual(
      ["2026-05-10T11:59:50Z", "2026-05-10T11:55:00Z", "2026-05-09T11:00:00Z", "2026-04-01T12:00:00Z"].map((then) =>
        format.ago(then, now),
      ),
      ["지금", "5분 전", "어제", "2026. 4. 1."],
    );
    assert.equal(stringsFor("ko-KR").send, stringsFor("ko").send);
  });

  it("no text is in the tables that no page shows", async () => {
    const room = join(projectRoot, "webview-ui");
    const files = (await readdir(room, { recursive: true })).filter(
      (name) => /\.tsx?$/.test(name) && !name.startsWith(join("shared", "words")),
    );
    const code = (await Promise.all(files.map((name) => readFile(join(room, name), "utf8")))).join("\n");
    const names = new Set(
      [...tables.en.keys()].map((path) => {
        const [first = "", second = ""] = path.split(".");
        return first === "results" ? second : first;
      }),
    );
    assert.deepEqual(
      [...names].filter((name) => !new RegExp(`\\.${name}\\b`).test(code)),
      [],
    );
  });
});
