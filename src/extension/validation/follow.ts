/** Problems stay where they belong while the text around them changes; what was itself touched is no longer known. Pure. */
import type { CodeEdit, CodeIssue } from "../../contract/validation.ts";

/** Counted from 0, as VS Code does. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Stretch {
  readonly start: Place;
  readonly end: Place;
}

/** A piece of the text that was replaced. */
export interface Replacement {
  readonly range: Stretch;
  readonly text: string;
}

export interface FixEdit extends Stretch {
  readonly text: string;
}

/** An issue where it stands in the document now. */
export interface Problem {
  readonly issue: CodeIssue;
  readonly range: Stretch;
  /** The edits of its fix, while all of them still fit. */
  readonly edits: readonly FixEdit[] | undefined;
}

export function problemFrom(issue: CodeIssue): Problem {
  const edits = issue.fix?.edits.map((edit): FixEdit => ({ ...stretchOf(edit), text: edit.text }));
  return { issue, range: stretchOf(issue), edits };
}

function stretchOf({ line, column, endLine, endColumn }: Omit<CodeEdit, "text">): Stretch {
  return {
    start: { line: line - 1, character: column - 1 },
    end: { line: endLine - 1, character: endColumn - 1 },
  };
}

/** @param changes as VS Code tells them of one edit: none overlaps another, all in terms of the text before it */
export function follow(problems: readonly Problem[], changes: readonly Replacement[]): Problem[] {
  // From the end, so that no change moves one that is still to come.
  const backwards = changes.toSorted((a, b) => compare(b.range.start, a.range.start));
  return problems.flatMap((problem) => {
    const range = backwards.reduce<Stretch | undefined>(moved, problem.range);
    if (!range) return [];
    const edits = problem.edits?.map((edit) => {
      const place = backwards.reduce<Stretch | undefined>(moved, edit);
      return place && { ...place, text: edit.text };
    });
    return [{ issue: problem.issue, range, edits: edits?.every((edit) => edit !== undefined) ? edits : undefined }];
  });
}

function compare(a: Place, b: Place): number {
  return a.line - b.line || a.character - b.character;
}

/** Where a stretch stands after a change; undefined where the change touched it. */
function moved(stretch: Stretch | undefined, { range, text }: Replacement): Stretch | undefined {
  if (!stretch) return undefined;
  const typed = compare(range.start, range.end) === 0;
  const before = compare(range.end, stretch.start);
  const after = compare(range.start, stretch.end);
  // What is typed at the edge of a word makes another word.
  const apart = typed && !text.includes("\n") ? before < 0 || after > 0 : before <= 0 || after >= 0;
  if (!apart) return undefined;
  if (after > 0 || (after === 0 && before > 0)) return stretch;
  return { start: shifted(stretch.start, range, text), end: shifted(stretch.end, range, text) };
}

function shifted(place: Place, { start, end }: Stretch, text: string): Place {
  const lines = text.split(/\r\n|\n|\r/);
  const line = place.line + lines.length - 1 - (end.line - start.line);
  if (place.line !== end.line) return { line, character: place.character };
  const lastLine = lines.at(-1)?.length ?? 0;
  const from = lines.length === 1 ? start.character + lastLine : lastLine;
  return { line, character: from + place.character - end.character };
}

/** The edits of all safe fixes, but those that would touch what another has changed already. */
export function safeEdits(problems: readonly Problem[]): {
  readonly fixed: number;
  readonly edits: readonly FixEdit[];
} {
  const edits: FixEdit[] = [];
  let fixed = 0;
  for (const { issue, edits: own } of problems) {
    if (!issue.fix?.safe || !own?.length) continue;
    const clash = own.some((one) => edits.some((other) => overlap(one, other)));
    if (clash) continue;
    edits.push(...own);
    fixed += 1;
  }
  return { fixed, edits };
}

function overlap(a: Stretch, b: Stretch): boolean {
  // Of two that begin at one place, nobody knows which comes first.
  return compare(a.start, b.start) === 0 || (compare(a.start, b.end) < 0 && compare(b.start, a.end) < 0);
}

/** What another extension says about the document. */
export interface KnownProblem {
  readonly code: string;
  readonly line: number;
  readonly isError: boolean;
}

/** True where others say the same on the same line, so that nothing is underlined twice. */
export function isKnown({ issue, range }: Problem, others: readonly KnownProblem[]): boolean {
  const code = issue.code.replace(/^TS/, "");
  return others.some(
    (other) => other.line === range.start.line && (other.code === code || (code === "invalid-syntax" && other.isError)),
  );
}
