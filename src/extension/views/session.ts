/** What the panel shows: which conversation, and which questions belong to which. The last one is kept for this workspace. */
import type * as vscode from "vscode";

export interface Session {
  /** Null: a new one, which begins with its first question. */
  current(): string | null;
  show(conversationId: string | null): void;
  /** The question stands in the database. */
  keep(turnId: string, conversationId: string): void;
  /** Undefined where it was never kept. */
  conversationOf(turnId: string): string | undefined;
}

const name = "hapa.conversation";

export function createSession(memory: vscode.Memento): Session {
  const turns = new Map<string, string>();
  let current = memory.get<string>(name) ?? null;
  return {
    current: () => current,
    show(conversationId) {
      if (current === conversationId) return;
      current = conversationId;
      void memory.update(name, conversationId ?? undefined);
    },
    keep: (turnId, conversationId) => void turns.set(turnId, conversationId),
    conversationOf: (turnId) => turns.get(turnId),
  };
}
