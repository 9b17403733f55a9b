/**
 * Reads what a model answered: structured JSON where the endpoint gave it, else fenced code. An answer is hostile text:
 * everything here takes time in proportion to its length, whatever stands in it.
 */

export interface ProgramAnswer {
  readonly code: string;
  readonly explanation: string;
}

const fence = "```";

/**
 * The code and the explanation of a finished answer; undefined where there is no code in it.
 * Of several fenced blocks the longest is taken: models add small usage samples.
 */
export function readAnswer(text: string): ProgramAnswer | undefined {
  const structured = readStructured(text);
  if (structured) return structured;
  const longest = fencedBlocks(text).reduce((best, block) => (block.code.length > best.code.length ? block : best), {
    whole: "",
    code: "",
  });
  if (longest.code) return { code: longest.code, explanation: text.replace(longest.whole, "").trim() };
  // A bare program without a fence.
  if (/\b(?:function|def)\s+run\s*\(/.test(text)) return { code: tidy(text), explanation: "" };
  return undefined;
}

function readStructured(text: string): ProgramAnswer | undefined {
  const start = text.indexOf("{");
  if (start < 0 || text.slice(0, start).trim() !== "") return undefined;
  try {
    const { code, explanation } = JSON.parse(text) as Record<string, unknown>;
    if (typeof code !== "string" || code.trim() === "") return undefined;
    // Some models put the program in a fence inside the field.
    const inner = code.trimStart().startsWith(fence) ? fencedBlocks(code)[0]?.code : undefined;
    return { code: inner ?? tidy(code), explanation: typeof explanation === "string" ? explanation : "" };
  } catch {
    return undefined; // not JSON after all: the caller looks for a fence
  }
}

/** The fenced blocks of a Markdown text; one that is never closed goes to the end. */
function fencedBlocks(text: string): { whole: string; code: string }[] {
  const blocks: { whole: string; code: string }[] = [];
  for (let open = text.indexOf(fence); open >= 0; ) {
    const start = text.indexOf("\n", open) + 1;
    if (start === 0) break;
    const close = text.indexOf(fence, start);
    const end = close < 0 ? text.length : close;
    // A block in a list is indented as a whole, which Python would take for a mistake.
    const before = text.slice(text.lastIndexOf("\n", open) + 1, open);
    const indent = before.length < 20 && /^\s*(?:[-*+]|\d+[.)])?\s*$/.test(before) ? before.length : 0;
    blocks.push({ whole: text.slice(open, end + fence.length), code: tidy(text.slice(start, end), indent) });
    open = text.indexOf(fence, end + fence.length);
  }
  return blocks;
}

/** Without blank lines around it, and with up to `indent` spaces less before each line. The first line keeps its own. */
function tidy(code: string, indent = 0): string {
  const lines = code.trimEnd().split("\n");
  const first = lines.findIndex((line) => line.trim() !== "");
  return lines
    .slice(Math.max(0, first))
    .map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length)))
    .join("\n");
}
