/** All conversations, in place of the one that is shown: search, open, rename, export, delete. */
import { type KeyboardEvent, type UIEvent, useEffect, useRef } from "react";
import { Icon, IconButton } from "../shared/button.tsx";
import { isComposing } from "../shared/composing.ts";
import { strings } from "../shared/strings.ts";
import { HistoryItem } from "./history-item.tsx";
import { useServices } from "./services.ts";
import type { PanelState } from "./state.ts";

/** The host looks when no letter came for so long. */
const quietMs = 120;
/** Closer to the end of the list than this, in pixels, more are asked for. */
const nearEnd = 200;

export function HistoryPage({ state }: { readonly state: PanelState }) {
  const { panel, now } = useServices();
  const { query, items, cursor, loaded } = state.history;
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const asked = useRef<string | null>(null);
  const wanted = useRef<number | null>(null);
  const first = useRef(true);

  useEffect(() => search.current?.focus(), []);
  useEffect(() => {
    const look = (): void => panel.post({ type: "listConversations", query, cursor: null });
    asked.current = null;
    if (first.current) {
      first.current = false;
      return look();
    }
    const timer = setTimeout(look, quietMs);
    return () => clearTimeout(timer);
  }, [query, panel]);
  // After a deletion the focus goes to the one that came into its place.
  useEffect(() => {
    const at = wanted.current;
    if (at === null || (document.activeElement !== document.body && document.activeElement !== null)) return;
    wanted.current = null;
    focusRow(Math.min(at, items.length - 1));
  });

  const focusRow = (at: number): void => {
    const rows = list.current?.querySelectorAll<HTMLElement>(".history-open");
    if (rows === undefined || at < 0 || at >= rows.length) search.current?.focus();
    else rows[at]?.focus();
  };
  const close = (): void => panel.dispatch({ type: "history", change: { open: false } });
  const more = ({ currentTarget }: UIEvent): void => {
    const { scrollHeight, scrollTop, clientHeight } = currentTarget;
    if (cursor === null || cursor === asked.current || scrollHeight - scrollTop - clientHeight > nearEnd) return;
    asked.current = cursor;
    panel.post({ type: "listConversations", query, cursor });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>(".history-open") ?? [])];
    const at = rows.findIndex((row) => row.closest("li")?.contains(event.target as Node));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (event.key === "Escape") close();
    else if (to !== undefined && (at >= 0 || event.key === "ArrowDown")) focusRow(to);
    else return;
    event.preventDefault();
  };
  return (
    <section className="history" aria-label={strings.history} onKeyDown={onKeyDown}>
      <header className="header">
        <div className="header-line">
          <IconButton icon="arrow-left" label={strings.back} onClick={close} />
          <h1 className="header-title">{strings.history}</h1>
          <IconButton icon="add" label={strings.newConversation} onClick={panel.newConversation} />
        </div>
        <div className="search-box">
          <Icon name="search" />
          <input
            ref={search}
            type="search"
            aria-label={strings.searchConversations}
            placeholder={strings.searchConversations}
            maxLength={200}
            value={query}
            onChange={(event) => panel.dispatch({ type: "history", change: { query: event.target.value } })}
          />
        </div>
      </header>
      <div className="history-scroll" onScroll={more}>
        <ul ref={list} className="history-list" aria-label={strings.conversationList}>
          {items.map((item, position) => (
            <HistoryItem
              key={item.id}
              item={item}
              now={now()}
              current={item.id === state.conversation?.id}
              onDelete={() => {
                wanted.current = position;
                panel.post({ type: "deleteConversation", conversationId: item.id });
              }}
            />
          ))}
        </ul>
        {items.length > 0 || loaded ? null : <p className="history-empty dim">{strings.searching}</p>}
        {items.length > 0 || !loaded ? null : (
          <p className="history-empty dim">{query === "" ? strings.noConversations : strings.noMatches(query)}</p>
        )}
      </div>
      <DeletedNotice deleted={state.deleted} onGone={() => search.current?.focus()} />
    </section>
  );
}

interface DeletedNoticeProps {
  readonly deleted: PanelState["deleted"];
  /** Takes the focus, which stood on one of its buttons. */
  readonly onGone: () => void;
}

/** A conversation that was just deleted can be taken back. */
export function DeletedNotice({ deleted, onGone }: DeletedNoticeProps) {
  const { panel } = useServices();
  if (deleted === null) return null;
  const restore = (): void => {
    onGone();
    panel.post({ type: "restoreConversation", conversationId: deleted.id });
  };
  const dismiss = (): void => {
    onGone();
    panel.dispatch({ type: "dismissDeleted" });
  };
  return (
    <div className="toast">
      <Icon name="trash" />
      <span className="toast-words">{strings.deleted(deleted.title || strings.untitled)}</span>
      <button type="button" className="link-button" onClick={restore}>
        {strings.undo}
      </button>
      <IconButton icon="close" label={strings.dismiss} onClick={dismiss} />
    </div>
  );
}
