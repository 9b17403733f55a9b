/** What stands left and right of the wanted spans: labels, marks, ends of the text, or kinds of token. */
import { charset } from "./charset.ts";
import { chars, edge, either, type Node, seq, text } from "./pattern.ts";
import { commonPrefix, commonSuffix } from "./spans.ts";
import { aligned, grains, setOfKind, type Token, tokenPattern, tokensOf } from "./tokens.ts";

export interface Context {
  readonly node: Node | undefined;
  readonly cost: number;
  /** Whether it says more than a word boundary. */
  readonly says: boolean;
  /** Words of it, for naming the pattern. */
  readonly label: string;
  /** Its marks, where it is fixed text without words. */
  readonly mark: string;
  /** The fixed character right at the span. */
  readonly touch: string;
}

/** Characters of context that are looked at, and tokens that a context may have. */
export const contextLength = 80;
const maxTokens = 6;
const maxLabel = 40;

const none: Context = { node: undefined, cost: 0, says: false, label: "", mark: "", touch: "" };
const isWord = (token: Token | undefined): boolean =>
  token !== undefined && setOfKind(token.kind) !== undefined && token.kind !== "space";
const startsWithWord = /^\w/;

/** Text with its runs of spaces as they are, or as `\s*` after a mark and `\s+` after a word. */
function withSpaces(value: string, flexible: boolean): Node {
  if (!flexible) return text(value);
  return seq(
    value
      .split(/( +)/)
      .map((part, i, all) =>
        i % 2 === 1 ? chars(charset(["space"]), /\w$/.test(all[i - 1] ?? "") ? 1 : 0) : text(part),
      ),
  );
}

const wordsOf = (value: string): string => value.match(/[\p{L}][\p{L}\p{N}]*/gu)?.join(" ") ?? "";

const pairs = new Set([
  "[]",
  "()",
  "{}",
  "<>",
  "><",
  '""',
  "''",
  "``",
  "“”",
  "‘’",
  "「」",
  "『』",
  "**",
  "__",
  "||",
  "~~",
]);

/** Whether the two characters that touch a span are a pair of brackets or quotes, which belong together. */
export const encloses = (touch: string): boolean => pairs.has(touch);

/** Whether the content goes up to the closing bracket, whatever it is. */
export const fills = (node: Node, touch: string): boolean =>
  encloses(touch) && node.kind === "set" && node.set.negated && node.set.items.join("") === touch.slice(-1);

/** @param lefts what stands before each span, its last `contextLength` characters; `wholes`: whether that is all */
export function leftContexts(
  lefts: readonly string[],
  wholes: readonly boolean[],
  spans: readonly string[],
): Context[] {
  const found: Context[] = [none];
  const say = (node: Node, cost: number, label = "", mark = ""): unknown =>
    found.push({ node, cost, says: true, label, mark: label === "" ? mark.trim() : "", touch: mark.slice(-1) });
  const first = lefts[0] ?? "";
  if (spans.every((s) => startsWithWord.test(s)) && lefts.every((l) => !/\w$/.test(l)))
    found.push({ node: edge("word"), cost: 0.15, says: false, label: "", mark: "", touch: "" });
  if (lefts.every((l, i) => l === "" && wholes[i])) say(edge("start"), 0.5);
  else if (lefts.every((l, i) => l.endsWith("\n") || (l === "" && wholes[i]))) say(edge("lineStart"), 0.6);
  else if (lefts.every((l, i) => /\s$/.test(l) || (l === "" && wholes[i])))
    say(either([edge("start"), chars(charset(["space"]), 1, 1)]), 1.7);
  else if (lefts.every((l) => l !== "")) {
    const before = [...new Set(lefts.map((l) => l.at(-1) ?? ""))];
    if (before.length > 1 && before.length <= 4 && before.every((c) => !/[\p{L}\p{N}\s\ud800-\udfff]/u.test(c)))
      say(chars(charset(before), 1, 1), 1.2 + 0.3 * before.length);
  }
  const suffix = commonSuffix(lefts).slice(-maxLabel);
  const tokens = tokensOf(suffix);
  let value = "";
  let words = 0;
  for (let i = tokens.length - 1; i >= 0 && tokens.length - i <= maxTokens * 2; i--) {
    const token = tokens[i];
    value = (token?.text ?? "") + value;
    const next = tokens[i - 1];
    if (isWord(token) && isWord(next)) continue;
    if (isWord(token) && i === 0 && !lefts.every((l) => !/[\p{L}\p{N}]/u.test(l.at(-suffix.length - 1) ?? ""))) break;
    if (isWord(token)) words++;
    if (value.trim() === "" && value !== "\t" && value !== "\n") continue;
    if (!value.isWellFormed()) break;
    // A mark whose label is the same everywhere means the label; a label is short.
    const cutOff = words === 0 && tokens.slice(Math.max(0, tokens.length - 6), i).some(isWord);
    // `<li>` rather than `li>`.
    const opened = isWord(token) && /^[<([{"'#@$]$/.test(next?.text ?? "");
    const cost = labelCost(value, words) + (cutOff ? 0.7 : 0) + (opened ? 0.4 : 0);
    const guard = isWord(token) && words > 0 && /^\w/.test(value) ? [edge("word")] : [];
    if (/ /.test(value)) say(seq([...guard, withSpaces(value, true)]), cost, wordsOf(value), value);
    say(seq([...guard, text(value)]), cost + (/ /.test(value) ? 0.1 : 0), wordsOf(value), value);
    if (guard.length > 0) say(text(value), cost + 0.02, wordsOf(value), value);
    if (words >= 3) break;
  }
  if (lefts.every((l, i) => l === first && wholes[i]) && first !== "" && first.length <= maxLabel)
    say(seq([edge("start"), text(first)]), labelCost(first, 1) + 0.3, wordsOf(first));
  found.push(...caseless(lefts));
  found.push(
    ...byKinds(
      lefts.map((l) => tokensOf(l.slice(-maxLabel))),
      true,
    ),
  );
  found.push(...wholePrefix(lefts, wholes));
  return found;
}

const labelCost = (value: string, words: number): number =>
  0.6 + 0.2 * (value.match(/[^\p{L}\p{N}\s]/gu)?.length ?? 0) + Math.max(0, words - 1) * 0.5 + (words > 0 ? 0.3 : 0);

/** A label that is written in capitals here and small there: `[Tt]otal:`. */
function caseless(lefts: readonly string[]): Context[] {
  const suffix = commonSuffix(lefts.map((l) => l.toLowerCase())).slice(-maxLabel);
  const label = /\b[a-z]+\W{0,3}$/.exec(suffix)?.[0];
  if (!label || lefts.every((l) => l.endsWith(lefts[0]?.slice(-label.length) ?? ""))) return [];
  const forms = [...new Set(lefts.map((l) => l.slice(-label.length)))];
  if (forms.length > 4) return [];
  const ends = forms.every((form) => form.slice(1) === forms[0]?.slice(1));
  const node = ends
    ? seq([chars(charset(forms.map((form) => form.charAt(0))), 1, 1), withSpaces(forms[0]?.slice(1) ?? "", true)])
    : either(forms.map((form) => withSpaces(form, true)));
  return [{ node, cost: 1.8, says: true, label: wordsOf(label), mark: "", touch: "" }];
}

/** The last (or first) tokens, by kind where their texts differ. */
function byKinds(lists: readonly Token[][], fromEnd: boolean): Context[] {
  const found: Context[] = [];
  for (let count = 1; count <= 4; count++) {
    // One more than needed, so that the outermost token is not cut.
    if (lists.some((list) => list.length < count)) break;
    const parts = lists.map((list) =>
      (fromEnd ? list.slice(-count) : list.slice(0, count)).map((t) => t.text).join(""),
    );
    const tokens = aligned(parts, grains[0]) ?? aligned(parts, grains[1]);
    if (!tokens) continue;
    const varied = tokens.some(({ texts }) => new Set(texts).size > 1);
    const outer = tokens.at(fromEnd ? 0 : -1);
    if (!varied || !outer || outer.kind === "space") continue;
    const { node, cost } = tokenPattern(tokens, { fixed: true, counted: false }, parts.length);
    const guard = fromEnd && setOfKind(outer.kind) ? [edge("word")] : [];
    found.push({ node: seq([...guard, node]), cost: cost + 0.9, says: true, label: "", mark: "", touch: "" });
  }
  return found;
}

/** The whole text before the span, token by token or word by word. */
function wholePrefix(lefts: readonly string[], wholes: readonly boolean[]): Context[] {
  if (!wholes.every(Boolean) || lefts.some((l) => l === "") || lefts.every((l) => l === lefts[0])) return [];
  const found: Context[] = [];
  for (const grain of grains) {
    const tokens = aligned(lefts, grain, 24);
    if (!tokens) continue;
    const { node, cost } = tokenPattern(tokens, { fixed: true, counted: false }, lefts.length);
    found.push({ node: seq([edge("start"), node]), cost: cost + 1, says: true, label: "", mark: "", touch: "" });
    break;
  }
  const lists = lefts.map((l) => l.split(/(\s+)/));
  const [first] = lists;
  if (first && lists.every((list) => list.length === first.length) && first.length <= 24) {
    const parts = first.map((value, i): Node => {
      if (lists.every((list) => list[i] === value)) return text(value);
      return chars(charset(["space"], i % 2 === 0));
    });
    const cost = 1.4 + parts.reduce((sum, part) => sum + (part.kind === "set" ? 0.5 : 0.2), 0);
    if (lists.every((list) => list.at(-1) === ""))
      found.push({ node: seq([edge("start"), ...parts]), cost, says: true, label: "", mark: "", touch: "" });
  }
  return found;
}

/** @param rights what stands after each span, its first `contextLength` characters; `wholes`: whether that is all */
export function rightContexts(
  rights: readonly string[],
  wholes: readonly boolean[],
  spans: readonly string[],
): Context[] {
  const found: Context[] = [none];
  const say = (node: Node, cost: number, mark = ""): unknown =>
    found.push({ node, cost, says: true, label: "", mark: mark.trim(), touch: mark.slice(0, 1) });
  if (spans.every((s) => /\w$/.test(s)) && rights.every((r) => !/^\w/.test(r)))
    found.push({ node: edge("word"), cost: 0.2, says: false, label: "", mark: "", touch: "" });
  if (rights.every((r, i) => r === "" && wholes[i])) say(edge("end"), 0.95);
  else if (rights.every((r, i) => r.startsWith("\n") || (r === "" && wholes[i]))) say(edge("lineEnd"), 1);
  const prefix = commonPrefix(rights).slice(0, maxLabel);
  const tokens = tokensOf(prefix);
  let value = "";
  let words = 0;
  for (const [i, token] of tokens.entries()) {
    if (i >= maxTokens) break;
    value += token.text;
    const next = tokens[i + 1];
    if (isWord(token) && isWord(next)) continue;
    if (isWord(token) && !next && !rights.every((r) => !/[\p{L}\p{N}]/u.test(r.charAt(prefix.length)))) break;
    if (isWord(token)) words++;
    if (value.trim() === "" && !/[\t\n]/.test(value)) continue;
    if (!value.isWellFormed()) break;
    const cost = labelCost(value, words) + 0.3;
    const guard = words > 0 && /\w$/.test(value) ? [edge("word")] : [];
    if (/ /.test(value)) say(seq([withSpaces(value, true), ...guard]), cost, value);
    say(seq([text(value), ...guard]), cost + (/ /.test(value) ? 0.1 : 0), value);
    if (words >= 2) break;
  }
  // Korean endings and the like stand right at the word.
  const ending = prefix.match(/^[^\p{ASCII}\p{P}\s]{1,3}/u)?.[0] ?? "";
  for (let length = 1; length <= ending.length; length++)
    say(text(ending.slice(0, length)), 0.8 + 0.15 * length, ending.slice(0, length));
  if (rights.every((r) => r !== "")) {
    const after = [...new Set(rights.map((r) => r.charAt(0)))];
    if (after.length > 1 && after.length <= 3 && after.every((c) => !/[\p{L}\p{N}\s\ud800-\udfff]/u.test(c)))
      say(chars(charset(after), 1, 1), 1.3 + 0.3 * after.length);
    if (rights.every((r) => /^\s/.test(r))) say(chars(charset(["space"]), 1, 1), 1.5);
  }
  found.push(
    ...byKinds(
      rights.map((r) => tokensOf(r.slice(0, maxLabel))),
      false,
    ),
  );
  return found;
}
