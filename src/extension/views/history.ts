/** The list of conversations, and which one is shown: found, opened, renamed, deleted with a way back, exported. */
import type { ConversationTurn } from "../../contract/conversations.ts";
import type { ToWebview } from "../../contract/webview.ts";
import { isHapaError } from "../errors.ts";
import { inWords } from "../in-words.ts";
import { openText } from "../notify.ts";
import type { Workshop } from "../workshop.ts";
import { conversationItem, keptTurn } from "./kept.ts";
import type { Session } from "./session.ts";

export interface History {
  list(query: string, cursor: string | null): Promise<void>;
  /** Null: an empty new one. */
  open(conversationId: string | null): Promise<void>;
  /** Shows the conversation that was shown last; where it is gone, a new one. */
  openLast(): Promise<void>;
  loadEarlier(conversationId: string, cursor: string): Promise<void>;
  rename(conversationId: string, title: string): Promise<void>;
  delete(conversationId: string): Promise<void>;
  restore(conversationId: string): Promise<void>;
  /** As Markdown, in an editor of its own. */
  export(conversationId: string): Promise<void>;
}

interface Parts {
  readonly app: Workshop;
  readonly session: Session;
  readonly post: (message: ToWebview) => void;
  /** What has come so far of an answer that is under way in this window. */
  readonly running: (turnId: string) => string | undefined;
}

const listed = 50;
/** Turns sent at once: some screens full, so that opening is quick however long the conversation is. */
const turnsSent = 30;

export function createHistory({ app, session, post, running }: Parts): History {
  const client = async () => (await app.backend.get()).client;
  /** The one that was shown when it was deleted: it is shown again when it is restored. */
  let deletedWhileShown: string | undefined;

  const page = async (id: string, cursor: string | undefined) => {
    const query = { limit: turnsSent, cursor };
    const { items, cursor: earlier } = await (await client()).call("listTurns", { params: { id }, query });
    for (const turn of items) session.keep(turn.id, id);
    // One that ended since the page was read: read how.
    const settled = items.map(async (turn) => {
      if (turn.status !== "running" || running(turn.id) !== undefined) return turn;
      return (await client()).call("getTurn", { params: { id, turnId: turn.id } });
    });
    return { earlier, items: (await Promise.all(settled)).reverse() };
  };
  // What streams meanwhile is read at the last moment, so that no delta is lost or told twice.
  const shown = (items: readonly ConversationTurn[]) => items.map((turn) => keptTurn(turn, running(turn.id), inWords));
  const tell = async (id: string, change: { title: string } | { deleted: false }): Promise<void> => {
    const changed = await (await client()).call("changeConversation", { params: { id }, body: change });
    post({ type: "conversationChanged", conversation: conversationItem(changed), deleted: changed.deleted });
  };
  const show = async (id: string): Promise<void> => {
    session.show(id);
    const [conversation, { items, earlier }] = await Promise.all([
      (await client()).call("getConversation", { params: { id } }),
      page(id, undefined),
    ]);
    // Another one was opened while this one was read.
    if (session.current() !== id) return;
    if (conversation.deleted) return showNew();
    post({ type: "conversation", conversation: conversationItem(conversation), turns: shown(items), earlier });
  };
  const showNew = (): void => {
    session.show(null);
    post({ type: "conversation", conversation: null, turns: [], earlier: null });
  };

  return {
    async list(query, cursor) {
      const wanted = { query: query.slice(0, 200), limit: listed, cursor: cursor ?? undefined };
      const found = await (await client()).call("listConversations", { params: {}, query: wanted });
      const items = found.items.map(conversationItem);
      post({ type: "conversations", query, items, cursor: found.cursor, first: cursor === null });
    },
    async open(conversationId) {
      if (conversationId === null) return showNew();
      await show(conversationId);
    },
    async openLast() {
      const last = session.current();
      if (last === null) return showNew();
      await show(last).catch((error: unknown) => {
        if (!isHapaError(error) || error.code !== "not_found") throw error;
        showNew();
      });
    },
    async loadEarlier(conversationId, cursor) {
      const { items, earlier } = await page(conversationId, cursor);
      post({ type: "earlierTurns", conversationId, turns: shown(items), earlier });
    },
    rename: (id, title) => tell(id, { title: title.trim().slice(0, 200) }),
    async delete(id) {
      const deleted = await (await client()).call("getConversation", { params: { id } });
      await (await client()).call("deleteConversation", { params: { id } });
      if (session.current() === id) {
        deletedWhileShown = id;
        session.show(null);
      }
      post({ type: "conversationChanged", conversation: conversationItem(deleted), deleted: true });
    },
    async restore(id) {
      await tell(id, { deleted: false });
      if (deletedWhileShown === id && session.current() === null) await show(id);
      deletedWhileShown = undefined;
    },
    async export(id) {
      const text = await (await client()).call("exportConversation", { params: { id } });
      await openText(text, "markdown");
    },
  };
}
