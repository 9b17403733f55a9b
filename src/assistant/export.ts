/** A conversation as a Markdown document. */
import type { Conversation, ConversationTurn } from "../contract/conversations.ts";
import { fenced } from "../contract/markdown.ts";

/** @param turns oldest first */
export function toMarkdown(conversation: Conversation, turns: readonly ConversationTurn[]): string {
  const day = conversation.createdAt.slice(0, 10);
  return `${[`# ${oneLine(conversation.title)}`, `_HAPA, ${day}_`, ...turns.map(turnText)].join("\n\n")}\n`;
}

function turnText(turn: ConversationTurn): string {
  const command = turn.command === null ? "" : `/${turn.command} `;
  const quoted = `${command}${turn.question}`.replace(/^/gm, "> ");
  const context = turn.context.map(({ path, firstLine, lastLine }) =>
    firstLine === undefined ? `\`${path}\`` : `\`${path}\` ${firstLine}–${lastLine ?? firstLine}`,
  );
  const examples = turn.examples.map(({ input, output }) => `${JSON.stringify(input)} => ${JSON.stringify(output)}`);
  return [
    "---",
    quoted,
    context.length > 0 ? `_With ${context.join(", ")}_` : "",
    examples.length > 0 ? fenced(examples.join("\n"), "text") : "",
    turn.markdown.trim(),
    turn.errorMessage === null ? "" : `_${oneLine(turn.errorMessage)}_`,
    turn.status === "stopped" || turn.status === "interrupted" ? `_The answer was ${turn.status}._` : "",
    turn.model === null ? "" : `_${summary(turn)}_`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function summary({ model, usage, elapsedMs }: ConversationTurn): string {
  const parts = [model];
  if (usage) parts.push(`${usage.promptTokens + usage.completionTokens} tokens`);
  if (usage && usage.costUsd !== null) parts.push(`$${usage.costUsd}`);
  if (elapsedMs !== null) parts.push(`${(elapsedMs / 1000).toFixed(1)} s`);
  return parts.join(" · ");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
