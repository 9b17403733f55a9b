/**
 * The door of the offline generator: examples in, a small readable program out. Pure: no file, network or VS Code, and
 * the clock is read for the time limit only; meant to be run in a worker thread (`worker.ts`).
 */
import type { Example } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";
import { learnClassifier, looksLikeLabels } from "./classify/learn.ts";
import type { ClassifyReport } from "./classify/report.ts";
import { findContradictions } from "./contradictions.ts";
import { type Deadline, deadlineIn, defaultBudgetMs } from "./deadline.ts";
import { shapeOf } from "./transform/fields.ts";
import type { Language } from "./transform/language/source.ts";
import { learnTransform } from "./transform/learn.ts";
import type { Survivors } from "./transform/survivors.ts";

export interface SynthesisProgress {
  readonly message: string;
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
   * `transform`: an expression that fits the examples exactly. `classify`: a statistical model, right on a share
   * of cases, so that only held-out cases say how good it is.
   */
  readonly kind: "transform" | "classify";
  readonly report: SynthesisReport;
  readonly ambiguous: readonly Ambiguous[];
}

export interface NotFound {
  readonly reason: "no_examples" | "contradiction" | "not_found" | "unsupported";
  /** What was tried and what would help, in words. */
  readonly hint: string;
  /** Where two examples contradict each other: their positions. */
  readonly pair?: readonly [number, number];
}

export type Synthesis = Found | NotFound;

/** Of rows with labels, the share that may contradict others: people mislabel. */
const toleratedContradictions = 0.05;
const minRowsToTolerate = 20;
/** What a search for a transformation may take of the time where the outputs look like labels. */
const transformShare = 0.2;

/**
 * Learns a program from examples: an expression that fits all of them where a compact one exists, else, for outputs
 * that look like labels, a classifier. Ends within `budgetMs` (and a moment more); never throws for any examples.
 * @param survivors remembers what fitted, so that one more example prunes instead of starting again
 */
export async function synthesize(
  examples: readonly Example[],
  options: SynthesisOptions = {},
  survivors?: Survivors,
): Promise<Synthesis> {
  const { inputs = [], budgetMs = defaultBudgetMs, language = "javascript" } = options;
  const { accuracyTarget, signal, onProgress } = options;
  const deadline = deadlineIn(budgetMs, signal);
  if (examples.length === 0)
    return {
      reason: "no_examples",
      hint: "There are no examples to learn from. Give two or three: an input and the output you want.",
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
      hint: "The inputs are nested, or not all of one kind. The offline generator reads texts, numbers, and flat lists or objects of them; a model can do more.",
    };
  const searching = deadline.share(labels ? transformShare : 0.95);
  if (!contradictions.first) {
    const found = transformed(examples, inputs, labels, language, searching, onProgress, survivors);
    if (found) return found;
  }
  if (labels) {
    const told = (message: string, fraction: number): void => onProgress?.({ message, fraction });
    const classifier = learnClassifier(examples, deadline, told, accuracyTarget === undefined ? {} : { accuracyTarget });
    if (classifier) {
      const { javascript, python, explanation, cutShort, report: classes } = classifier;
      const code = language === "python" ? python() : javascript;
      const report = { explanation, cutShort, odd: [], classes };
      return { program: { code, language }, kind: "classify", report, ambiguous: [] };
    }
  }
  return { reason: "not_found", hint: notFound(examples, searching.expired()) };
}

function transformed(
  examples: readonly Example[],
  inputs: readonly JsonValue[],
  labels: boolean,
  language: Language,
  deadline: Deadline,
  onProgress: SynthesisOptions["onProgress"],
  survivors: Survivors | undefined,
): Found | undefined {
  const transform = learnTransform(examples, {
    ...{ inputs, deadline, labels },
    ...(survivors ? { survivors } : {}),
    onProgress: (message) => onProgress?.({ message }),
  });
  if (!transform) return undefined;
  const { explanation, cutShort, odd, ambiguous } = transform;
  const code = transform.write(language);
  return { program: { code, language }, kind: "transform", report: { explanation, cutShort, odd }, ambiguous };
}

function notFound(examples: readonly Example[], outOfTime: boolean): string {
  const tried =
    examples.length === 1
      ? "No short program explains this example"
      : `No short program fits all ${examples.length} examples`;
  const how = outOfTime ? " in the time there was (the search was cut short)" : "";
  const more =
    examples.length < 3
      ? "Two or three more examples may help"
      : "Check the examples for slips; for labels, give at least six examples with every label twice or more";
  return `${tried}${how}: cutting, joining, changing and computing from the input was tried. ${more}; a model can do what examples cannot say.`;
}
