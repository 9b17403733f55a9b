/**
 * Whether texts look alike: what a program gives on rows without an example should look like what it gives on the
 * examples. Only traits that a wrong cut breaks and honest variety keeps: blanks, emptiness, a lost first letter, one
 * letter that becomes many.
 */

const longest = 200;

const padded = (text: string): boolean => text !== text.trim();
const gapped = (text: string): boolean => /\s\s/.test(text);
const startsSmall = (text: string): boolean => /^\p{Ll}/u.test(text);
const startsBig = (text: string): boolean => /^\p{Lu}/u.test(text);
const single = (text: string): boolean => text.length === 1;
const words = (text: string): number => text.trim().split(/\s+/).length;

/**
 * How far `others` are from looking like `texts`: 0 where each shares every trait that all `texts` have. A trait counts
 * by the root of the share that breaks it, so that a few rows count for something and many for little more.
 */
export function strangeness(texts: readonly string[], others: readonly string[]): number {
  if (others.length === 0) return 0;
  let sum = 0;
  const count = (weight: number, breaks: (text: string) => boolean): void => {
    let broken = 0;
    for (const text of others) if (breaks(text)) broken++;
    if (broken > 0 && !texts.some(breaks)) sum += weight * Math.sqrt(broken / others.length);
  };
  count(6, (text) => text === "");
  count(5, padded);
  count(4, gapped);
  if (texts.every(single)) count(4, (text) => text !== "" && !single(text));
  if (texts.every(startsBig)) count(3, startsSmall);
  if (texts.every(startsSmall)) count(1, startsBig);
  if (texts.every((text) => /^\d+$/.test(text))) {
    count(4, (text) => !/^-?\d*(?:\.\d+)?$/.test(text));
    count(2, (text) => /\d[.,]\d/.test(text));
  }
  const look = form(texts[0] ?? "");
  // Texts of one form (a date, a telephone number, a code) are seldom meant to have another elsewhere; plain numbers are.
  const [{ length } = ""] = texts;
  if (/9/.test(look) && /[^9]/.test(look) && texts.length > 1 && texts.every((text) => form(text) === look))
    count(texts.length > 2 ? 6 : 4, (text) => form(text) !== look);
  else if (length > 3 && /[^9]/.test(look) && texts.length > 2 && texts.every((text) => text.length === length))
    count(3, (text) => text.length !== length);
  const size = words(texts[0] ?? "");
  if (size < 8 && texts.every((text) => words(text) === size)) count(0.7, (text) => words(text) !== size);
  return sum;
}

/** Kinds of character in order; digits as they are, runs of letters as one. */
const form = (text: string): string =>
  text
    .slice(0, longest)
    .replace(/\p{L}+/gu, "a")
    .replace(/\d/g, "9");

/** Kinds of character in order; runs of letters and blanks of two or more count as one length, digits as they are. */
function signature(text: string): string {
  return text
    .slice(0, longest)
    .replace(/\p{Lu}{2,}/gu, "AA")
    .replace(/\p{Lu}/gu, "A")
    .replace(/(?!\p{Lu})\p{L}+/gu, "a")
    .replace(/\d/g, "9")
    .replace(/\s\s+/g, "  ");
}

/** Up to `count` rows that look different from each other, those that look like most others first. */
export function varied<T extends readonly string[]>(rows: readonly T[], count: number): T[] {
  const looks = new Map<string, T[]>();
  for (const row of rows) {
    const look = row.map(signature).join("\u0001");
    const group = looks.get(look);
    if (group) group.push(row);
    else looks.set(look, [row]);
  }
  const groups = [...looks.values()].sort((a, b) => b.length - a.length);
  const chosen: T[] = [];
  for (let round = 0; chosen.length < Math.min(count, rows.length); round++)
    for (const group of groups) {
      const row = group[round];
      if (row && chosen.length < count) chosen.push(row);
    }
  return chosen;
}
