/** Where the wanted texts stand in the inputs. */

/** Half open, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Occurrences of one wanted text that are looked at. */
const maxOccurrences = 30;
const contextLength = 24;
/** Characters compared, at most, on the way to an occurrence that cuts no word. */
const maxCompared = 5_000_000;

const isWordChar = (c: string | undefined): boolean => c !== undefined && /[\p{L}\p{N}_]/u.test(c);

/** Whether neither end cuts a word or a number in two. */
function isWhole(text: string, { start, end }: Span): boolean {
  const cutsLeft = isWordChar(text[start]) && isWordChar(text[start - 1]);
  const cutsRight = isWordChar(text[end - 1]) && isWordChar(text[end]);
  return !cutsLeft && !cutsRight;
}

function occurrences(text: string, wanted: string): Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf(wanted); at >= 0 && found.length < maxOccurrences; at = text.indexOf(wanted, at + 1))
    found.push({ start: at, end: at + wanted.length });
  return found;
}

/** Wanted texts in the order in which they stand, each at the first place that cuts no word, else at the first. */
export function locateAll(text: string, wanted: readonly string[]): Span[] | undefined {
  const whole = locateInOrder(text, wanted, true);
  return whole ?? locateInOrder(text, wanted, false);
}

function locateInOrder(text: string, wanted: readonly string[], needWhole: boolean): Span[] | undefined {
  const spans: Span[] = [];
  let from = 0;
  for (const value of wanted) {
    let start = value === "" ? -1 : text.indexOf(value, from);
    let tries = Math.max(20, maxCompared / Math.max(1, value.length));
    while (start >= 0 && needWhole && !isWhole(text, { start, end: start + value.length }))
      start = tries-- > 0 ? text.indexOf(value, start + 1) : -1;
    if (start < 0) return undefined;
    from = start + value.length;
    spans.push({ start, end: from });
  }
  return spans;
}

/**
 * One span a row (undefined where nothing is wanted). A text that stands in several places is taken where its
 * surroundings look most like those of the other rows. Undefined where a wanted text does not occur.
 */
export function locateOne(
  texts: readonly string[],
  wanted: readonly (string | undefined)[],
): (Span | undefined)[] | undefined {
  const found = texts.map((text, i) => (wanted[i] ? occurrences(text, wanted[i]) : []));
  if (found.some((places, i) => wanted[i] && places.length === 0)) return undefined;
  const contexts = (row: number): Context[] => (found[row] ?? []).map((span) => contextOf(texts[row] ?? "", span));
  const rows = [...found.keys()];
  const sure = rows.filter((row) => found[row]?.length === 1);
  // With very many rows, a few surroundings must do.
  const known = (sure.length > 0 ? sure : rows)
    .slice(0, texts.length > 500 ? 8 : 60)
    .map((row) => ({ row, own: contexts(row) }));
  return found.map((places, i) => {
    if (places.length < 2) return places[0];
    const others = known.filter(({ row }) => row !== i).flatMap(({ own }) => own);
    const scored = places.map((span) => {
      const own = contextOf(texts[i] ?? "", span);
      const likeness = others.reduce((sum, other) => sum + alike(own, other), 0);
      return { span, score: likeness / Math.max(1, others.length) + (isWhole(texts[i] ?? "", span) ? 4 : 0) };
    });
    return scored.reduce((best, next) => (next.score > best.score ? next : best)).span;
  });
}

type Context = readonly [left: string, right: string];

const contextOf = (text: string, { start, end }: Span): Context => [
  text.slice(Math.max(0, start - contextLength), start),
  text.slice(end, end + contextLength),
];

function alike([left, right]: Context, [otherLeft, otherRight]: Context): number {
  const both = left === "" && otherLeft === "" ? 1 : 0;
  return both + commonSuffix([left, otherLeft]).length + 0.5 * commonPrefix([right, otherRight]).length;
}

export function commonPrefix(texts: readonly string[]): string {
  const [first = ""] = texts;
  let length = first.length;
  for (const text of texts) {
    let i = 0;
    while (i < length && i < text.length && text[i] === first[i]) i++;
    length = i;
  }
  return first.slice(0, length);
}

export function commonSuffix(texts: readonly string[]): string {
  const [first = ""] = texts;
  let length = first.length;
  for (const text of texts) {
    let i = 0;
    while (i < length && i < text.length && text[text.length - 1 - i] === first[first.length - 1 - i]) i++;
    length = i;
  }
  return first.slice(first.length - length);
}
