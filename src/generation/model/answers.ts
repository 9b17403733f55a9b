/** Reads what a model answered: structured JSON where the endpoint gave it, else fenced code; whole, or as it arrives. */

export interface ProgramAnswer {
  readonly code: string;
  readonly explanation: string;
}

const fence = /```[ \t]*([\w+-]*)[^\n]*\n([\s\S]*?)(?:\n```|```|$)/g;

/**
 * The code and the explanation of a finished answer; undefined where there is no code in it.
 * Of several fenced blocks the longest is taken: models add small usage samples.
 */
export function readAnswer(text: string): ProgramAnswer | undefined {
  const structured = readStructured(text);
  if (structured) return structured;
  const blocks = [...text.matchAll(fence)].map((match) => ({ whole: match[0], code: (match[2] ?? "").trim() }));
  const longest = blocks.reduce((best, block) => (block.code.length > best.code.length ? block : best), {
    whole: "",
    code: "",
  });
  if (longest.code) return { code: longest.code, explanation: text.replace(longest.whole, "").trim() };
  // A bare program without a fence.
  if (/\bfunction\s+run\s*\(/.test(text)) return { code: text.trim(), explanation: "" };
  return undefined;
}

function readStructured(text: string): ProgramAnswer | undefined {
  const start = text.indexOf("{");
  if (start < 0 || text.slice(0, start).trim() !== "") return undefined;
  try {
    const { code, explanation } = JSON.parse(text) as Record<string, unknown>;
    if (typeof code !== "string" || code.trim() === "") return undefined;
    // Some models put the program in a fence inside the field.
    const inner = code.trimStart().startsWith("```") ? [...code.matchAll(fence)][0]?.[2] : undefined;
    return { code: (inner ?? code).trim(), explanation: typeof explanation === "string" ? explanation : "" };
  } catch {
    return undefined; // not JSON after all: the caller looks for a fence
  }
}

/**
 * Turns the pieces of a streamed answer into the Markdown a person sees: a structured answer is shown as its
 * explanation and a fenced block, growing as the fields arrive; any other text passes through.
 */
export function markdownStream(language: string, emit: (text: string) => void): (piece: string) => void {
  let all = "";
  let sent = 0;
  return (piece) => {
    all += piece;
    const markdown = /^\s*\{/.test(all) ? renderPartial(all, language) : /^\s*$/.test(all) ? "" : all;
    if (markdown.length > sent) {
      emit(markdown.slice(sent));
      sent = markdown.length;
    }
  };
}

function renderPartial(json: string, language: string): string {
  const explanation = partialField(json, "explanation");
  const code = partialField(json, "code");
  if (code === undefined) return explanation ?? "";
  return `${explanation ?? ""}\n\n\`\`\`${language}\n${code.text}${code.done ? "\n```\n" : ""}`.replace(/^\n+/, "");
}

function partialField(json: string, name: "explanation"): string | undefined;
function partialField(json: string, name: "code"): { text: string; done: boolean } | undefined;
function partialField(json: string, name: string): unknown {
  const match = new RegExp(`"${name}"\\s*:\\s*"((?:[^"\\\\]|\\\\(?:u[0-9a-fA-F]{4}|[^u]))*)("?)`).exec(json);
  if (!match) return undefined;
  const text = JSON.parse(`"${(match[1] ?? "").replace(/[\n\r\t]/g, " ")}"`) as string;
  return name === "code" ? { text, done: match[2] === '"' } : text;
}
