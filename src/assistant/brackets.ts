/** Which brackets a piece of code opens and closes, by a scan that knows strings and line comments, not grammars. Pure. */

export interface Bracket {
  readonly char: string;
  readonly at: number;
}

const closerOf: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const closers = ")]}";
/** `#` starts a comment; elsewhere it is a colour, a private field, a heading. */
const hashComments =
  /^(python|ruby|shellscript|yaml|perl|r|toml|makefile|dockerfile|elixir|julia|powershell|coffeescript)$/;

/** True for text in which brackets need not be in pairs. */
export function isProse(language: string): boolean {
  return /^(plaintext|markdown|latex|tex|restructuredtext|asciidoc|git-commit|git-rebase|log|csv|tsv|diff)$/.test(
    language,
  );
}

/** The brackets outside of strings and comments, in their order. A string ends with its line at the latest, but for backticks. */
export function* bracketsOf(code: string, language: string): Generator<Bracket> {
  const hash = hashComments.test(language);
  let quote = "";
  for (let at = 0; at < code.length; at++) {
    const char = code[at] ?? "";
    if (quote) {
      if (char === "\\") at++;
      else if (char === quote || (char === "\n" && quote !== "`")) quote = "";
    } else if (char === '"' || char === "'" || char === "`") quote = char;
    else if (startsComment(code, at, hash)) {
      const end = code.indexOf("\n", at);
      if (end < 0) return;
      at = end;
    } else if (char in closerOf || closers.includes(char)) yield { char, at };
  }
}

function startsComment(code: string, at: number, hash: boolean): boolean {
  if (code[at] === "/") return code[at + 1] === "/" && code[at - 1] !== ":" && !hash;
  return hash && code[at] === "#" && /^\s?$/.test(code[at - 1] ?? "");
}

/**
 * The closing brackets that may still be written at the cursor, the next one last: those that the prefix leaves open,
 * up to the first that the suffix closes. Which one that is, indentation tells where the closing bracket begins its line.
 */
export function closersWanted(prefix: string, suffix: string, language: string): string[] {
  const open: { readonly closer: string; readonly indent: string }[] = [];
  for (const { char, at } of bracketsOf(prefix, language)) {
    const closer = closerOf[char];
    if (closer) open.push({ closer, indent: lineStart(prefix, at).indent });
    else if (open.at(-1)?.closer === char) open.pop();
  }
  const closers = open.map(({ closer }) => closer);
  for (const { char, at } of unopened(suffix, language)) {
    const { indent, isFirst } = lineStart(suffix, at);
    const begins = isFirst && suffix.lastIndexOf("\n", at) >= 0;
    const inLine = begins ? open.findLastIndex((one) => one.closer === char && one.indent === indent) : -1;
    const closed = inLine >= 0 ? inLine : closers.lastIndexOf(char);
    if (closed >= 0) return closers.slice(closed + 1);
  }
  return closers;
}

/** The indentation of the line on which something stands, and whether it is the first thing there. */
function lineStart(code: string, at: number): { indent: string; isFirst: boolean } {
  const line = code.slice(code.lastIndexOf("\n", at) + 1, at);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
  return { indent, isFirst: indent.length === line.length };
}

function unopened(code: string, language: string): Bracket[] {
  const open: string[] = [];
  const found: Bracket[] = [];
  for (const bracket of bracketsOf(code, language)) {
    const closer = closerOf[bracket.char];
    if (closer) open.push(closer);
    else if (open.at(-1) === bracket.char) open.pop();
    else if (open.length === 0) found.push(bracket);
  }
  return found;
}

/** Where a text closes a bracket that is not its to close; its length where it never does. */
export function firstForeignCloser(text: string, wanted: readonly string[], language: string): number {
  const open: string[] = [];
  const allowed = [...wanted];
  for (const { char, at } of bracketsOf(text, language)) {
    const closer = closerOf[char];
    if (closer) open.push(closer);
    else if (open.length > 0 ? open.pop() !== char : allowed.pop() !== char) return at;
  }
  return text.length;
}
