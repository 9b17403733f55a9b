/** What an extraction program does, in words, and what its constants are called. */
import { quote } from "../javascript.ts";
import type { CellStyle } from "./cells.ts";
import type { Finder } from "./finder.ts";
import type { Program } from "./program.ts";

/** A constant's name after a label or the name of a shape: `ORDER_ID`; "PATTERN" where neither has Latin letters. */
export function constantName(words: string, taken: Set<string>): string {
  const name = words
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toUpperCase()
    .match(/[A-Z][A-Z\d]*/g)
    ?.slice(-3)
    .join("_")
    .slice(0, 30);
  const base = name && name.length > 1 ? name : "PATTERN";
  let free = base;
  for (let i = 2; taken.has(free); i++) free = `${base}_${i}`;
  taken.add(free);
  return free;
}

/** Short name of what a finder finds: the label before it, or the shape. */
export const finderName = ({ label, name }: Finder): string => label || name;

/** `the date behind "Due"`. */
export function sayFinder(finder: Finder): string {
  const { which, name } = finder;
  if (which === "all")
    return name ? `every ${name}${where(finder)}` : `every text${where(finder) || " of the pattern"}`;
  return `the ${which} ${name || (where(finder) ? "text" : "text of the pattern")}${where(finder)}`;
}

/** ` behind "Due"`, ` between "[" and "]"`. */
function where({ label, marks: [before, after] }: Finder): string {
  if (label) return ` behind "${label}"`;
  const [open, close] = [quote(before), quote(after)];
  if (before && after) return ` between ${open} and ${close}`;
  return before ? ` behind ${open}` : after ? ` before ${close}` : "";
}

export const sayDelimiter = (delimiter: string): string =>
  ({ "\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars", ":": "colons", "/": "slashes" })[delimiter] ??
  quote(delimiter);

const sayCells = ({ delimiter, quotes }: CellStyle): string =>
  `at ${sayDelimiter(delimiter)}${quotes ? " outside quotes" : ""}`;

const list = (names: readonly string[]): string => {
  const shown = names.slice(0, 8).map((name) => quote(name));
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ").replace(/, ([^,]+)$/, " and $1");
};

const said = (missing: unknown): string => (missing === "" ? "an empty text" : "null");

/** One or two sentences a person would use. */
export function explain(program: Program): string {
  switch (program.kind) {
    case "one":
      return `Finds ${sayFinder(program.finder)} in the text; ${said(program.missing)} where there is none.`;
    case "all":
      return `Finds ${sayFinder(program.finder)} in the text, as a list; an empty list where there is none.`;
    case "line":
      return `Reads ${list(program.slots.map(({ key }) => key))} out of a line of one shape; a line of another shape gives ${program.omit ? "no fields" : said(program.slots[0]?.missing)}.`;
    case "fields":
      return `Finds ${list(program.slots.map(({ key }) => key))}, each by a pattern of its own; ${program.omit ? "a field that is missing is left out" : `${said(program.slots[0]?.missing)} where one is missing`}.`;
    case "cell":
      return `Cuts the line ${sayCells(program.style)} and takes cell ${program.column + 1}; ${said(program.missing)} where it is empty.`;
    case "cells":
      return `Cuts the line ${sayCells(program.style)} into a list of cells.`;
    case "columns":
      return `Cuts the line ${sayCells(program.style)} and names the cells ${list(program.slots.map(({ key }) => key))}.`;
    case "pairs":
      return `Reads pairs (${program.style.say})${program.slots ? ` and takes ${list(program.slots.map(({ key }) => key))}` : ""}.`;
  }
}

/** What stands in the comment above a pattern. */
export function sayPattern(finder: Finder): string {
  const noun = finder.name || "text";
  const article = /^[aeio]|^[A-Z]P /.test(noun) ? "An" : "A";
  const one = noun === "capitals" ? "A run of capitals" : `${article} ${noun}`;
  return finder.name || where(finder) ? `${one}${where(finder)}.` : "The wanted text.";
}
