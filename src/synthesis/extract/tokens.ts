/** Text as runs of one kind of character: digits, capitals, small letters, spaces, single marks. */
import { type CharSet, charset } from "./charset.ts";
import { chars, type Node, seq, text } from "./pattern.ts";

export interface Token {
  /** A class of `charset`, or the character itself for a mark. */
  readonly kind: string;
  readonly text: string;
}

/** From fine to coarse: which characters count as of one kind. */
export const grains = [
  /(?<digit>\d+)|(?<upper>[A-Z]+)|(?<lower>[a-z]+)|(?<hangul>[가-힣]+)|(?<letter>\p{L}+)|(?<space>\s+)|./gsu,
  /(?<digit>\d+)|(?<latin>[A-Za-z]+)|(?<hangul>[가-힣]+)|(?<letter>\p{L}+)|(?<space>\s+)|./gsu,
  /(?<latinDigit>[A-Za-z\d]+)|(?<hangul>[가-힣]+)|(?<alnum>[\p{L}\d]+)|(?<space>\s+)|./gsu,
] as const;

export function tokensOf(value: string, grain: RegExp = grains[0]): Token[] {
  return Array.from(value.matchAll(grain), ({ 0: run, groups = {} }) => ({
    kind: Object.keys(groups).find((name) => groups[name] !== undefined) ?? run,
    text: run,
  }));
}

/** The class of a kind of token; undefined for a mark. */
export function setOfKind(kind: string): CharSet | undefined {
  if (kind === "latin") return charset(["upper", "lower"]);
  if (kind === "latinDigit") return charset(["upper", "lower", "digit"]);
  return ["digit", "upper", "lower", "hangul", "letter", "space", "alnum"].includes(kind) ? charset([kind]) : undefined;
}

export interface Aligned {
  readonly kind: string;
  readonly texts: readonly string[];
}

/** Token by token, where all texts have the same kinds in the same order. */
export function aligned(values: readonly string[], grain: RegExp, maxTokens = 16): Aligned[] | undefined {
  const lists = values.map((value) => tokensOf(value.slice(0, 200), grain));
  const [first] = lists;
  if (!first || first.length === 0 || first.length > maxTokens) return undefined;
  if (lists.some((list) => list.length !== first.length || list.some((t, i) => t.kind !== first[i]?.kind)))
    return undefined;
  return first.map(({ kind }, i) => ({ kind, texts: lists.map((list) => list[i]?.text ?? "") }));
}

export interface TokenStyle {
  /** Whether letters that are the same everywhere are written as they are. */
  readonly fixed: boolean;
  /** Whether lengths that are the same everywhere are written. */
  readonly counted: boolean;
}

/** Pattern of aligned tokens and its cost, given the number of different texts behind it. */
export function tokenPattern(
  tokens: readonly Aligned[],
  style: TokenStyle,
  different: number,
): { node: Node; cost: number } {
  let cost = 0;
  const long = tokens.length >= 3;
  const parts = tokens.map(({ kind, texts }, i): Node => {
    // Later tokens of a long shape say less that is new.
    const weight = i < 1 ? 1 : i < 3 ? 0.7 : 0.35;
    const [first = ""] = texts;
    const same = texts.every((t) => t === first);
    const set = setOfKind(kind);
    if (!set || (same && style.fixed && kind !== "digit") || (kind === "space" && same)) {
      cost += set && kind !== "space" ? 0.6 + (2.4 + 0.3 * Math.min(first.length, 12)) / different : 0.3 * weight;
      return text(first);
    }
    cost += 0.8 * weight;
    const lengths = texts.map((t) => Array.from(t).length);
    const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
    if (least === most && (style.counted || (least === 1 && kind !== "digit"))) {
      const digits = kind === "digit" && long;
      cost += digits ? 0.1 + 0.3 / different : 0.2 + (kind === "digit" ? 1.1 : 1.5) / different;
      return chars(set, least, least);
    }
    // Numbers inside a longer shape that have one length have it for a reason.
    if (least === most && long && kind === "digit" && least > 2 && different > 1) cost += 0.4;
    return chars(set);
  });
  return { node: seq(parts), cost };
}
