/** What dates offer the search is the same when it is looked for, in JavaScript and in Python. */
import assert from "node:assert/strict";
import vm from "node:vm";
import { before, describe, it } from "mocha";
import type { Engine } from "../../src/sandbox/child/engine.ts";
import { deadlineIn } from "../../src/synthesis/deadline.ts";
import { dateForms } from "../../src/synthesis/transform/dates/date-forms.ts";
import { dateNumbers, dateTests, dateTexts, readDates } from "../../src/synthesis/transform/dates/dates.ts";
import { formatOps } from "../../src/synthesis/transform/dates/formats.ts";
import { constantMoves } from "../../src/synthesis/transform/dates/move-list.ts";
import { shiftOps } from "../../src/synthesis/transform/dates/pair-moves.ts";
import { partOps } from "../../src/synthesis/transform/dates/parts.ts";
import { readOp } from "../../src/synthesis/transform/dates/reader.ts";
import { momentForms, timeForms } from "../../src/synthesis/transform/dates/time-forms.ts";
import { applyExpr, type Expr, evaluate, type Fields, fieldExpr } from "../../src/synthesis/transform/language/expr.ts";
import { fieldItem, type Item } from "../../src/synthesis/transform/language/item.ts";
import type { Scene } from "../../src/synthesis/transform/scene.ts";
import { load, loadingMs, loadPython } from "../sandbox/python/support.ts";
import { dateProblems, moreDateProblems } from "./dates-problems.ts";
import { programOfAll } from "./expressions.ts";

const oddRows: readonly Fields[] = [
  "",
  " ",
  "31.04.2024",
  "2024-02-30",
  "99:99",
  "13 PM",
  "0",
  "9999-12-31",
  "1000-01-01",
].map((text) => [text, text, text]);

/** Null where the program throws as it should. */
const looked = (exprs: readonly Expr[], row: Fields): unknown[] =>
  exprs.map((expr) => {
    const value = evaluate(expr, row);
    return value === undefined ? null : [value];
  });

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Of all exprs one of each chain of operations. */
function varied(exprs: readonly Expr[]): Expr[] {
  const chain = (expr: Expr): string => (expr.kind === "apply" ? `${expr.op.key}(${expr.args.map(chain).join()})` : "");
  return [...new Map(exprs.map((expr) => [chain(expr), expr])).values()];
}

function sceneOf(rows: readonly Fields[], probes: readonly Fields[], targets: readonly string[]): Scene {
  const all = { examples: rows, probes };
  const texts = (rows[0] ?? []).map((_, field) => fieldItem(all, field));
  return { rows: all, targets, texts, deadline: deadlineIn(60_000) };
}

const fieldsOf = (input: unknown): Fields => (Array.isArray(input) ? input.map(String) : [String(input)]);

function offered(scene: Scene): Item[] {
  const dates = readDates(scene);
  const numbers = dateNumbers(scene, dates);
  return [...dateTexts(scene, dates, numbers), ...numbers, ...dateTests(scene, dates)];
}

const stamps: readonly Fields[] = [
  "2024-02-29 23:59:59",
  "2023-12-31 00:00:00",
  "1999-01-01 12:00:01",
  "2021-01-03 11:30:30",
  "1000-01-01 01:00:00",
  "9999-12-31 13:45:00",
  "2000-03-31 18:15:00",
].map((text, i) => [text, String(i * 7 - 3), "1.5"]);

describe("dates offered to the search", () => {
  let python: Engine;
  before(async function () {
    this.timeout(loadingMs);
    python = await loadPython();
  });

  const assertSame = (exprs: readonly Expr[], rows: readonly Fields[], title: string): void => {
    for (let i = 0; i < exprs.length; i += 80) assertSome(exprs.slice(i, i + 80), rows, title);
  };
  const assertSome = (exprs: readonly Expr[], rows: readonly Fields[], title: string): void => {
    const run = vm.runInNewContext(`${programOfAll(exprs, "js")};run`) as (row: Fields) => unknown;
    const inPython = load(python, programOfAll(exprs, "py"));
    for (const row of rows) {
      const expected = plain(looked(exprs, row)) as unknown[];
      const check = (actual: readonly unknown[], language: string): void =>
        exprs.forEach((expr, i) => {
          assert.deepEqual(actual[i], expected[i], `${title}: ${language} of ${expr.key} on ${JSON.stringify(row)}`);
        });
      check(plain(run(row)) as unknown[], "JavaScript");
      const outcome = inPython.run(JSON.stringify(row), 10_000);
      assert.equal(outcome.status, "success", JSON.stringify(outcome).slice(0, 500));
      check(outcome.status === "success" ? JSON.parse(outcome.output) : [], "Python");
    }
    inPython.dispose();
  };

  it("say what they compute, for each problem at hand and for odd inputs", function () {
    this.timeout(120_000);
    for (const { name, shown, held } of [...dateProblems, ...moreDateProblems]) {
      const rows = shown.map(([input]) => fieldsOf(input));
      const others = held.map(([input]) => fieldsOf(input));
      const exprs = varied(
        offered(
          sceneOf(
            rows,
            others,
            shown.map(([, output]) => String(output)),
          ),
        ).map(({ expr }) => expr),
      );
      const width = rows[0]?.length ?? 1;
      if (exprs.length > 0) assertSame(exprs, [...rows, ...others, ...oddRows.map((row) => row.slice(0, width))], name);
    }
  });

  it("take dates apart, write and move them by the same calendar", function () {
    this.timeout(120_000);
    const form = momentForms([]).find(({ name }) => name === "IsoTimestamp");
    assert.ok(form);
    const moment = applyExpr(readOp(form, "whole", 100), [fieldExpr(0)]);
    const iso = formatOps("moment").find(({ key }) => key === "dateText:isoSecond");
    assert.ok(iso);
    const texts = [...partOps("moment"), ...formatOps("moment")].map((op) => applyExpr(op, [moment]));
    const moved = [...constantMoves("moment")].map((op) => applyExpr(iso, [applyExpr(op, [moment])]));
    assertSame(varied([...texts, ...moved]), stamps, "calendar");
    assert.ok(shiftOps("moment").length > 0);
  });

  it("read every form as its own example says", () => {
    for (const form of [
      ...dateForms,
      ...timeForms,
      ...momentForms(dateForms.filter(({ shape }) => shape === "date")),
    ]) {
      const like = form.like.split(" or ");
      for (const text of like)
        assert.notEqual(
          evaluate(applyExpr(readOp(form, "whole", 50), [fieldExpr(0)]), [text]),
          undefined,
          `${form.name}: ${text}`,
        );
    }
  });

  it("do not take for a date what is none", () => {
    for (const text of [
      "31.04.2024",
      "29.02.2023",
      "13/13/2024",
      "32/1/2024",
      "24:00",
      "12:60",
      "0 PM",
      "1.2.3",
      "12.50 €",
    ]) {
      const scene = sceneOf([[text]], [], [""]);
      assert.deepEqual(
        readDates(scene).map(({ expr }) => expr.key),
        [],
        text,
      );
    }
  });
});
