/** What a person wrote to `@hapa`: lines that are examples, and the words around them. Pure. */
import { parseExamples, type TextExample } from "../examples.ts";

export interface ChatPrompt {
  /** Without the example lines. */
  readonly words: string;
  readonly examples: readonly TextExample[];
}

const bullet = /^\s*(?:[-*•]|\d+[.)])\s+/;
/** A function of code, and no example. */
const arrowFunction = /\)\s*=>|=>\s*[{(]|^\s*(?:const|let|var|export|return)\b/;

/** Lines in fences are examples only where all of a fence's lines are: else it is code. */
export function readPrompt(prompt: string): ChatPrompt {
  const words: string[] = [];
  const examples: TextExample[] = [];
  const take = (line: string, isCode: boolean): void => {
    const example = isCode || arrowFunction.test(line) ? undefined : exampleOf(line);
    if (example) examples.push(example);
    else words.push(line);
  };
  for (const [at, part] of prompt.split(/^```.*$/m).entries()) {
    const lines = part.replace(/^\n|\n$/g, "").split("\n");
    const inFence = at % 2 === 1;
    const isCode = inFence && lines.some((line) => line.trim() !== "" && !exampleOf(line));
    if (isCode) words.push("```");
    for (const line of lines) take(line, isCode);
    if (isCode) words.push("```");
  }
  return { words: words.join("\n").trim(), examples };
}

function exampleOf(line: string): TextExample | undefined {
  if (!/=>|→/.test(line)) return undefined;
  const plain = line.replace(bullet, "").replace(/^`(.*)`$/, "$1");
  return parseExamples(plain).examples[0];
}
