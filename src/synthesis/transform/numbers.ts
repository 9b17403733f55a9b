/** Number outputs: numbers read from the text, lengths and counts, and arithmetic on two of them. */
import type { JsonValue } from "../../contract/wire.ts";
import type { Deadline } from "../deadline.ts";
import { quote } from "../javascript.ts";
import { pipelineJs } from "./emit.ts";
import { type Goal, vocabularyOf } from "./goal.ts";
import { plural } from "./lists.ts";
import { createPool } from "./pool.ts";
import { type Formula, type Program, runPipeline } from "./program.ts";
import { type Helper, numberHelper } from "./step.ts";
import { sayPipeline } from "./words.ts";

interface Candidate {
  readonly formula: Formula;
  readonly values: readonly number[];
}

const maxCandidates = 120;

/** JSON has no infinity: dividing by nothing, or the largest of no numbers, is said instead. */
const finiteHelper: Helper = {
  name: "finite",
  source: [
    "function finite(number) {",
    '  if (!Number.isFinite(number)) throw new TypeError("expected numbers that give a number");',
    "  return number;",
    "}",
  ].join("\n"),
};

/** Programs that give every number, cheapest first. */
export function learnNumbers(goal: Goal, wanted: readonly number[], deadline: Deadline): Program[] {
  const working = goal.rows.slice(0, 12);
  const targets = wanted.slice(0, 12);
  const found: Formula[] = [];
  const check = (formula: Formula): void => {
    if (goal.rows.every((row, i) => same(formula.value(row), wanted[i] ?? Number.NaN))) found.push(formula);
  };
  const candidates = [...readings({ ...goal, rows: working }, deadline), ...measures({ ...goal, rows: working })]
    .map((formula): Candidate => ({ formula, values: working.map(formula.value) }))
    .filter(({ values }) => values.every((value) => Number.isFinite(value)));
  const unique = [
    ...new Map(
      candidates.toSorted((a, b) => b.formula.cost - a.formula.cost).map((c) => [c.values.join(), c]),
    ).values(),
  ]
    .sort((a, b) => a.formula.cost - b.formula.cost)
    .slice(0, maxCandidates);
  // Candidates that agree on the examples stay apart here: they may differ elsewhere.
  for (const { formula, values } of candidates) if (values.every((v, i) => same(v, targets[i] ?? 0))) check(formula);
  if (found.length === 0 && targets.length >= 2) {
    for (const candidate of unique) for (const formula of linear(candidate, targets)) check(formula);
    for (const [i, a] of unique.entries())
      for (const b of unique.slice(0, i)) {
        if (deadline.expired()) break;
        for (const formula of combinations(a, b, targets)) check(formula);
      }
  }
  return found
    .sort((a, b) => a.cost - b.cost)
    .slice(0, 20)
    .map((formula) => ({ kind: "number", formula, cost: formula.cost }));
}

/** Equal up to the rounding of decimal arithmetic. The emitted program rounds where that matters. */
const same = (a: number, b: number): boolean => a === b;

/** Numbers that a pipeline cuts out of the input. */
function readings(goal: Goal, deadline: Deadline): Formula[] {
  const numeric = (values: readonly string[]): boolean =>
    values.every((v) => v.trim() !== "" && Number.isFinite(Number(v)));
  const textGoal = { ...goal, targets: goal.rows.map(() => "") };
  const pool = createPool(textGoal, vocabularyOf(textGoal), numeric);
  const limit = deadline.share(0.5);
  pool.grow(1, limit);
  pool.grow(2, limit);
  const formulas: Formula[] = [];
  for (const [, group] of pool.groups)
    for (const { pipeline, values, cost } of group)
      if (numeric(values))
        formulas.push({
          cost: cost + 0.3,
          value: (fields) => Number(runPipeline(pipeline, fields)),
          js: (names) => `toNumber(${pipelineJs(pipeline, names)})`,
          reads: true,
          say: sayPipeline(pipeline, goal),
          helpers: [numberHelper, ...pipeline.steps.flatMap((step) => step.helpers ?? [])],
        });
  return formulas;
}

/** Lengths and counts. */
function measures(goal: Goal): Formula[] {
  const width = goal.rows[0]?.length ?? 0;
  const { listers, delimiters } = vocabularyOf({ ...goal, targets: [] });
  const formulas: Formula[] = [];
  for (let field = 0; field < width; field++) {
    const text = (fields: readonly string[]): string => fields[field] ?? "";
    const name = (names: readonly string[]): string => names[field] ?? "text";
    const of = goal.labels[field] ?? "the text";
    formulas.push({
      cost: 2,
      value: (f) => text(f).length,
      js: (n) => `${name(n)}.length`,
      say: `the length of ${of}`,
    });
    formulas.push({
      cost: 2.2,
      value: (f) => text(f).trim().split(/\s+/).length,
      js: (n) => `${name(n)}.trim().split(/\\s+/).length`,
      say: `the number of words of ${of}`,
    });
    for (const lister of listers)
      formulas.push({
        cost: lister.cost + 1 + (lister.nullable ? 0 : 0.3),
        value: (f) => lister.cut(text(f)).length,
        js: (n) => (lister.nullable ? `(${lister.js(name(n))} ?? []).length` : `${lister.js(name(n))}.length`),
        say: `the number of ${plural(lister)} of ${of}${lister.where}`,
      });
    for (const mark of delimiters)
      formulas.push({
        cost: 3,
        value: (f) => text(f).split(mark).length - 1,
        js: (n) => `${name(n)}.split(${quote(mark)}).length - 1`,
        loose: true,
        say: `how often ${quote(mark)} occurs in ${of}`,
      });
    for (const [pattern, js] of [
      [/\d+/g, "/\\d+/g"],
      [/-?\d+(?:\.\d+)?/g, "/-?\\d+(?:\\.\\d+)?/g"],
    ] as const) {
      const list = (f: readonly string[]): number[] => (text(f).match(pattern) ?? []).map(Number);
      const source = (n: readonly string[]): string => `(${name(n)}.match(${js}) ?? []).map(Number)`;
      formulas.push(
        {
          cost: 3.2,
          value: (f) => list(f).reduce((sum, x) => sum + x, 0),
          js: (n) => `${source(n)}.reduce((sum, number) => sum + number, 0)`,
          say: `the sum of the numbers in ${of}`,
        },
        {
          cost: 3.4,
          value: (f) => list(f).reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
          js: (n) => `finite(${source(n)}.reduce((most, number) => Math.max(most, number), -Infinity))`,
          helpers: [finiteHelper],
          say: `the largest number in ${of}`,
        },
        {
          cost: 3.4,
          value: (f) => list(f).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
          js: (n) => `finite(${source(n)}.reduce((least, number) => Math.min(least, number), Infinity))`,
          helpers: [finiteHelper],
          say: `the smallest number in ${of}`,
        },
      );
    }
  }
  return formulas;
}

const wrap = (formula: Formula, names: readonly string[]): string =>
  formula.loose ? `(${formula.js(names)})` : formula.js(names);
const tidy = (x: number): number => Number(x.toPrecision(10));

/** `x * a + b` with short a and b, from two examples that differ (three examples where both are used). */
function* linear({ formula, values }: Candidate, targets: readonly number[]): Generator<Formula> {
  const other = values.findIndex((v) => v !== values[0]);
  const [x0 = 0, y0 = 0] = [values[0], targets[0]];
  const [x1 = 0, y1 = 0] = [values[other], targets[other]];
  if (other < 0) return;
  const a = tidy((y1 - y0) / (x1 - x0));
  const b = tidy(y0 - a * x0);
  const digits = (x: number): number => String(Math.abs(x)).replace(/^0\.|[.]/, "").length;
  if (!Number.isFinite(a) || !Number.isFinite(b) || a === 0 || digits(a) > 6 || digits(b) > 6) return;
  if (targets.length < 3 && (a !== 1 || digits(b) > 1) && b !== 0) return;
  const cost = formula.cost + 1.5 + (a === 1 ? 0 : 1 + digits(a) * 0.6) + (b === 0 ? 0 : 1 + digits(b) * 0.6);
  for (const round of [undefined, 2, 0]) {
    const factor = 10 ** (round ?? 0);
    const plain = (x: number): number => (a === 1 ? x : x * a) + b;
    yield {
      cost: cost + (round === undefined ? 0 : 1),
      value: (f) =>
        round === undefined ? plain(formula.value(f)) : Math.round(plain(formula.value(f)) * factor) / factor,
      js: (names) => {
        const inner = wrap(formula, names);
        const product = a === 1 ? inner : `${inner} * ${a}`;
        const sum = b === 0 ? product : b > 0 ? `${product} + ${b}` : `${product} - ${-b}`;
        if (round === undefined) return sum;
        return round === 0 ? `Math.round(${sum})` : `Math.round((${sum}) * ${factor}) / ${factor}`;
      },
      loose: true,
      say: `${formula.say}${a === 1 ? "" : ` times ${a}`}${b === 0 ? "" : b > 0 ? ` plus ${b}` : ` minus ${-b}`}${round === undefined ? "" : " (rounded)"}`,
      helpers: formula.helpers ?? [],
    };
  }
}

const operations = [
  ["+", (a: number, b: number) => a + b, "plus", true],
  ["-", (a: number, b: number) => a - b, "minus", false],
  ["*", (a: number, b: number) => a * b, "times", true],
  ["/", (a: number, b: number) => a / b, "divided by", false],
] as const;

function* combinations(a: Candidate, b: Candidate, targets: readonly number[]): Generator<Formula> {
  for (const [sign, apply, word, symmetric] of operations)
    for (const [x, y] of symmetric ? [[b, a] as const] : [[a, b] as const, [b, a] as const])
      for (const factor of [1, 100]) {
        const round = (value: number): number => (factor === 1 ? value : Math.round(value * factor) / factor);
        if (!targets.every((t, i) => same(round(apply(x.values[i] ?? 0, y.values[i] ?? 0)), t))) continue;
        yield {
          cost: x.formula.cost + y.formula.cost + 1.5 + (factor === 1 ? 0 : 0.8),
          value: (f) => round(apply(x.formula.value(f), y.formula.value(f))),
          js: (names) => {
            const plain = `${wrap(x.formula, names)} ${sign} ${wrap(y.formula, names)}`;
            if (sign === "/" && factor === 1) return `finite(${plain})`;
            if (sign === "/") return `finite(Math.round((${plain}) * ${factor}) / ${factor})`;
            return factor === 1 ? plain : `Math.round((${plain}) * ${factor}) / ${factor}`;
          },
          loose: true,
          say: `${x.formula.say} ${word} ${y.formula.say}${factor === 1 ? "" : " (rounded to cents)"}`,
          helpers: [
            ...(x.formula.helpers ?? []),
            ...(y.formula.helpers ?? []),
            ...(sign === "/" ? [finiteHelper] : []),
          ],
        };
      }
}

/** Whether every output is a number. */
export function allNumbers(outputs: readonly JsonValue[]): outputs is readonly number[] {
  return outputs.every((output) => typeof output === "number");
}
