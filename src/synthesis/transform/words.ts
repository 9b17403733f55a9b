/** Says what a program does, in one sentence that a person would use. */
import { literal, ordinal, quote } from "../javascript.ts";
import { plural } from "./lists.ts";
import { elementNames } from "./names.ts";
import type { Program } from "./program.ts";
import { applySteps, type Lister, type Pipeline } from "./step.ts";
import { listKey } from "./tidy.ts";

const markNames = new Map(
  Object.entries({
    ",": "comma",
    ";": "semicolon",
    ":": "colon",
    "-": "dash",
    "/": "slash",
    "\\": "backslash",
    ".": "point",
    _: "underscore",
    "|": "bar",
    " ": "space",
    "\n": "line break",
    "(": "opening parenthesis",
    ")": "closing parenthesis",
    "[": "opening bracket",
    "]": "closing bracket",
    "=": "equals sign",
  }),
);

/** "comma" for "," and ", "; the mark itself in quotes where it has no common name. */
function markName(mark: string): string {
  return markNames.get(mark.trim() || mark) ?? quote(mark.trim() || mark);
}

function pluralMark(mark: string): string {
  const name = markName(mark);
  if (name.startsWith('"')) return name;
  return name.endsWith("sh") ? `${name}es` : name.endsWith("thesis") ? name.replace(/is$/, "es") : `${name}s`;
}

/** A fixed text in the output: "a space", "a comma and a space", or the text in quotes. */
function constantName(text: string): string {
  const plain = markNames.get(text);
  if (plain) return `${/^[aeiou]/.test(plain) ? "an" : "a"} ${plain}`;
  const name = text.length === 2 && text.endsWith(" ") ? markNames.get(text.charAt(0)) : undefined;
  return name ? `${/^[aeiou]/.test(name) ? "an" : "a"} ${name} and a space` : quote(text);
}

/** How many elements a list has on each row; what comes before it in the pipeline is applied first. */
function listLengths(pipeline: Pipeline, at: number, lister: Lister, rows: Rows): ReadonlySet<number> {
  const before = pipeline.steps.slice(0, at);
  return new Set(rows.map((row) => lister.cut(applySteps(before, row[pipeline.field] ?? "")).length));
}

type Rows = readonly (readonly string[])[];

interface Context {
  readonly labels: readonly string[];
  readonly rows: Rows;
}

const ofText = (words: string): string => words.replace(/(?<!letter) of the text/g, "");
const asNumber = (say: string): string => (/number$/.test(ofText(say)) ? ofText(say) : `${ofText(say)} as a number`);

/** A pipeline as a noun: "the part after the comma in lower case". */
export function sayPipeline(pipeline: Pipeline, { labels, rows }: Context): string {
  let words = labels[pipeline.field] ?? "the text";
  let cutBefore: string | undefined;
  pipeline.steps.forEach((step, at) => {
    const { pick } = step;
    const opened = cutBefore;
    cutBefore = undefined;
    if (pick?.lister.delimiter === undefined || pick.lister.noun === "word" || pick.lister.noun === "line") {
      words = step.say(words);
      return;
    }
    const lengths = listLengths(pipeline, at, pick.lister, rows);
    const mark = markName(pick.lister.delimiter);
    const of = words === "the text" ? "" : ` of ${words}`;
    const two = lengths.size === 1 && lengths.has(2);
    const the = mark.startsWith('"') ? mark : `the ${mark}`;
    if (pick.index === 0) cutBefore = words;
    if (opened !== undefined && pick.index === -1)
      words = `what is between ${the} and ${words.replace(/^.* before /, "")}`;
    else if (pick.index === 0) words = `the part${of} before ${two ? the : `the first ${mark}`}`;
    else if (two || lengths.has(1)) words = `the part${of} after ${two || pick.index > 0 ? the : `the last ${mark}`}`;
    else if (pick.index === -1) words = `the part${of} after the last ${mark}`;
    else words = `the ${ordinal(pick.index)} part${of} between ${pluralMark(pick.lister.delimiter)}`;
  });
  return ofText(words);
}

/** What a program does, as one sentence. `rows` are the fields of the examples. */
export function explain(program: Program, labels: readonly string[], rows: Rows): string {
  const words = doing(program, { labels, rows });
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** A program as what it does: "takes the first word". */
function doing(program: Program, context: Context): string {
  switch (program.kind) {
    case "text":
      return joining(program, context);
    case "number":
      return program.formula.reads
        ? `takes ${asNumber(program.formula.say)}`
        : `computes ${ofText(program.formula.say)}`;
    case "test":
      return `gives ${!program.negated} where ${program.test.say}, ${program.negated} elsewhere`;
    case "constant":
      return `gives ${literal(program.value)}`;
    case "branch":
      return `where ${program.test.say}, ${doing(program.yes, context)}; elsewhere, ${doing(program.no, context)}`;
    case "list":
      return program.each
        ? `makes a list of ${ofText(program.each.say(`each ${program.lister.noun}`))}`
        : `makes a list of ${sayList(program.lister, context.labels[program.field] ?? "the text")}`;
    case "record": {
      const parts = program.values.map((value, i) => `${program.keys?.[i] ?? ordinal(i)}: ${thing(value, context)}`);
      return `makes ${program.keys ? "an object" : "a list"} with ${parts.join("; ")}`;
    }
  }
}

function sayList(lister: Lister, label: string): string {
  const of = label === "the text" ? "" : ` of ${label}`;
  if (lister.delimiter === undefined || lister.noun !== "part") return `the ${plural(lister)}${of}`;
  return `the parts${of} between ${pluralMark(lister.delimiter)}`;
}

function joining(program: Extract<Program, { kind: "text" }>, context: Context): string {
  const seen = new Set<string>();
  const listed = elementsTogether(program, context);
  if (listed) return listed;
  const said = program.pieces.map((piece) => {
    if (piece.kind === "constant") return constantName(piece.text);
    // "the part after the comma …, then the part before it"
    return sayPipeline(piece.pipeline, context).replace(/(?<=\b(?:before|after) )the [a-z ]+$/, (mark) => {
      if (seen.has(mark)) return "it";
      seen.add(mark);
      return mark;
    });
  });
  const [first = "", second = "", third] = said;
  const [one, two] = program.pieces;
  if (said.length === 1) {
    if (one?.kind === "constant") return `gives ${first}`;
    if (one && one.pipeline.steps.length === 0) return `gives ${first} as it is`;
    return /^(?:the text|"[^"]*") (?!of )/.test(first) ? `writes ${first}` : `takes ${first}`;
  }
  if (said.length === 2 && one?.kind === "constant") return `puts ${first} before ${second}`;
  if (said.length === 2 && two?.kind === "constant") return `puts ${second} after ${first}`;
  if (said.length === 3 && one?.kind === "constant" && program.pieces[2]?.kind === "constant")
    return `puts ${first} before and ${third} after ${second}`;
  return `puts ${first} first, then ${said.slice(1).join(", then ")}`;
}

/** Where three or more elements of one list are put together: "puts the day, month and year together, with slashes between". */
function elementsTogether({ pieces }: Extract<Program, { kind: "text" }>, { rows }: Context): string | undefined {
  if (pieces.length < 5 || pieces.length % 2 === 0) return undefined;
  const glue = pieces[1];
  const picks: { readonly index: number; readonly name: string | undefined }[] = [];
  let mark = "";
  for (const [i, piece] of pieces.entries()) {
    if (i % 2 === 1) {
      if (piece.kind !== "constant" || glue?.kind !== "constant" || piece.text !== glue.text) return undefined;
      continue;
    }
    const pick =
      piece.kind === "pipeline" && piece.pipeline.steps.length === 1 ? piece.pipeline.steps[0]?.pick : undefined;
    if (piece.kind !== "pipeline" || !pick || listKey(piece) !== listKey(pieces[0] ?? piece)) return undefined;
    mark =
      pick.lister.delimiter === undefined
        ? ""
        : pick.lister.noun === "part"
          ? ` between ${pluralMark(pick.lister.delimiter)}`
          : "";
    picks.push({ index: pick.index, name: elementNames(piece.pipeline, 0, pick.lister, rows)[pick.index] });
  }
  const dated = picks.every(({ name = "" }) => /^(?:year|month|day)$/.test(name));
  const names = picks.map(({ index, name }) => (dated && name ? name : ordinal(index)));
  const what = pieces[0]?.kind === "pipeline" ? pieces[0].pipeline.steps[0]?.pick?.lister : undefined;
  if (!what || glue?.kind !== "constant") return undefined;
  const list = `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return `puts the ${list}${dated ? "" : ` ${plural(what)}${mark}`} together, with ${constantName(glue.text)} between`;
}

/** A program as what it gives: "the first word". */
function thing(program: Program, context: Context): string {
  if (program.kind === "number")
    return program.formula.reads ? asNumber(program.formula.say) : ofText(program.formula.say);
  if (program.kind === "text" && program.pieces.length === 1) return doing(program, context).replace(/^\S+ /, "");
  if (program.kind === "constant") return literal(program.value);
  return doing(program, context);
}
