/** Pure: new text for some lines of a document, as few edits as there are runs of neighbouring lines. */
import type { SelectedLine } from "./selection.ts";

export interface LineEdit {
  readonly startLine: number;
  readonly endLine: number;
  /** Length of the last line that is replaced. */
  readonly endCharacter: number;
  readonly text: string;
}

/** `outputs[i]` takes the place of `lines[i]`; null keeps it. Lines are in order. */
export function lineEdits(
  lines: readonly SelectedLine[],
  outputs: readonly (string | null)[],
  ending: string,
): LineEdit[] {
  const edits: LineEdit[] = [];
  for (const [at, { number, text }] of lines.entries()) {
    const output = withEnding(outputs[at] ?? text, ending);
    const last = edits.at(-1);
    if (last && last.endLine === number - 1)
      edits[edits.length - 1] = {
        ...last,
        endLine: number,
        endCharacter: text.length,
        text: last.text + ending + output,
      };
    else edits.push({ startLine: number, endLine: number, endCharacter: text.length, text: output });
  }
  return edits;
}

/** The whole text with the lines replaced, for the preview. */
export function replacedText(
  all: readonly string[],
  lines: readonly SelectedLine[],
  outputs: readonly (string | null)[],
  ending: string,
): string {
  const result = [...all];
  for (const [at, { number, text }] of lines.entries()) result[number] = withEnding(outputs[at] ?? text, ending);
  return result.join(ending);
}

/** Tells lines that differ from the saved ones from those that do not; a line that was blank says nothing. */
export function savedAndEdited(
  saved: readonly string[],
  lines: readonly SelectedLine[],
): { examples: { input: string; output: string }[]; rest: SelectedLine[] } {
  const before = ({ number }: SelectedLine): string => saved[number] ?? "";
  const isEdited = (line: SelectedLine): boolean => before(line) !== line.text && before(line).trim() !== "";
  return {
    examples: lines.filter(isEdited).map((line) => ({ input: before(line), output: line.text })),
    rest: lines.filter((line) => !isEdited(line)),
  };
}

/** Where the lines begin in that text, counted from 0: an output of several lines moves those below it. */
export function placesAfter(lines: readonly SelectedLine[], outputs: readonly (string | null)[]): number[] {
  let moved = 0;
  return lines.map(({ number }, at) => {
    const place = number + moved;
    moved += (outputs[at] ?? "").split(/\r\n|\n|\r/).length - 1;
    return place;
  });
}

function withEnding(text: string, ending: string): string {
  return text.replace(/\r\n|\n|\r/g, ending);
}
