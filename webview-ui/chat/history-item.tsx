/** A line of the list of conversations: opened by a click or Enter, renamed in its place (F2), exported, deleted (Delete). */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { ConversationItem } from "../../src/contract/webview.ts";
import { Icon, IconButton } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { RenameBox } from "./rename-box.tsx";
import { useServices } from "./services.ts";

interface HistoryItemProps {
  readonly item: ConversationItem;
  readonly current: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly onDelete: () => void;
}

export function HistoryItem({ item, current, now, onDelete }: HistoryItemProps) {
  const { panel } = useServices();
  const [renaming, setRenaming] = useState(false);
  const open = useRef<HTMLButtonElement>(null);
  const renamed = useRef(false);
  const { id: conversationId } = item;
  const title = item.title || strings.untitled;
  useEffect(() => {
    if (renamed.current && !renaming) open.current?.focus();
    renamed.current = renaming;
  }, [renaming]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "F2") setRenaming(true);
    else if (event.key === "Delete") onDelete();
    else return;
    event.preventDefault();
  };
  if (renaming) {
    return (
      <li className="history-item">
        <RenameBox
          title={item.title}
          label={strings.renameLabel(title)}
          onDone={(words) => {
            setRenaming(false);
            if (words !== null) panel.post({ type: "renameConversation", conversationId, title: words });
          }}
        />
      </li>
    );
  }
  return (
    <li className={`history-item${current ? " history-current" : ""}`}>
      <button
        type="button"
        ref={open}
        className="history-open"
        aria-current={current ? "true" : undefined}
        aria-keyshortcuts="F2 Delete"
        title={title}
        onKeyDown={onKeyDown}
        onClick={() => {
          panel.dispatch({ type: "history", change: { open: false } });
          panel.dispatch({ type: "focus" });
          panel.post({ type: "openConversation", conversationId });
        }}
      >
        <span className="history-title">{title}</span>
        <span className="history-detail">
          {current ? <Icon name="circle-filled" /> : null}
          {[strings.turns(item.turns), strings.ago(item.updatedAt, now)].filter((part) => part !== "").join(" · ")}
        </span>
      </button>
      <span className="history-actions">
        <IconButton icon="edit" label={strings.renameLabel(title)} onClick={() => setRenaming(true)} />
        <IconButton
          icon="export"
          label={strings.exportLabel(title)}
          onClick={() => panel.post({ type: "exportConversation", conversationId })}
        />
        <IconButton icon="trash" label={strings.deleteLabel(title)} onClick={onDelete} />
      </span>
    </li>
  );
}
