/**
 * What of a model's proposal is shown: cut to a sensible end, without what stands there already. Pure. The rules are
 * those that make inline completions bearable elsewhere: one line in the middle of a line, a block where one begins,
 * never a bracket too many, never the next line again.
 */
import { closersWanted, firstForeignCloser, isProse } from "./brackets.ts";

export interface Place {
  readonly prefix: string;
  readonly suffix: string;
  readonly language: string;
}

const maxLines = 40;
/** A line that ends so goes on below. */
const opens = /([{([:,=]|=>|->|\b(do|then|begin|else))\s*$/;
const comment = /^\s*(#|\/\/|--|\*)/;
/** Lines that belong to the block above although they stand no deeper. */
const goesOn =
  /^\s*([)\]}]|else\b|elif\b|except\b|finally\b|catch\b|end\b|rescue\b|ensure\b|case\b|default\b|fi\b|done\b|esac\b)/;

/** Whether several lines make sense at the cursor: on an empty line, after what opens a block, below a comment. */
export function wantsLines({ prefix, suffix }: Pick<Place, "prefix" | "suffix">): boolean {
  const before = lineBefore(prefix);
  const after = lineAfter(suffix);
  if (after.trim() === "") return before.trim() === "" || opens.test(before) || comment.test(before);
  return /[{([]\s*$/.test(before) && /^\s*[)\]}]/.test(after);
}

/** The text to show; empty where nothing sensible is left. */
export function trimCompletion(raw: string, place: Place): string {
  const { prefix, suffix, language } = place;
  const before = lineBefore(prefix);
  let text = withoutLineStart(raw.replace(/\r\n?/g, "\n"), before);
  if (!wantsLines(place)) text = text.split("\n", 1)[0] ?? "";
  if (!isProse(language)) {
    text = text.slice(0, firstForeignCloser(text, closersWanted(prefix, suffix, language), language));
  }
  text = cutLines(text, before, nextLine(suffix));
  text = withoutOverlap(text, lineAfter(suffix));
  text = text.trimEnd();
  return repeatsNeighbour(text, place) ? "" : text;
}

function lineBefore(prefix: string): string {
  return prefix.slice(prefix.lastIndexOf("\n") + 1);
}

function lineAfter(suffix: string): string {
  return suffix.split(/\r?\n/, 1)[0] ?? "";
}

/** The first line below the cursor with anything on it. */
function nextLine(suffix: string): string {
  return (
    suffix
      .split(/\r?\n/)
      .slice(1)
      .find((line) => line.trim() !== "") ?? ""
  );
}

/** Models like to begin with the start of the line that is already there. */
function withoutLineStart(text: string, before: string): string {
  const said = before.trim();
  const from = text.length - text.trimStart().length;
  if (said.length < 6 || !text.startsWith(said, from)) return text;
  const rest = text.slice(from + said.length);
  return /\s$/.test(before) ? rest.trimStart() : rest;
}

/** Up to where the block ends, a line says the same again and again, or what follows the cursor begins. */
function cutLines(text: string, before: string, next: string): string {
  const lines = text.split("\n");
  const base = indentOf(before);
  const opened = before.trim() !== "";
  const kept: string[] = [];
  for (const [at, line] of lines.entries()) {
    if (at >= maxLines) break;
    if (at > 0 && line.trim() !== "") {
      const indent = indentOf(line);
      const isOut = indent < base || (opened && indent === base && opens.test(before) && !goesOn.test(line));
      const newParagraph = indent <= base && kept.at(-1)?.trim() === "" && kept.some((one) => one.trim() !== "");
      if (isOut || newParagraph) break;
    }
    if ((at > 0 || !opened) && isSameLine(line, next, at === 0 ? before : "")) break;
    if (line.trim().length > 3 && kept.at(-1) === line && kept.at(-2) === line) return kept.slice(0, -1).join("\n");
    kept.push(line);
  }
  return kept.join("\n");
}

function isSameLine(line: string, next: string, lead: string): boolean {
  return next.trim().length > 2 && (lead + line).trimEnd() === next.trimEnd();
}

function indentOf(line: string): number {
  let width = 0;
  for (const char of line) {
    if (char === " ") width += 1;
    else if (char === "\t") width += 4;
    else break;
  }
  return width;
}

/** Without an end that the rest of the line begins with; brackets have been seen to. */
function withoutOverlap(text: string, after: string): string {
  const rest = after.trimEnd();
  for (let length = Math.min(rest.length, text.length); length > 0; length--) {
    const piece = rest.slice(0, length);
    if (!text.endsWith(piece)) continue;
    const isWord = piece.trim().length >= 3;
    const isMark = /^[;,]$/.test(piece);
    const isQuote = /^["'`]/.test(piece) && countOf(text, piece[0] ?? "") % 2 === 1;
    if (isWord || isMark || isQuote) return text.slice(0, -length);
  }
  return text;
}

function countOf(text: string, char: string): number {
  return text.split(char).length - 1;
}

/** Nothing, or only what the line above or below says. */
function repeatsNeighbour(text: string, { prefix, suffix }: Place): boolean {
  const said = text.trim();
  if (said === "") return true;
  if (lineBefore(prefix).trim() !== "") return false;
  const above = prefix
    .split(/\r?\n/)
    .slice(0, -1)
    .findLast((line) => line.trim() !== "");
  return said === above?.trim() || said === nextLine(suffix).trim();
}
