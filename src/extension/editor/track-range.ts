/** Pure: where a range of a text stands after the text was edited. Offsets count UTF-16 units, the end is exclusive. */

export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

export interface TextChange {
  readonly offset: number;
  /** So many units are replaced. */
  readonly length: number;
  readonly text: string;
}

export interface Followed {
  readonly range: OffsetRange;
  /** Something within the range was changed; `range` still covers all that became of it. */
  readonly touched: boolean;
}

/**
 * Follows a range through the changes of one edit, which are all in terms of the text before it. What is written at
 * either edge stays outside; an empty range goes behind what is written at its place, as a cursor does.
 */
export function follow(range: OffsetRange, changes: readonly TextChange[]): Followed {
  let followed: Followed = { range, touched: false };
  // From the end on, so that no change moves those that follow.
  for (const change of [...changes].sort((a, b) => b.offset - a.offset)) {
    const next = followOne(followed.range, change);
    followed = { range: next.range, touched: followed.touched || next.touched };
  }
  return followed;
}

function followOne({ start, end }: OffsetRange, { offset, length, text }: TextChange): Followed {
  const changeEnd = offset + length;
  const grown = text.length - length;
  if (changeEnd <= start) return { range: { start: start + grown, end: end + grown }, touched: false };
  if (offset >= end) return { range: { start, end }, touched: false };
  const from = Math.min(start, offset);
  return { range: { start: from, end: Math.max(end + grown, offset + text.length) }, touched: true };
}

/** The one place where a text stands; undefined where it stands nowhere, or twice. */
export function onlyPlace(whole: string, part: string): OffsetRange | undefined {
  if (part.trim() === "") return undefined;
  const start = whole.indexOf(part);
  return start < 0 || whole.indexOf(part, start + 1) >= 0 ? undefined : { start, end: start + part.length };
}

export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/**
 * The lines where they stand now: all of them, in their order, within `first` to `last` (counted from 0, both
 * included); undefined where one is not there any more.
 */
export function findLines<L extends NumberedLine>(
  lines: readonly L[],
  textAt: (number: number) => string,
  first: number,
  last: number,
): L[] | undefined {
  const moved = first - (lines[0]?.number ?? 0);
  const shifted = lines.map((line) => ({ ...line, number: line.number + moved }));
  if (shifted.every(({ number, text }) => number <= last && textAt(number) === text)) return shifted;
  const found: L[] = [];
  let number = first;
  for (const line of lines) {
    while (number <= last && textAt(number) !== line.text) number++;
    if (number > last) return undefined;
    found.push({ ...line, number: number++ });
  }
  return found;
}
