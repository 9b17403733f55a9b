/**
 * The door of the offline generator: examples in, a small readable JavaScript program out. Pure: no file, network
 * or VS Code, and the clock is read for the time limit only; meant to be run in a worker thread (`worker.ts`).
 */
import type { Example } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";
import { learnClassifier, looksLikeLabels } from "./classify/learn.ts";
import { findContradictions } from "./contradictions.ts";
import { deadlineIn, defaultBudgetMs } from "./deadline.ts";
import { shapeOf } from "./transform/fields.ts";
import { learnTransform } from "./transform/learn.ts";

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
  readonly onProgress?: (progress: SynthesisProgress) => void;
}

export type Synthesis =
  | {
      readonly ok: true;
      /**
       * JavaScript source that defines `function run(input)`. It reads texts, numbers and yes/no as text; for anything
       * else where the examples had text, and for a text that is no number where one is needed, it throws a TypeError
       * that begins with "expected". (A record that is only labelled may lack fields.)
       */
      readonly code: string;
      /**
       * `transform`: an expression that fits every example exactly. `classify`: a statistical model, right on a share
       * of cases, so that only held-out cases say how good it is.
       */
      readonly kind: "transform" | "classify";
      /** What the program does, in one or two sentences a person would use. */
      readonly explanation: string;
      /** True where the time ran out before the search or the training had ended; the explanation says so too. */
      readonly cutShort: boolean;
      /** Inputs on which programs that fit the examples disagree: worth one more answer from the person. */
      readonly ambiguous: readonly { readonly input: JsonValue; readonly outputs: readonly JsonValue[] }[];
    }
  | {
      readonly ok: false;
      readonly reason: "no_examples" | "contradiction" | "not_found" | "unsupported";
      /** What was tried and what would help, in words. */
      readonly message: string;
      /** Where two examples contradict each other: their positions. */
      readonly pair?: readonly [number, number];
    };

/** Of rows with labels, the share that may contradict others: people mislabel. */
const toleratedContradictions = 0.05;
const minRowsToTolerate = 20;
/** What a search for a transformation may take of the time where the outputs look like labels. */
const transformShare = 0.2;

/**
 * Learns a program from examples: an expression that fits all of them where a compact one exists, else, for outputs
 * that look like labels, a linear classifier. Ends within `budgetMs` (and a moment more); never throws for any examples.
 */
export async function synthesize(examples: readonly Example[], options: SynthesisOptions = {}): Promise<Synthesis> {
  const { inputs = [], budgetMs = defaultBudgetMs, onProgress } = options;
  const deadline = deadlineIn(budgetMs);
  if (examples.length === 0)
    return {
      ok: false,
      reason: "no_examples",
      message: "There are no examples to learn from. Give two or three: an input and the output you want.",
    };
  const labels = looksLikeLabels(examples);
  const contradictions = findContradictions(examples);
  const share = contradictions.rows / examples.length;
  const tolerated = labels && examples.length >= minRowsToTolerate && share < toleratedContradictions;
  if (contradictions.first && !tolerated)
    return {
      ok: false,
      reason: "contradiction",
      message: contradictions.first.message,
      pair: contradictions.first.pair,
    };
  if (!shapeOf(examples.map((example) => example.input)))
    return {
      ok: false,
      reason: "unsupported",
      message:
        "The inputs are nested, or not all of one kind. The offline generator reads texts, numbers, and flat lists or objects of them; a model can do more.",
    };
  const searching = deadline.share(labels ? transformShare : 0.95);
  if (!contradictions.first) {
    const transform = learnTransform(examples, {
      inputs,
      deadline: searching,
      labels,
      onProgress: (message) => onProgress?.({ message }),
    });
    if (transform) return { ok: true, kind: "transform", ...transform };
  }
  if (labels) {
    const classifier = learnClassifier(examples, deadline, (message, fraction) => onProgress?.({ message, fraction }));
    if (classifier) {
      const { javascript, explanation, cutShort } = classifier;
      return { ok: true, kind: "classify", code: javascript, explanation, cutShort, ambiguous: [] };
    }
  }
  return { ok: false, reason: "not_found", message: notFound(examples, searching.expired()) };
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
