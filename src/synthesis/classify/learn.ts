/** The door of the classify room: labelled inputs in, a program that labels inputs like them out. */
import { type Said, say } from "../../contract/say.ts";
import type { Example } from "../../contract/tasks.ts";
import type { Deadline } from "../deadline.ts";
import { thresholdFor } from "./calibrate.ts";
import { type Cases, casesOf } from "./cases.ts";
import { type Choice, chooseLearner } from "./choose.ts";
import { describeRules } from "./describe.ts";
import { emitLinearJavascript, type Frame } from "./emit-javascript.ts";
import { emitLinearPython } from "./emit-python.ts";
import { emitRulesJavascript, emitRulesPython } from "./emit-rules.ts";
import { chooseReading, type ReadingOptions } from "./features.ts";
import { type Field, fieldsOf, fieldValue, textOf } from "./inputs.ts";
import { quantise } from "./quantise.ts";
import { type ClassifyReport, explain, reportOf } from "./report.ts";
import type { Rule } from "./rules.ts";
import { shuffled } from "./softmax.ts";
import { type Bags, readBags } from "./vectorise.ts";

export { looksLikeLabels } from "./cases.ts";

export interface ClassifyOptions {
  /** 0 to 1: answers that are not sure enough for this share of them to be right become null. */
  readonly accuracyTarget?: number;
}

export interface Classifier {
  /** Defines `run(input)`, the label or null, and `classify(input)`, `{label, confidence}`. */
  readonly javascript: string;
  /** The same program in Python, standard library only. */
  readonly python: () => string;
  readonly explanation: string;
  readonly report: ClassifyReport;
  /** Whether the time ran out: then the explanation says so too. */
  readonly cutShort: boolean;
}

/** Characters of a field that are read in a millisecond, cautiously. */
const charactersPerMs = 200;
/** Of the time, what reading takes at most. */
const readingShare = 0.35;
/** Texts that are looked at to choose how to read. */
const sampled = 500;

/**
 * Learns from examples whose outputs are labels. Undefined where the inputs are not texts, numbers or flat records of
 * them, where nothing can be read of them, or where all labels are equal (`looksLikeLabels` says no then).
 */
export function learnClassifier(
  examples: readonly Example[],
  deadline: Deadline,
  onProgress: (message: Said, fraction: number) => void,
  { accuracyTarget }: ClassifyOptions = {},
): Classifier | undefined {
  const cases = casesOf(examples);
  const fields = fieldsOf(cases.inputs);
  if (!fields || cases.labels.length < 2) return undefined;
  if (cases.inputs.every((input) => fields.every((field) => textOf(fieldValue(input, field)).trim() === "")))
    return undefined;

  onProgress(say`Reading ${cases.inputs.length} labelled inputs`, 0.05);
  const reading = readingOf(cases, fields, deadline);
  const order = shuffled(cases.inputs.length);
  const bags = readBags(
    cases.inputs,
    fields,
    cases.classes,
    cases.labels,
    order,
    reading,
    deadline.share(readingShare),
  );
  const choice = chooseLearner(cases, fields, bags, reading, accuracyTarget, deadline, (share) =>
    onProgress(say`Weighing words for ${cases.labels.length} labels`, 0.1 + 0.8 * share),
  );
  const { learner, held, folds } = choice;
  const threshold = accuracyTarget === undefined ? 0 : thresholdFor(held, accuracyTarget);
  const report = reportOf(held, cases, examples.length, { learner, folds, threshold });
  const cutShort = bags.read.length < cases.inputs.length || (choice.learner === "linear" && !choice.linear.finished);
  const what = fields[0]?.key === undefined ? `a ${fields[0]?.kind === "number" ? "number" : "text"}` : "a record";
  const by =
    choice.learner === "rules"
      ? describeRules(choice.rules, fields, cases.labels)
      : `${fields.some(({ kind }) => kind === "text") ? "its words and runs of characters" : "its fields"}, weighed on ${bags.read.length} examples`;
  const cut = cutShort ? ` ${cutWords(bags.read.length, cases.inputs.length)}` : "";
  const explanation = explain(cases.labels, what, by, report, cut);
  const frame = { explanation, threshold, optional: cases.inputs.some((input) => input === null) };
  return { ...programsOf(choice, cases, fields, bags, reading, frame), explanation, report, cutShort };
}

function programsOf(
  choice: Choice,
  { labels }: Cases,
  fields: readonly Field[],
  bags: Bags,
  reading: ReadingOptions,
  frame: Frame,
): Pick<Classifier, "javascript" | "python"> {
  if (choice.learner === "rules") {
    const asked = new Set(choice.rules.flatMap(({ condition }) => condition?.field ?? []));
    const program = {
      labels,
      maxLength: reading.maxLength,
      ...onlyFields(fields, choice.rules, asked),
    };
    return { javascript: emitRulesJavascript(program, frame), python: () => emitRulesPython(program, frame) };
  }
  const program = quantise(choice.linear, bags, labels, fields, reading);
  return { javascript: emitLinearJavascript(program, frame), python: () => emitLinearPython(program, frame) };
}

/** Fields that no rule asks about are not read. */
function onlyFields(
  fields: readonly Field[],
  rules: readonly Rule[],
  asked: ReadonlySet<number>,
): { fields: readonly Field[]; rules: readonly Rule[] } {
  const kept = fields.flatMap((_, f) => (asked.has(f) ? [f] : []));
  if (kept.length === 0) return { fields, rules };
  return {
    fields: kept.flatMap((f) => fields[f] ?? []),
    rules: rules.map((rule) =>
      rule.condition ? { ...rule, condition: { ...rule.condition, field: kept.indexOf(rule.condition.field) } } : rule,
    ),
  };
}

function readingOf({ inputs }: Cases, fields: readonly Field[], deadline: Deadline): ReadingOptions {
  const texts = fields.filter(({ kind }) => kind === "text");
  const step = Math.max(1, Math.floor(inputs.length / sampled));
  const sample = inputs
    .filter((_, i) => i % step === 0)
    .map((input) => texts.map((field) => textOf(fieldValue(input, field)).slice(0, 200)).join(" "));
  const readable = (deadline.left() * charactersPerMs * readingShare) / Math.max(1, texts.length);
  return chooseReading(sample, inputs.length, readable);
}

function cutWords(read: number, all: number): string {
  return read < all
    ? `The time ran out: it read ${read} of ${all} examples; with more time it may get better.`
    : "The time ran out before training ended; with more time it may get better.";
}
