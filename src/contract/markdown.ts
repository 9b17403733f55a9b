/** Markdown that is written around other people's text. */

/** Fenced with more backticks than the code has in a row, so that code cannot end its own block. */
export function fenced(code: string, language: string): string {
  const longest = (code.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code.replace(/\n$/, "")}\n${fence}`;
}

export interface CodeBlock {
  /** As it stands after the fence, in lower case: "python"; empty where none is named. */
  readonly language: string;
  readonly code: string;
}

/** The fenced blocks of a Markdown text in their order (CommonMark 4.5); one that is never closed goes to the end. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { fence: string; indent: number; language: string; lines: string[] } | undefined;
  for (const line of markdown.split(/\r\n|\n|\r/)) {
    const found = /^([ >\t]*(?:[-*+] +|\d{1,9}[.)] +)?)(`{3,}|~{3,})(.*)$/.exec(line);
    const [, before = "", fence = "", info = ""] = found ?? [];
    if (!open) {
      // What follows backticks on the same line must have none, or it is code within a line.
      if (!found || (fence.startsWith("`") && info.includes("`"))) continue;
      open = { fence, indent: before.length, language: info.trim().split(/\s+/)[0]?.toLowerCase() ?? "", lines: [] };
    } else if (found && fence[0] === open.fence[0] && fence.length >= open.fence.length && info.trim() === "") {
      blocks.push({ language: open.language, code: open.lines.join("\n") });
      open = undefined;
    } else open.lines.push(line.slice(Math.min(open.indent, line.length - line.trimStart().length)));
  }
  if (open) blocks.push({ language: open.language, code: open.lines.join("\n") });
  return blocks;
}
