/** `/conversations`, and `/feedback` on what stands in them. */
import type { Assistant } from "../../assistant/assistant.ts";
import { toMarkdown } from "../../assistant/export.ts";
import type { Conversation, ConversationTurn } from "../../contract/conversations.ts";
import { HapaError } from "../../contract/errors.ts";
import { say } from "../../contract/say.ts";
import { canonical } from "../../generation/cases.ts";
import type { Store } from "../../store/store.ts";
import type { Handlers } from "../serve.ts";

type ConversationRoutes = Pick<
  Handlers,
  | "createConversation"
  | "listConversations"
  | "getConversation"
  | "changeConversation"
  | "deleteConversation"
  | "exportConversation"
  | "listTurns"
  | "getTurn"
  | "ask"
  | "addTurnExample"
  | "giveFeedback"
>;

const exportedAtOnce = 200;

export function conversationRoutes({ store, assistant }: { store: Store; assistant: Assistant }): ConversationRoutes {
  const { conversations, turns } = store;
  const find = async (id: string): Promise<Conversation> => (await conversations.get(id)) ?? missing(id);
  return {
    createConversation: ({ body }) => conversations.create(body.title ?? ""),
    listConversations: ({ query }) => conversations.list(query),
    getConversation: ({ params }) => find(params.id),
    async changeConversation({ params, body }) {
      return (await conversations.change(params.id, body)) ?? missing(params.id);
    },
    async deleteConversation({ params }) {
      if (!(await conversations.delete(params.id))) missing(params.id);
      assistant.stop(params.id);
      return undefined;
    },
    async exportConversation({ params }) {
      const conversation = await find(params.id);
      const all: ConversationTurn[] = [];
      let cursor: string | undefined;
      do {
        const page = await turns.list(params.id, { limit: exportedAtOnce, cursor });
        all.push(...page.items);
        cursor = page.cursor ?? undefined;
      } while (cursor !== undefined);
      return toMarkdown(conversation, all.reverse());
    },
    async listTurns({ params, query }) {
      await find(params.id);
      return turns.list(params.id, query);
    },
    async getTurn({ params }) {
      const turn = await turns.get(params.id, params.turnId);
      if (!turn) throw new HapaError("not_found", say`There is no question ${params.turnId} in this conversation.`);
      return turn;
    },
    ask: ({ params, body }, context) => assistant.ask(params.id, body, { ...context, scope: context.role ?? "viewer" }),
    addTurnExample: ({ params, body }, context) =>
      assistant.addExample({ conversationId: params.id, id: params.turnId }, body, {
        ...context,
        scope: context.role ?? "viewer",
      }),
    async giveFeedback({ body }) {
      if (body.expectedOutput !== undefined && body.targetType !== "execution") {
        throw new HapaError("invalid_request", say`expected_output corrects an execution: name one as the target.`);
      }
      return { feedbackId: await store.feedback.give(body, (a, b) => canonical(a) === canonical(b)) };
    },
  };
}

function missing(id: string): never {
  throw new HapaError("not_found", say`There is no conversation ${id}.`);
}
