/** Names a cluster of inputs by what sets it apart: inputs like "2024-03-01" (digits-digits-digits). */
import { type Said, say, verbatim, type Word } from "../../contract/say.ts";
import type { JsonValue } from "../../contract/wire.ts";
import { type Trait, type TraitKind, traitParts } from "./traits.ts";

/** How many of the cluster's inputs have a trait, and how many of those that were right. */
export interface Share {
  readonly trait: Trait;
  /** 0 to 1. */
  readonly here: number;
  readonly elsewhere: number;
}

/** Where two traits set it apart as well, a person rather reads of the first. */
const telling: readonly TraitKind[] = ["script", "form", "sign", "type", "word", "value", "size", "length"];
/** So much is a better kind worth, as a difference of shares. */
const worth = 0.03;
/** What sets less apart is not worth a word. */
const leastApart = 0.3;
const exampleMost = 60;

/** What sets a cluster apart; `lacks`: that it has not what the others have. Undefined where nothing does. */
export interface Mark {
  readonly trait: Trait;
  readonly lacks: boolean;
}

export function markOf(shares: readonly Share[]): Mark | undefined {
  let best: { mark: Mark; score: number } | undefined;
  for (const { trait, here, elsewhere } of shares) {
    const lacks = elsewhere > here;
    const apart = Math.abs(here - elsewhere);
    if (apart < leastApart) continue;
    // What is there says more than what is not.
    const { kind, path } = traitParts(trait);
    const rank = lacks && kind === "type" && path !== "" ? 0 : telling.indexOf(kind);
    const score = apart - worth * rank - (lacks ? 0.15 : 0);
    const better = best === undefined || score > best.score + 1e-9;
    // Of two that are as good the longer one says more; the order of the alphabet, for the same name each time.
    const asGood = best !== undefined && !better && score > best.score - 1e-9;
    if (better || (asGood && best && longerFirst(trait, best.mark.trait) < 0)) best = { mark: { trait, lacks }, score };
  }
  return best?.mark;
}

function longerFirst(a: Trait, b: Trait): number {
  return b.length - a.length || (a < b ? -1 : 1);
}

export function nameOf(mark: Mark, example: JsonValue): Said {
  const text = JSON.stringify(example);
  const short = text.length > exampleMost ? `${text.slice(0, exampleMost - 1)}…` : text;
  return say`inputs like ${short} (${said(mark)})`;
}

function said({ trait, lacks }: Mark): Said {
  const { kind, path, what } = traitParts(trait);
  if (kind === "type" && path !== "" && lacks) return say`no ${typeWords[what] ?? what} ${JSON.stringify(path)}`;
  const words = wordsOf[kind](what);
  const placed = path === "" ? words : say`${words} in ${JSON.stringify(path)}`;
  return lacks ? say`not: ${placed}` : placed;
}

/** What sets a cluster apart without a word or a field's name of the inputs: for what leaves this machine. */
export function withoutWords({ trait, lacks }: Mark): Said {
  const { kind, what } = traitParts(trait);
  const words = abstract[kind](kind === "sign" ? what : wordsOf[kind](what));
  return lacks ? say`the lack of ${words}` : words;
}

const abstract: Readonly<Record<TraitKind, (what: Word) => Said>> = {
  form: (what) => say`the form ${what}`,
  sign: (what) => say`the character ${what}`,
  script: (what) => say`their writing, ${what}`,
  word: () => say`a word`,
  type: () => say`a field or its kind`,
  value: () => say`a value`,
  size: (what) => say`the size of a number, ${what}`,
  length: (what) => say`the length, ${what}`,
};

const typeWords: Readonly<Record<string, Said>> = {
  text: say`text`,
  number: say`number`,
  boolean: say`boolean`,
  list: say`list`,
  object: say`object`,
};

const scriptWords: Readonly<Record<string, Said>> = {
  "accented Latin": say`accented Latin letters`,
  Greek: say`Greek letters`,
  Cyrillic: say`Cyrillic letters`,
  Hebrew: say`Hebrew letters`,
  Arabic: say`Arabic letters`,
  Devanagari: say`Devanagari letters`,
  Thai: say`Thai letters`,
  Japanese: say`Japanese letters`,
  Korean: say`Korean letters`,
  Chinese: say`Chinese letters`,
};

const wordsOf: Readonly<Record<TraitKind, (what: string) => Said>> = {
  form: (what) => verbatim(what.replaceAll("\t", " tab ")),
  sign: (what) => (what === "\t" ? say`with a tab` : say`with "${what}"`),
  script: (what) => scriptWords[what] ?? verbatim(what),
  word: (what) => say`the word "${what}"`,
  type: (what) => (what === "object" ? say`an object` : say`a ${typeWords[what] ?? what}`),
  value: verbatim,
  size: (what) => (what === "0" ? say`below 1` : say`${what} to ${10 * Number(what)}`),
  length: (what) => (what === "0" ? say`empty` : say`${what} to ${2 * Number(what) - 1} long`),
};
