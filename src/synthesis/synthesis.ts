/**
 * The door of the offline generator: examples in, a small readable program out. Pure: no file, network or VS Code, and
 * the clock is read for the time limit only; meant to be run in a worker thread (`worker.ts`).
 */
import { type Said, say } from "../contract/say.ts";
import type { Example } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";
import { disagreeing } from "./ambiguity.ts";
import { learnClassifier, looksLikeLabels } from "./classify/learn.ts";
import type { ClassifyReport } from "./classify/report.ts";
import { composed } from "./compose.ts";
import { findContradictions } from "./contradictions.ts";
import { type Deadline, deadlineIn, defaultBudgetMs } from "./deadline.ts";
import { cutsThrough } from "./extract/boundaries.ts";
import { type Extraction, learnExtraction } from "./extract/learn.ts";
import { shapeOf } from "./transform/fields.ts";
import type { Language } from "./transform/language/source.ts";
import { learnTransform, type Transform } from "./transform/learn.ts";
import type { Survivors } from "./transform/survivors.ts";

export interface SynthesisProgress {
  readonly message: Said;
  /** 0 to 1. */
  readonly fraction?: number;
}

export interface SynthesisOptions {
  /** Unlabelled inputs at hand (the rest of the column): candidates that fail on them rank lower. */
  readonly inputs?: readonly JsonValue[];
  /** Time the search may take, in ms; 5,000 unless told. */
  readonly budgetMs?: number;
  /** What the program is written in; JavaScript unless told. */
  readonly language?: Language;
  /** 0 to 1: a classifier gives null where it is too unsure to be right on such a share of its answers. */
  readonly accuracyTarget?: number;
  /** Once aborted, the search ends with what it has. (In the worker thread, the client ends the thread instead.) */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SynthesisProgress) => void;
  /** Called each time the search looks at its time, which is often: a sign that it does not hang. */
  readonly onSignOfLife?: () => void;
}

/** An input on which programs that fit the examples disagree: worth one more answer from the person. */
export interface Ambiguous {
  readonly input: JsonValue;
  /** What they give; the chosen program's output comes first. */
  readonly outputs: readonly JsonValue[];
}

export interface SynthesisReport {
  /** What the program does, in one or two sentences a person would use. */
  readonly explanation: string;
  /** True where the time ran out before the search or the training had ended; the explanation says so too. */
  readonly cutShort: boolean;
  /** Positions of examples that the program does not follow, because all others say something else: probably slips. */
  readonly odd: readonly number[];
  /** Of a classifier: what cross-validation found. */
  readonly classes?: ClassifyReport;
}

export type Kind = "transform" | "extract" | "classify";

export interface Found {
  readonly program: {
    /**
     * Source that defines `run(input)`. It reads texts, numbers and yes/no as text; for anything else where the examples
     * had text, and for a text that is no number or date where one is needed, it throws a TypeError that begins with
     * "expected". (A record that is only labelled may lack fields.)
     */
    readonly code: string;
    readonly language: Language;
  };
  /**
   * `transform`: an expression that fits the examples exactly. `extract`: a pattern that finds what is wanted in a text.
   * `classify`: a statistical model, right on a share of cases, so that only held-out cases say how good it is.
   */
  readonly kind: Kind;
  readonly report: SynthesisReport;
  readonly ambiguous: readonly Ambiguous[];
}

export interface NotFound {
  readonly reason: "no_examples" | "contradiction" | "not_found" | "unsupported" | "timed_out";
  /** What was tried and what would help, in words. */
  readonly hint: Said;
  /** Where two examples contradict each other: their positions. */
  readonly pair?: readonly [number, number];
}

export type Synthesis = Found | NotFound;

/** Of rows with labels, the share that may contradict others: people mislabel. */
const toleratedContradictions = 0.05;
const minRowsToTolerate = 20;
/** What a search for a transformation may take of the time where the outputs look like labels. */
const transformShare = 0.2;
/** What the search for a pattern takes of the time at most. */
const extractShare = 0.25;
/** A pattern that is so much cheaper than an expression is the likelier of the two (in bits). */
const patternMargin = 2.3;
/** Programs of the two kinds whose costs are this near are rivals. */
const rivalMargin = 2;
/** Of the inputs at hand, the share in which a pattern may find nothing, beyond that of the examples. */
const toleratedMisses = 0.1;
/** A list by an expression that costs no more than this is read more easily than by a pattern. */
const shortList = 6.5;

/** What a part of the search needs to know. */
interface Job {
  readonly examples: readonly Example[];
  readonly inputs: readonly JsonValue[];
  readonly labels: boolean;
  readonly language: Language;
  readonly deadline: Deadline;
  readonly options: SynthesisOptions;
  readonly survivors: Survivors | undefined;
}

/**
 * Learns a program from examples: an expression that fits all of them where a compact one exists, or a pattern that
 * finds what is wanted, else, for outputs that look like labels, a classifier; for records, one of them for each field.
 * Ends within `budgetMs` (and a moment more); never throws for any examples.
 * @param survivors remembers what fitted, so that one more example prunes instead of starting again
 */
export async function synthesize(
  examples: readonly Example[],
  options: SynthesisOptions = {},
  survivors?: Survivors,
): Promise<Synthesis> {
  const { inputs = [], budgetMs = defaultBudgetMs, language = "javascript", signal } = options;
  const deadline = deadlineIn(budgetMs, signal, options.onSignOfLife);
  if (examples.length === 0)
    return {
      reason: "no_examples",
      hint: say`There are no examples to learn from. Give two or three: an input and the output you want.`,
    };
  const labels = looksLikeLabels(examples);
  const contradictions = findContradictions(examples);
  const share = contradictions.rows / examples.length;
  const tolerated = labels && examples.length >= minRowsToTolerate && share < toleratedContradictions;
  if (contradictions.first && !tolerated)
    return { reason: "contradiction", hint: contradictions.first.message, pair: contradictions.first.pair };
  if (!shapeOf(examples.map((example) => example.input)))
    return {
      reason: "unsupported",
      hint: say`The inputs are nested, or not all of one kind. The offline generator reads texts, numbers, and flat lists or objects of them; a model can do more.`,
    };
  const job: Job = { examples, inputs, labels, language, deadline, options, survivors };
  const found =
    (contradictions.first ? undefined : exact({ ...job, deadline: deadline.share(labels ? transformShare : 0.95) })) ??
    (labels ? classified(job) : undefined) ??
    (contradictions.first ? undefined : await byField(job));
  return found ?? { reason: "not_found", hint: notFound(examples, deadline.share(0.95).expired()) };
}

/** An expression or a pattern, whichever is likelier to be meant. */
function exact(job: Job): Found | undefined {
  const { examples, inputs, labels, language, deadline, options, survivors } = job;
  const onProgress = (message: Said): void => options.onProgress?.({ message });
  const outputs = examples.map(({ output }) => output);
  const isSpan = outputs.every((output) => output === null || typeof output === "string" || typeof output === "object");
  const pattern =
    isSpan && !labels
      ? learnExtraction(examples, { inputs, deadline: deadline.share(extractShare), onProgress })
      : undefined;
  const transform = learnTransform(examples, {
    ...{ inputs, deadline, labels, onProgress },
    ...(survivors ? { survivors } : {}),
  });
  const rivals = transform && pattern && Math.abs(transform.cost - pattern.cost) < rivalMargin;
  if (pattern && (!transform || isLikelier(pattern, transform, job))) {
    const { explanation, cutShort } = pattern;
    const code = language === "python" ? pattern.python() : pattern.javascript;
    const ambiguous = rivals ? disagreeing(pattern, transform, inputs) : pattern.ambiguous;
    return { program: { code, language }, kind: "extract", report: { explanation, cutShort, odd: [] }, ambiguous };
  }
  if (!transform) return undefined;
  const { explanation, cutShort, odd } = transform;
  const ambiguous = rivals ? disagreeing(transform, pattern, inputs) : transform.ambiguous;
  const code = transform.write(language);
  return { program: { code, language }, kind: "transform", report: { explanation, cutShort, odd }, ambiguous };
}

/** Whether the pattern is meant rather than the expression. */
function isLikelier(pattern: Extraction, { cost }: Transform, { examples, inputs }: Job): boolean {
  const outputs = examples.map(({ output }) => output);
  if (outputs.some((output) => Array.isArray(output))) return cost > shortList;
  if (outputs.some((output) => output !== null && typeof output === "object")) return pattern.cost < cost;
  if (pattern.cost + patternMargin >= cost) return false;
  const isFound = (input: JsonValue): boolean => (pattern.give(input) ?? null) !== null;
  const missed = inputs.filter((input) => !isFound(input)).length / Math.max(1, inputs.length);
  const expected = outputs.filter((output) => output === null || output === "").length / outputs.length;
  return missed <= expected + toleratedMisses && !cutsThrough(pattern.give, examples, inputs);
}

function classified({ examples, language, deadline, options }: Job): Found | undefined {
  const { accuracyTarget, onProgress } = options;
  const told = (message: Said, fraction: number): void => onProgress?.({ message, fraction });
  const classifier = learnClassifier(examples, deadline, told, accuracyTarget === undefined ? {} : { accuracyTarget });
  if (!classifier) return undefined;
  const { javascript, python, explanation, cutShort, report: classes } = classifier;
  const code = language === "python" ? python() : javascript;
  const report = { explanation, cutShort, odd: [], classes };
  return { program: { code, language }, kind: "classify", report, ambiguous: [] };
}

const mostFields = 20;

/** Records whose fields need programs of different kinds: one for each. */
async function byField(job: Job): Promise<Found | undefined> {
  const { examples, inputs, language, deadline, options } = job;
  const keys = Object.keys((examples[0]?.output ?? {}) as object);
  const records = examples.map(({ output }) => output as Readonly<Record<string, JsonValue>>);
  const isRecord = (output: JsonValue): boolean =>
    output !== null &&
    typeof output === "object" &&
    !Array.isArray(output) &&
    Object.keys(output).join() === keys.join();
  if (keys.length === 0 || keys.length > mostFields || keys.includes("__proto__") || !records.every(isRecord))
    return undefined;
  const found: Found[] = [];
  for (const [i, key] of keys.entries()) {
    const column = examples.map(({ input }, row) => ({ input, output: records[row]?.[key] ?? null }));
    const budgetMs = deadline.left() / (keys.length - i);
    const field = await synthesize(column, { ...options, inputs, budgetMs, language });
    if (!("program" in field)) return undefined;
    found.push(field);
  }
  const said = found.map(({ report }, i) => `${keys[i]}: ${report.explanation}`);
  return {
    program: {
      code: composed(
        found.map(({ program }, i) => ({ key: keys[i] ?? "", code: program.code })),
        language,
      ),
      language,
    },
    kind: found.some(({ kind }) => kind === "classify") ? "classify" : "transform",
    report: {
      explanation: `Gives a record, each field by a program of its own. ${said.join(" ")}`,
      cutShort: found.some(({ report }) => report.cutShort),
      odd: [...new Set(found.flatMap(({ report }) => report.odd))].sort((a, b) => a - b),
    },
    ambiguous: [],
  };
}

function notFound(examples: readonly Example[], outOfTime: boolean): Said {
  const n = examples.length;
  const tried = outOfTime
    ? n === 1
      ? say`No short program explains this example in the time there was (the search was cut short): cutting, joining, changing and computing from the input was tried.`
      : say`No short program fits all ${n} examples in the time there was (the search was cut short): cutting, joining, changing and computing from the input was tried.`
    : n === 1
      ? say`No short program explains this example: cutting, joining, changing and computing from the input was tried.`
      : say`No short program fits all ${n} examples: cutting, joining, changing and computing from the input was tried.`;
  return n < 3
    ? say`${tried} Two or three more examples may help; a model can do what examples cannot say.`
    : say`${tried} Check the examples for slips; for labels, give at least six examples with every label twice or more; a model can do what examples cannot say.`;
}
