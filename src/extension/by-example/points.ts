/** Points and spans of a text, by line and character, and how they lie to each other. Pure. */

/** Line and UTF-16 unit in it, both counted from 0. */
export interface Point {
  readonly line: number;
  readonly character: number;
}

export interface Span {
  readonly start: Point;
  readonly end: Point;
}

export function endOf(start: Point, added: readonly string[]): Point {
  const length = added.at(-1)?.length ?? 0;
  if (added.length === 1) return { line: start.line, character: start.character + length };
  return { line: start.line + added.length - 1, character: length };
}

/** A point as seen from another, and back. */
export function within(from: Point, { line, character }: Point): Point {
  return { line: line - from.line, character: line === from.line ? character - from.character : character };
}
export function relative(from: Point, { line, character }: Point): Point {
  return { line: line + from.line, character: line === 0 ? character + from.character : character };
}

export function clamp(span: Span, floor: Point): Span {
  if (!before(span.start, floor)) return span;
  return { start: floor, end: before(span.end, floor) ? floor : span.end };
}

export function before(a: Point, b: Point): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
export function atOrBefore(a: Point, b: Point): boolean {
  return !before(b, a);
}
export function isSame(a: Span, b: Span): boolean {
  return same(a.start, b.start) && same(a.end, b.end);
}
export function same(a: Point, b: Point): boolean {
  return a.line === b.line && a.character === b.character;
}
