/** What the wanted spans themselves look like: patterns that cover all of them, cheap (general, short, known) ones first. */
import { anyInLine, anything, type CharSet, charset } from "./charset.ts";
import { chars, edge, either, type Node, seq, text } from "./pattern.ts";
import { shapes } from "./shapes.ts";
import { aligned, grains, setOfKind, tokenPattern, tokensOf } from "./tokens.ts";

export interface Content {
  readonly node: Node;
  readonly cost: number;
  /** Hardly anything else looks like it: it needs no context. */
  readonly distinct: boolean;
  /** What it is called, where it has a name. */
  readonly name: string;
}

const maxSpans = 120;
const maxShapeLength = 400;

/**
 * @param spans the wanted texts, none empty
 * @param following for each, the text that follows it
 */
export function contentsOf(spans: readonly string[], following: readonly string[]): Content[] {
  const different = [...new Set(spans)].slice(0, maxSpans);
  const short = different.every((span) => span.length <= maxShapeLength);
  const found: Content[] = short
    ? [
        ...shapes.filter((shape) => different.every((span) => shape.whole.test(span))),
        ...byTokens(different),
        ...byCharacters(different),
        ...behindMark(different),
        ...listed(different, spans.length),
      ]
    : [];
  found.push(...upToDelimiter(different, following));
  const unique = new Map<string, Content>();
  const weighed = found.map((content) => ({ ...content, cost: content.cost + openCodes(content.node, different) }));
  for (const content of weighed.sort((a, b) => a.cost - b.cost)) {
    const key = JSON.stringify(content.node, (_, v) => (v === Number.POSITIVE_INFINITY ? "∞" : v));
    if (!unique.has(key)) unique.set(key, content);
  }
  return [...unique.values()];
}

/** Codes of capitals that are all of one length (`ICN`, `LAX`) are hardly so by chance. */
function openCodes(node: Node, spans: readonly string[]): number {
  const length = spans[0]?.length ?? 0;
  if (node.kind !== "set" || node.max !== Number.POSITIVE_INFINITY || spans.length < 3 || length < 2) return 0;
  return spans.every((span) => span.length === length && /^[A-Z]+$/.test(span))
    ? Math.min(1.2, 0.25 * spans.length)
    : 0;
}

/** Sequences of kinds of token: `[A-Z]{2}-\d+`, `INV-\d{4}`. */
function byTokens(spans: readonly string[]): Content[] {
  return grains.flatMap((grain, g) => {
    const tokens = aligned(spans, grain);
    if (!tokens) return [];
    const marks = tokens.some(({ kind }) => !setOfKind(kind));
    // Letters that are all capitals, or all small, are hardly so by chance.
    const oneCase =
      g === 0 ? 0 : spans.every((s) => !/[a-z]/.test(s)) ? 1.2 : spans.every((s) => !/[A-Z]/.test(s)) ? 0.3 : 0;
    return [true, false].flatMap((fixed) =>
      [true, false].map((counted): Content => {
        const { node, cost } = tokenPattern(tokens, { fixed, counted }, spans.length);
        const fixedLetters = fixed && tokens.some((t) => t.kind !== "digit" && t.texts.every((x) => x === t.texts[0]));
        // A code of so many digits; a number, where there is one behind a label.
        const code = tokens.length === 1 && counted && spans.length > 1 && /^\d{5,}$/.test(spans[0] ?? "");
        const distinct = tokens.length >= 3 && marks && (fixedLetters || counted);
        return {
          node: code ? seq([edge("word"), node, edge("word")]) : node,
          cost: cost + g * 0.3 + oneCase + (code ? 1.4 : 0.3),
          distinct: code || distinct || (marks && tokens.length >= 5),
          name: "",
        };
      }),
    );
  });
}

/** All characters seen, as one class: `[\w.-]+`. */
function byCharacters(spans: readonly string[]): Content[] {
  const kinds = new Set(spans.flatMap((span) => tokensOf(span).map(({ kind }) => kind)));
  const marks = [...kinds].filter((kind) => !setOfKind(kind) && kind !== "_");
  if (marks.length > 6) return [];
  const has = (kind: string): boolean => kinds.has(kind);
  const latin = ["upper", "lower", "digit"].filter(has);
  const items = [...(has("hangul") && !has("letter") ? ["hangul"] : []), ...(has("space") ? [" "] : [])];
  const base = has("letter") ? ["uword"] : latin.length > 1 || has("_") ? ["word"] : latin;
  const sets = [charset([...base, ...items, ...marks])];
  if (!has("letter") && latin.length > 1)
    sets.push(charset([...latin, ...(has("_") ? ["_"] : []), ...items, ...marks]));
  const trailing = new Set(spans.map((span) => span.at(-1) ?? ""));
  const fine = ![...trailing].some((c) => marks.includes(c) || c === " ");
  return sets.flatMap((set, i): Content[] => {
    const oneCase = !has("letter") && latin.length === 1 && latin[0] !== "digit" ? 0.45 : 0.15;
    const cost = 1.4 + oneCase + 0.25 * (marks.length + items.length) + 0.2 * i + (has("space") ? 0.8 : 0);
    const inner = seq([chars(set, 0, 60), chars(charset(has("letter") ? ["uword"] : ["word"]), 1, 1)]);
    return [
      { node: chars(set), cost, distinct: false, name: "" },
      ...(fine && marks.length > 0 && i === 0 && spans.every((s) => s.length < 50)
        ? [{ node: inner, cost: cost + 0.8, distinct: false, name: "" }]
        : []),
    ];
  });
}

/** The same mark at the start of all, and the characters behind it: `\.[a-z][\w-]*`. */
function behindMark(spans: readonly string[]): Content[] {
  const mark = Array.from(spans[0] ?? "")[0] ?? "";
  const rests = spans.map((span) => span.slice(mark.length));
  if (setOfKind(tokensOf(mark)[0]?.kind ?? "digit") || rests.some((rest) => rest === "")) return [];
  if (!spans.every((span) => span.startsWith(mark))) return [];
  const firsts = new Set(rests.map((rest) => tokensOf(rest)[0]?.kind ?? ""));
  const sets = [...firsts].map(setOfKind);
  return byCharacters(rests).flatMap(({ node, cost }): Content[] => {
    if (node.kind !== "set") return [];
    const first = sets.every((set) => set !== undefined) ? charset([...firsts]) : undefined;
    return [
      { node: seq([text(mark), node]), cost: cost + 0.4, distinct: true, name: "" },
      ...(first
        ? [
            {
              node: seq([text(mark), chars(first, 1, 1), chars(node.set, 0)]),
              cost: cost + 0.7,
              distinct: true,
              name: "",
            },
          ]
        : []),
    ];
  });
}

/** The few words that occur, one of them. */
function listed(spans: readonly string[], total: number): Content[] {
  if (spans.length > 12 || spans.some((span) => span.length > 30 || !span.isWellFormed() || /\d/.test(span))) return [];
  const options = [...spans].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const [only] = options;
  const rare = total === spans.length ? 4 : total < spans.length * 2 ? 1.5 : 0.4;
  const cost = 1 + spans.reduce((sum, span) => sum + rare + span.length * 0.15, 0);
  const node = options.length === 1 && only !== undefined ? text(only) : either(options.map(text));
  return [{ node, cost, distinct: true, name: "" }];
}

/** Everything up to the character that follows, to the next space, or to the end of the line. */
function upToDelimiter(spans: readonly string[], following: readonly string[]): Content[] {
  const ends = [...new Set(following.map((right) => right.charAt(0)))].filter(
    (c) => c !== "" && !/[\p{L}\p{N}\ud800-\udfff]/u.test(c),
  );
  const behind = [...new Set(following.map((right) => right.trimStart().charAt(0)))];
  const inside = (c: string): boolean => spans.some((span) => span.includes(c));
  const spaced = spans.some((span) => /\s/.test(span));
  const lines = spans.some((span) => /[\n\r\u2028\u2029]/.test(span));
  const found: Content[] = [];
  const add = (set: CharSet, cost: number): unknown =>
    found.push({ node: chars(set), cost, distinct: false, name: "" });
  if (!spaced) add(charset(["space"], true), 1.6);
  const marks = ends.filter((c) => !/\s/.test(c) && !inside(c));
  if (marks.length > 0 && marks.length <= 4) {
    add(charset(marks, true), 1.5 + 0.2 * marks.length);
    if (!spaced) add(charset(["space", ...marks], true), 1.7 + 0.2 * marks.length);
    if (spaced && !lines) add(charset(["\n", ...marks], true), 1.8 + 0.2 * marks.length);
  }
  // A mark behind spaces: the pattern then ends in those spaces and the mark.
  const [mark = ""] = behind;
  if (behind.length === 1 && marks.length === 0 && /^[^\p{L}\p{N}\s\ud800-\udfff]$/u.test(mark) && !inside(mark))
    add(charset([mark, ...(lines ? [] : ["\n"])], true), 1.9);
  for (const c of ["\n", "\t"]) if (ends.includes(c) && !inside(c)) add(charset([c], true), 1.6);
  add(lines ? anything : anyInLine, 1.7);
  return found;
}
