/** The operations on text that the data itself suggests: delimiters, glue and replacements that the examples share. */
import type { Op } from "../language/expr.ts";
import { caseOps, trimOp } from "../text/case-ops.ts";
import { cuts, enclosed, keyed, sides, windows } from "../text/cut-ops.ts";
import { textOp } from "../text/define.ts";
import { csvLister, jsonOps } from "../text/format-ops.ts";
import { rearrangements, slices } from "../text/join-ops.ts";
import { chunks, finders, type Lister, matchers, picks, spacedSplitter, splitter } from "../text/list-ops.ts";
import { mapOp } from "../text/map-ops.ts";
import { replacements, wholeOps } from "../text/shape-ops.ts";
import { urlOps } from "../text/url-ops.ts";
import type { Goal } from "./goal.ts";

/** An operation on a text: directly, or on the list that a lister cuts it into. */
export interface Move {
  readonly op: Op;
  readonly lister?: Lister;
}

export interface Vocabulary {
  readonly unicode: boolean;
  readonly delimiters: readonly string[];
  readonly listers: readonly Lister[];
  readonly glues: readonly string[];
  /** Moves on a whole field. */
  readonly first: readonly Move[];
  /** Moves on what a move gave. */
  readonly later: readonly Move[];
  /** Moves besides those on a text that has been cleaned of all but its letters or digits. */
  readonly afterCleaning: readonly Move[];
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

/** What all texts begin (1) or end (-1) with, at most three characters. */
function endingOf(texts: readonly string[], side: 1 | -1): string {
  const cut = (text: string, length: number): string => (side === 1 ? text.slice(0, length) : text.slice(-length));
  for (let length = 3; length > 0; length--) {
    const ending = cut(texts[0] ?? "", length);
    if (ending.length === length && texts.every((text) => text.length > length && cut(text, length) === ending))
      return ending;
  }
  return "";
}

const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

const initialOp = textOp({
  cost: 0.7,
  apply: (t) => t.charAt(0),
  js: (r) => `${r}.charAt(0)`,
  py: (r) => `${r}[:1]`,
  say: (w) => `the first letter of ${w}`,
});
const [upperOp, , capitalOp] = caseOps;
/** What people do to every element of a list. */
const changes: readonly (readonly Op[])[] = [
  [trimOp],
  [initialOp],
  ...(upperOp && capitalOp ? [[initialOp, upperOp], [capitalOp]] : []),
];

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
    ...csvLister([...inputs, ...elsewhere]),
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
  const padding = widths.map((width) =>
    textOp({
      cost: width === 2 ? 1.3 : 1.6,
      apply: (t) => t.padStart(width, "0"),
      js: (r) => `${r}.padStart(${width}, "0")`,
      py: (r) => `${r}.rjust(${width}, "0")`,
      say: (w) => `${w} padded with zeros to ${width} digits`,
    }),
  );
  const seeking = marks
    .filter(([mark]) => mark.length === 1 && mark.trim() !== "")
    .slice(0, 8)
    .flatMap(([mark]) => finders(mark, 1.6));
  // What all outputs begin or end with tells the word apart: "…구", "INV-…".
  const ends = [endingOf(goal.targets, -1), endingOf(goal.targets, 1)];
  const telling = ends.flatMap((text, i) =>
    text === "" || goal.targets.length < 2
      ? []
      : finders(text, 1.2 + text.length * 0.2).slice(i === 0 ? 2 : 1, i === 0 ? 3 : 2),
  );
  const wordLists = listers.filter(
    (lister) => lister.delimiter !== undefined || lister.noun === "word" || lister.noun.startsWith("run"),
  );

  const fields = goal.rows.slice(0, 50).flat();
  const lengthOf = (lister: Lister): number =>
    fields.reduce((most, text) => Math.max(most, lister.cut(text.slice(0, scanned)).length), 0);
  const plain = (ops: readonly Op[]): Move[] => ops.map((op) => ({ op }));
  const on = (lister: Lister, ops: readonly Op[]): Move[] => ops.map((op) => ({ op, lister }));
  const cutting = [
    ...marks
      .filter(([mark]) => mark.length === 1)
      .slice(0, 12)
      .flatMap(([mark]) => sides(mark, 1.7)),
    ...enclosed(inputs),
    ...urlOps(inputs),
    ...jsonOps(inputs),
  ];
  const shared = plain([...caseOps, ...wholeOps(unicode), ...padding]);
  const lists = wordLists.flatMap((lister) => {
    const length = lengthOf(lister);
    return [
      ...on(lister, slices(lister, length)),
      ...on(lister, rearrangements(lister, glues, length)),
      ...(length < 2
        ? []
        : changes.flatMap((change) =>
            on(
              lister,
              glues.map((glue) => mapOp(lister, change, glue)),
            ),
          )),
    ];
  });
  const groups = [2, 3, 4].flatMap((n) =>
    glues
      .filter((glue) => glue !== "")
      .map((glue): Move => {
        const lister = chunks(n, 1.8 + n * 0.1);
        return { op: mapOp(lister, [], glue), lister };
      }),
  );
  return {
    unicode,
    delimiters,
    listers,
    glues,
    first: [
      ...listers.flatMap((l) => on(l, picks(l, Math.min(lengthOf(l), l.noun === "word" ? 9 : 4)))),
      ...shared,
      ...plain(cutting),
      ...plain(keyed(everything.slice(0, 60))),
      ...lists,
      ...groups,
      ...plain(replacing),
      ...plain([...seeking, ...telling]),
      ...plain(cuts(10)),
      ...plain(windows(14, 10)),
    ],
    later: [
      ...listers.flatMap((l) => on(l, picks(l, Math.min(lengthOf(l), 2)))),
      ...shared,
      ...plain(cutting),
      ...plain(cuts(4)),
      ...lists
        .slice(0, 240)
        .map(({ op, lister }): Move => ({ op: { ...op, cost: op.cost + 0.7 }, ...(lister ? { lister } : {}) })),
      ...groups,
      ...plain(replacing.slice(0, 120)),
    ],
    afterCleaning: plain([...cuts(10), ...windows(14, 10)]),
  };
}
