/** What tests of conversations share: questions with an id of their own, and conversations through the client. */
import type { Client, StreamHandlers } from "../../src/client/client.ts";
import type { Conversation, ConversationTurn, Question } from "../../src/contract/conversations.ts";

export function questionOf(question: string, over: Partial<Question> = {}): Question {
  return {
    id: crypto.randomUUID(),
    question,
    language: "javascript",
    examples: [],
    inputs: [],
    context: [],
    ...over,
  };
}

export interface Conversing {
  begin(title?: string): Promise<Conversation>;
  ask(
    conversation: Conversation,
    question: Question,
    handlers?: StreamHandlers,
    signal?: AbortSignal,
  ): Promise<ConversationTurn>;
  /** Oldest first. */
  turns(conversation: Conversation): Promise<ConversationTurn[]>;
  get(conversation: Conversation): Promise<Conversation>;
  list(query?: string): Promise<Conversation[]>;
}

export function conversing(client: Client): Conversing {
  return {
    begin: (title) => client.call("createConversation", { params: {}, body: { title } }),
    ask: ({ id }, body, handlers = {}, signal) =>
      client.stream("ask", { params: { id }, body }, handlers, signal ? { signal } : {}),
    async turns({ id }) {
      const page = await client.call("listTurns", { params: { id }, query: { limit: 500 } });
      return page.items.reverse();
    },
    get: ({ id }) => client.call("getConversation", { params: { id } }),
    async list(query) {
      return (await client.call("listConversations", { params: {}, query: { query, limit: 200 } })).items;
    },
  };
}
