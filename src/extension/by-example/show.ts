/** What is to be seen of a preview, and what accepting it replaces. Pure. */
import type { SelectedLine } from "../editor/selection.ts";
import type { Tracker } from "./track.ts";

/** A ghost longer than this says no more. */
const maxGhost = 300;

export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Pieces on the visible lines and a margin around them, each once, in order. */
export function visiblePieces(tracker: Tracker, count: number, ranges: readonly LineRange[], margin: number): number[] {
  const found = new Set<number>();
  for (const { first, last } of ranges)
    for (let piece = tracker.firstFrom(Math.max(0, first - margin)); piece < count; piece++) {
      const span = tracker.span(piece);
      if (span && span.start.line > last + margin) break;
      found.add(piece);
    }
  return [...found].sort((a, b) => a - b);
}

/** An output as one line that is no longer than a line should be. */
export function ghostText(output: string): string {
  if (output === "") return "∅";
  const line = output.replace(/\r\n|\n|\r/g, "⏎").replaceAll("\t", "⇥");
  return line.length > maxGhost ? `${line.slice(0, maxGhost)}…` : line;
}

export interface Replacement {
  readonly piece: number;
  readonly text: string;
}

export interface ReplacedLines {
  readonly lines: readonly SelectedLine[];
  /** The new text of each of those lines. */
  readonly outputs: readonly string[];
}

/** Whole lines with their pieces replaced; pieces are in order, each on one line. */
export function replacedLines(tracker: Tracker, replacements: readonly Replacement[]): ReplacedLines {
  const lines: SelectedLine[] = [];
  const outputs: string[] = [];
  let written = 0; // How far the current line has been written.
  for (const { piece, text } of replacements) {
    const span = tracker.span(piece);
    if (!span) continue;
    const { line, character } = span.start;
    const whole = tracker.line(line);
    if (lines.at(-1)?.number !== line) {
      finish();
      lines.push({ number: line, text: whole });
      outputs.push("");
      written = 0;
    }
    outputs[outputs.length - 1] += whole.slice(written, character) + text;
    written = span.end.character;
  }
  finish();
  return { lines, outputs };

  function finish(): void {
    const last = lines.at(-1);
    if (last) outputs[outputs.length - 1] += last.text.slice(written);
  }
}
