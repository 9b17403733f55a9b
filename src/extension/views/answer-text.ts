/** An answer as the markdown the panel shows. Pure. */
import type { GenerateAnswer } from "../../contract/generation.ts";
import type { Language } from "../../contract/tasks.ts";

const longProgram = 8_000;

/** A program of many thousand characters (learned weights) is told, not shown: the card opens it. */
export function answerMarkdown(answer: GenerateAnswer, language: Language): string {
  const { explanation, generatedCode: code } = answer;
  const parts: string[] = [];
  if (explanation) parts.push(explanation);
  if (code.length > longProgram && answer.artifact)
    parts.push(`The program has ${code.length.toLocaleString("en-US")} characters. Open it from the card below.`);
  else if (code !== "") parts.push(fenced(code, answer.artifact?.language ?? language));
  return parts.join("\n\n");
}

/** Fenced with more backticks than the code has in a row, so that code cannot end its own block. */
export function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code.replace(/\n$/, "")}\n${fence}`;
}
