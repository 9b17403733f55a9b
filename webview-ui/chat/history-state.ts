/** The list of conversations in the panel's state. Pure. */
import type { ConversationItem, ToWebview } from "../../src/contract/webview.ts";

export interface History {
  readonly open: boolean;
  readonly query: string;
  readonly items: readonly ConversationItem[];
  /** Asks for more; null at the end. */
  readonly cursor: string | null;
  /** False until the first page for `query` has come. */
  readonly loaded: boolean;
}

export const emptyHistory: History = { open: false, query: "", items: [], cursor: null, loaded: false };

type Page = Extract<ToWebview, { type: "conversations" }>;

/** Takes in a page of the list; an answer to words that are no longer searched for changes nothing. */
export function withPage(history: History, page: Page): History {
  if (page.query !== history.query) return history;
  const known = page.first ? [] : history.items;
  const ids = new Set(known.map(({ id }) => id));
  const items = [...known, ...page.items.filter(({ id }) => !ids.has(id))];
  return { ...history, items, cursor: page.cursor, loaded: true };
}

/** A conversation that changed keeps its place, a new or restored one comes where its time says, a deleted one goes. */
export function withChange(history: History, changed: ConversationItem, deleted: boolean): History {
  const { items } = history;
  if (deleted) return { ...history, items: items.filter(({ id }) => id !== changed.id) };
  if (items.some(({ id }) => id === changed.id)) {
    return { ...history, items: items.map((item) => (item.id === changed.id ? changed : item)) };
  }
  // Whether it has the words that are searched for is not known here.
  if (!history.loaded || history.query !== "") return history;
  const place = items.findIndex(({ updatedAt }) => updatedAt < changed.updatedAt);
  const at = place < 0 ? items.length : place;
  return { ...history, items: [...items.slice(0, at), changed, ...items.slice(at)] };
}
