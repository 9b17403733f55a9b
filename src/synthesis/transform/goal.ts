/** A search's question: fields of the example inputs, wanted outputs, and the vocabulary that the data itself suggests. */
import { cuts, windows } from "./cuts.ts";
import { finders, matchers, picks, spacedSplitter, splitter } from "./lists.ts";
import { numberSteps } from "./numerals.ts";
import { rearrangements, slices } from "./rearrange.ts";
import { caseSteps, replacements, wholeSteps } from "./reshape.ts";
import type { Lister, Step } from "./step.ts";

export interface Goal {
  /** Of each example, its input's fields. */
  readonly rows: readonly (readonly string[])[];
  readonly targets: readonly string[];
  /** Fields of unlabelled inputs. */
  readonly probes: readonly (readonly string[])[];
  /** What a person calls each field: "the text", or its key. */
  readonly labels: readonly string[];
}

export interface Vocabulary {
  readonly unicode: boolean;
  readonly delimiters: readonly string[];
  readonly listers: readonly Lister[];
  /** Steps on a whole field. */
  readonly first: readonly Step[];
  /** Steps on what a step gave. */
  readonly later: readonly Step[];
}

const scanned = 4_000;

/** Texts by the share of `texts` they occur in, most common first. */
function common(texts: readonly string[], find: (text: string) => Iterable<string>): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const found of new Set(find(text.slice(0, scanned)))) counts.set(found, (counts.get(found) ?? 0) + 1);
  return [...counts]
    .map(([found, n]): [string, number] => [found, n / texts.length])
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function punctuation(text: string): Set<string> {
  const found = new Set<string>();
  for (const [run] of text.matchAll(/[^\p{L}\p{N}]+/gu)) {
    if (found.size > 60) break;
    if (run.length <= 3) found.add(run);
    for (const character of run.slice(0, 6)) found.add(character);
  }
  return found;
}

/** The longest text, up to a limit, that all begin with, up to and with its last mark: never a part of a word or number. */
function sharedStart(texts: readonly string[]): string {
  const [first = ""] = texts;
  let length = Math.min(first.length, 20);
  while (length > 0 && !texts.every((text) => text.startsWith(first.slice(0, length)))) length--;
  return first.slice(0, length).match(/^.*[^\p{L}\p{N}]/su)?.[0] ?? "";
}

function sharedEnd(texts: readonly string[]): string {
  const [first = ""] = texts;
  let length = Math.min(first.length, 20);
  while (length > 0 && !texts.every((text) => text.endsWith(first.slice(-length)))) length--;
  return length === 0 ? "" : (first.slice(-length).match(/[^\p{L}\p{N}].*$/su)?.[0] ?? "");
}

const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** Delimiters, glue and replacements come from the characters and words that the examples share. */
export function vocabularyOf(goal: Goal): Vocabulary {
  const inputs = goal.rows.map((row) => row.join("\n"));
  const everything = [...goal.rows, ...goal.probes.slice(0, 50)].flat();
  const unicode = everything.some(
    (text) => /[^\p{ASCII}]/u.test(text) && /(?![A-Za-z])\p{L}/u.test(text.slice(0, scanned)),
  );

  const marks = common(inputs, punctuation)
    .filter(([, share]) => share >= 0.3)
    .slice(0, 22);
  const delimiters = marks.map(([mark]) => mark);
  const elsewhere = goal.probes.slice(0, 50).map((row) => row.join("\n"));
  // A word of all examples that most other rows lack is data, not a landmark.
  const sharedWords =
    goal.rows.length < 2
      ? []
      : common(inputs, words)
          .filter(
            ([word, share]) =>
              share === 1 &&
              /\p{L}/u.test(word) &&
              elsewhere.filter((t) => t.includes(word)).length >= elsewhere.length * 0.8,
          )
          .map(([word]) => word);
  const listers = [
    ...marks.map(([mark, share]) =>
      splitter(mark, (mark === " " ? 1.7 : 1.55 + mark.length * 0.05) + (share < 1 ? 0.7 : 0)),
    ),
    ...marks
      .filter(([mark]) => /^[,;:|] *$/.test(mark) && (mark.length > 1 || elsewhere.some((t) => t.includes(`${mark} `))))
      .map(([mark, share]) => spacedSplitter(mark.charAt(0), (/[,;]/.test(mark) ? 1.35 : 2) + (share < 1 ? 0.7 : 0))),
    ...matchers(unicode),
  ];
  for (const word of sharedWords.slice(0, 5))
    for (const cutAt of [word, ` ${word} `]) listers.push(splitter(cutAt, 3.2 + word.length * 0.1));

  const outputMarks = common(goal.targets, punctuation)
    .slice(0, 7)
    .map(([mark]) => mark);
  const glues = [...new Set(["", " ", ...outputMarks])];
  const newWords = common(goal.targets, words)
    .filter(
      ([word, share]) =>
        share * goal.targets.length >= Math.max(2, goal.targets.length / 2) &&
        !inputs.some((text) => text.includes(word)),
    )
    .slice(0, 4)
    .map(([word]) => word);
  const oldWords = common(inputs, words)
    .filter(
      ([word, share]) =>
        share * inputs.length >= Math.max(2, inputs.length / 2) && goal.targets.some((t) => !t.includes(word)),
    )
    .slice(0, 6)
    .map(([word]) => word);
  // What all inputs begin (or end) with, for what all outputs do: `text.replace("A-", "ORDER ")`.
  const endings = [sharedStart, sharedEnd].flatMap((shared): [string, string][] => {
    const [from, to] = [shared(inputs), shared(goal.targets)];
    return goal.rows.length >= 2 && from !== "" && to !== "" && from !== to ? [[from, to]] : [];
  });
  const replacing = [
    ...delimiters
      .slice(0, 12)
      .flatMap((from) =>
        glues.filter((to) => to !== from).flatMap((to) => replacements(from, to, to === "" ? 1.8 : 2)),
      ),
    ...endings.flatMap(([from, to]) => replacements(from, to, 2 + (from.length + to.length) * 0.25)),
    ...oldWords.flatMap((from) =>
      ["", ...newWords].flatMap((to) => replacements(from, to, 3 + (from.length + to.length) * 0.25)),
    ),
    ...oldWords.flatMap((from) =>
      [` ${from}`, `${from} `].flatMap((spaced) => replacements(spaced, "", 3.2 + from.length * 0.25)),
    ),
  ];
  const widths = [...new Set(goal.targets.flatMap((t) => (t.match(/\d+/g) ?? []).map((run) => run.length)))]
    .filter((w) => w > 1 && w < 13)
    .slice(0, 4);
  const seeking = marks
    .filter(([mark]) => mark.length === 1 && mark.trim() !== "")
    .slice(0, 8)
    .flatMap(([mark]) => finders(mark, 1.6));
  const wordLists = listers.filter(
    (lister) => lister.delimiter !== undefined || lister.noun === "word" || lister.noun.startsWith("run"),
  );

  const fields = goal.rows.slice(0, 50).flat();
  const lengthOf = (lister: Lister): number =>
    fields.reduce((most, text) => Math.max(most, lister.cut(text.slice(0, scanned)).length), 0);
  const shared = [...caseSteps, ...wholeSteps(unicode), ...numberSteps(widths)];
  const lists = wordLists.flatMap((lister) => [
    ...slices(lister, lengthOf(lister)),
    ...rearrangements(lister, glues, lengthOf(lister)),
  ]);
  return {
    unicode,
    delimiters,
    listers,
    first: [
      ...listers.flatMap((l) => picks(l, Math.min(lengthOf(l), l.noun === "word" ? 9 : 4))),
      ...shared,
      ...lists,
      ...replacing,
      ...seeking,
      ...cuts(10),
      ...windows(14, 10),
    ],
    later: [
      ...listers.flatMap((l) => picks(l, Math.min(lengthOf(l), 2))),
      ...shared,
      ...cuts(4),
      ...lists.slice(0, 200).map((step) => ({ ...step, cost: step.cost + 0.7 })),
      ...replacing.slice(0, 120),
    ],
  };
}
