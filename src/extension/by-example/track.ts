/**
 * Follows places of a document while it is edited. Pure: the caller says what changed, in VS Code's order.
 *
 * A place grows with what is written at its ends, and stays itself where it is split, indented or moved by lines above it.
 * What deletes a place and more than it (a whole line with its ending) takes it away; undone, it is back.
 */
import { atOrBefore, before, clamp, endOf, isSame, type Point, relative, type Span, same, within } from "./points.ts";

/** `text` took the place of what stood between the two points. */
export interface Change extends Span {
  readonly text: string;
}

/** Where a place stands on a line that was edited, for places that follow from the line's text (the n-th cell). */
export type Anchor = (line: string) => { readonly from: number; readonly to: number } | undefined;

export interface Tracker {
  /** Takes over one change. Gives the positions (in the list of places) of those whose text it touched, in order. */
  apply(change: Change): readonly number[];
  /** Undefined while the place is taken away. */
  span(place: number): Span | undefined;
  /** Its lines joined by `\n`; undefined while the place is taken away. */
  text(place: number): string | undefined;
  line(number: number): string;
  lineCount(): number;
  /** The first place that ends on this line or below; the number of places where none does. */
  firstFrom(line: number): number;
}

interface Place {
  readonly span: Span;
  readonly isGone: boolean;
}

/** What was removed with parts of places in it, and where they stood: undone, they are put back as they were. */
interface Scar {
  /** Where the text stands that took its place. */
  readonly span: Span;
  readonly removed: string;
  readonly places: readonly { readonly at: number; readonly inside: Span }[];
}

/** Undo goes back in order, so that old ones are reached late, if ever. */
const maxScars = 100;

/** @param spans in order, none touching another's inside */
export function createTracker(documentLines: readonly string[], spans: readonly Span[], anchor?: Anchor): Tracker {
  let lines = [...documentLines];
  const places: Place[] = spans.map((span) => ({ span, isGone: false }));
  let scars: Scar[] = [];

  const textBetween = ({ start, end }: Span): string => {
    if (start.line === end.line) return (lines[start.line] ?? "").slice(start.character, end.character);
    const first = (lines[start.line] ?? "").slice(start.character);
    const last = (lines[end.line] ?? "").slice(0, end.character);
    return [first, ...lines.slice(start.line + 1, end.line), last].join("\n");
  };
  const firstFrom = (line: number): number => {
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle]?.span.end.line ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  /** Puts places where they follow from the text of these lines, also such as were gone. */
  const anchorAgain = (from: number, to: number, touched: Set<number>): void => {
    if (!anchor) return;
    const taken = new Set<number>();
    for (let at = firstFrom(from); at < places.length; at++) {
      const { start, end } = places[at]?.span ?? { start: { line: to + 1 }, end: { line: 0 } };
      if (start.line > to) break;
      const isGone = places[at]?.isGone ?? true;
      const found = start.line === end.line && !taken.has(start.line) ? anchor(lines[start.line] ?? "") : undefined;
      const isOthers = isGone && places.some((other) => !other.isGone && other.span.start.line === start.line);
      if (!found || isOthers || !(isGone || touched.has(at))) continue;
      const { line } = start;
      places[at] = {
        span: { start: { line, character: found.from }, end: { line, character: found.to } },
        isGone: false,
      };
      taken.add(line);
      touched.add(at);
    }
  };

  /** Moves the places; gives those that were touched. Those that a cut goes through leave a scar. */
  const movePlaces = (change: Span, removed: string, added: readonly string[], moved: Movement): Set<number> => {
    const movesLines = moved.inserted.line !== change.end.line;
    const touched = new Set<number>();
    const cut: { at: number; inside: Span }[] = [];
    let floor: Point = { line: 0, character: 0 };
    for (let at = firstFrom(change.start.line); at < places.length; at++) {
      const place = places[at];
      if (!place || (!movesLines && place.span.start.line > change.end.line)) break;
      const { span, effect } = place.isGone
        ? { span: carried(place.span, change, moved), effect: "none" }
        : after(place.span, change, added, moved);
      if (effect !== "none") touched.add(at);
      if (effect === "cut" || effect === "gone" || (effect === "touched" && removed.includes("\n")))
        cut.push({
          at,
          inside: { start: within(change.start, place.span.start), end: within(change.start, place.span.end) },
        });
      const isGone = place.isGone || effect === "gone";
      places[at] = { span: clamp(span, floor), isGone };
      if (!isGone) floor = clamp(span, floor).end;
    }
    if (cut.length > 0) {
      const span = { start: change.start, end: moved.inserted };
      scars = [...scars, { span, removed, places: cut }].slice(-maxScars);
    }
    return touched;
  };

  const applyOne = (change: Span, removed: string, added: readonly string[]): Iterable<number> => {
    const moved = movement(change, added);
    const text = added.join("\n");
    const healed = scars.findLast((scar) => isSame(scar.span, change) && scar.removed === text);
    scars = scars.flatMap((scar) => (scar === healed ? [] : [{ ...scar, span: carried(scar.span, change, moved) }]));
    const touched = movePlaces(change, removed, added, moved);
    for (const { at, inside } of healed?.places ?? []) {
      const span = { start: relative(change.start, inside.start), end: relative(change.start, inside.end) };
      places[at] = { span, isGone: false };
      touched.add(at);
    }
    const [before, behind] = [lines[change.start.line] ?? "", lines[change.end.line] ?? ""];
    const fresh = [...added];
    fresh[0] = before.slice(0, change.start.character) + fresh[0];
    fresh[fresh.length - 1] += behind.slice(change.end.character);
    if (fresh.length < 1_000) lines.splice(change.start.line, change.end.line - change.start.line + 1, ...fresh);
    else lines = lines.slice(0, change.start.line).concat(fresh, lines.slice(change.end.line + 1));
    anchorAgain(change.start.line, moved.inserted.line, touched);
    return touched;
  };

  return {
    apply(change) {
      const touched = new Set<number>();
      // From the last line up, so that the points of those above still hold.
      for (const { span, removed, added } of decompose(change, textBetween(change)).toReversed())
        for (const at of applyOne(span, removed, added)) touched.add(at);
      return [...touched].sort((a, b) => a - b);
    },
    span: (place) => (places[place]?.isGone ? undefined : places[place]?.span),
    text(place) {
      const found = places[place];
      return found && !found.isGone ? textBetween(found.span) : undefined;
    },
    line: (number) => lines[number] ?? "",
    lineCount: () => lines.length,
    firstFrom,
  };
}

interface Step {
  readonly span: Span;
  readonly removed: string;
  readonly added: readonly string[];
}

/**
 * What is the same at both ends is no change; as many lines for as many are changes of single lines (another program
 * formats, a paste replaces several lines).
 */
function decompose({ start, text }: Change, removed: string): Step[] {
  const added = text.replace(/\r\n?/g, "\n");
  const [before, after] = [removed.split("\n"), added.split("\n")];
  if (before.length !== after.length || before.length === 1) return trimmed(start, removed, added);
  return before.flatMap((line, at) => {
    const from = at === 0 ? start : { line: start.line + at, character: 0 };
    return trimmed(from, line, after[at] ?? "");
  });
}

function trimmed(start: Point, removed: string, added: string): Step[] {
  if (removed === added) return [];
  const shortest = Math.min(removed.length, added.length);
  let head = 0;
  while (head < shortest && removed[head] === added[head]) head++;
  let tail = 0;
  while (tail < shortest - head && removed.at(-1 - tail) === added.at(-1 - tail)) tail++;
  const from = endOf(start, removed.slice(0, head).split("\n"));
  const gone = removed.slice(head, removed.length - tail);
  const span = { start: from, end: endOf(from, gone.split("\n")) };
  return [{ span, removed: gone, added: added.slice(head, added.length - tail).split("\n") }];
}

interface Movement {
  /** Where the new text ends. */
  readonly inserted: Point;
  /** Where a point at or behind the change comes to stand. */
  shift(point: Point): Point;
}

function movement({ start, end }: Span, added: readonly string[]): Movement {
  const inserted = endOf(start, added);
  return {
    inserted,
    shift: ({ line, character }) => ({
      line: line + inserted.line - end.line,
      character: line === end.line ? character - end.character + inserted.character : character,
    }),
  };
}

type Effect = "none" | "touched" | "cut" | "gone";

/** What becomes of a place. `cut`: a part of it went away with text beside it. */
function after(
  place: Span,
  { start: from, end: to }: Span,
  added: readonly string[],
  { inserted, shift }: Movement,
): { readonly span: Span; readonly effect: Effect } {
  const { start, end } = place;
  if (before(end, from)) return { span: place, effect: "none" };
  if (before(to, start)) return { span: { start: shift(start), end: shift(end) }, effect: "none" };

  const isInsertion = same(from, to);
  if (isInsertion && same(from, end)) {
    // A line break at the end begins another line: what follows it is not of this place.
    const length = added[0]?.length ?? 0;
    if (length === 0) return { span: place, effect: "none" };
    return { span: { start, end: { line: end.line, character: end.character + length } }, effect: "touched" };
  }
  if (isInsertion && same(from, start)) {
    const last = added.at(-1) ?? "";
    const begin = added.length > 1 ? { line: inserted.line, character: inserted.character - last.length } : start;
    return { span: { start: begin, end: shift(end) }, effect: last === "" ? "none" : "touched" };
  }
  if (same(to, start) && before(from, start)) return { span: { start: shift(start), end: shift(end) }, effect: "none" };
  if (same(from, end)) return { span: place, effect: "none" };
  if (atOrBefore(start, from) && atOrBefore(to, end))
    return { span: { start, end: same(to, end) ? inserted : shift(end) }, effect: "touched" };
  if (atOrBefore(from, start) && atOrBefore(end, to)) return { span: { start: from, end: inserted }, effect: "gone" };
  if (before(from, start)) return { span: { start: inserted, end: shift(end) }, effect: "cut" };
  return {
    span: { start, end: { line: from.line, character: from.character + (added[0]?.length ?? 0) } },
    effect: "cut",
  };
}

/** Moves what is no place: it does not grow. */
function carried({ start, end }: Span, { start: from, end: to }: Span, { shift }: Movement): Span {
  const carry = (point: Point): Point => (atOrBefore(point, from) ? point : before(point, to) ? from : shift(point));
  return { start: carry(start), end: carry(end) };
}
