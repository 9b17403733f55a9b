/** The conversation's title, a new one, all of them, and what is rarer; below it only what is wrong. */
import { useEffect, useRef, useState } from "react";
import type { BackendState } from "../../src/contract/webview.ts";
import { Button, Icon, IconButton } from "../shared/button.tsx";
import { MenuButton, type MenuItem } from "../shared/menu.tsx";
import { strings } from "../shared/strings.ts";
import { RenameBox } from "./rename-box.tsx";
import { useServices } from "./services.ts";
import type { PanelState } from "./state.ts";

export function Header({ state }: { readonly state: PanelState }) {
  const { panel } = useServices();
  const { conversation, turns, backend, history } = state;
  const [renaming, setRenaming] = useState(false);
  const title = conversation?.title || turns[0]?.question || strings.newTitle;
  const historyButton = useRef<HTMLSpanElement>(null);
  const wasOpen = useRef(history.open);
  useEffect(() => {
    // Closed by Escape or by Back: the focus goes back to where it came from.
    const { activeElement } = document;
    if (wasOpen.current && !history.open && (activeElement === null || activeElement === document.body))
      historyButton.current?.querySelector("button")?.focus();
    wasOpen.current = history.open;
  }, [history.open]);

  const run = (key: string, label: string, icon: string, onChoose: () => void, separated = false): MenuItem => ({
    ...{ key, label, icon, onChoose, separated },
  });
  const id = conversation?.id;
  const items: MenuItem[] = [
    ...(id === undefined
      ? []
      : [
          run("rename", strings.rename, "edit", () => setRenaming(true)),
          run("export", strings.exportConversation, "export", () =>
            panel.post({ type: "exportConversation", conversationId: id }),
          ),
          run("delete", strings.deleteConversation, "trash", () =>
            panel.post({ type: "deleteConversation", conversationId: id }),
          ),
        ]),
    run(
      "review",
      strings.review.menu,
      "checklist",
      () => panel.dispatch({ type: "review", open: true }),
      id !== undefined,
    ),
    run("doctor", strings.doctor, "pulse", () => panel.post({ type: "runCommand", command: "hapa.doctor" }), true),
    run("log", strings.log, "output", () => panel.post({ type: "runCommand", command: "hapa.showLog" })),
    run("settings", strings.settings, "settings-gear", () =>
      panel.post({ type: "runCommand", command: "hapa.openSettings" }),
    ),
  ];
  return (
    <header className="header">
      <div className="header-line">
        {backend.state === "starting" ? (
          <span className="header-starting" title={strings.backendStarting}>
            <Icon name="loading" spin />
            <span className="visually-hidden">{strings.backendStarting}</span>
          </span>
        ) : null}
        {renaming && conversation !== null ? (
          <RenameBox
            title={conversation.title}
            label={strings.titleLabel}
            onDone={(words) => {
              setRenaming(false);
              if (words !== null)
                panel.post({ type: "renameConversation", conversationId: conversation.id, title: words });
            }}
          />
        ) : (
          <h1 className="header-title" title={title}>
            {title}
          </h1>
        )}
        <IconButton icon="add" label={strings.newConversation} onClick={panel.newConversation} />
        <span ref={historyButton} className="header-slot">
          <IconButton
            icon="history"
            label={strings.history}
            aria-expanded={history.open}
            onClick={() => panel.dispatch({ type: "history", change: { open: true, query: "" } })}
          />
        </span>
        <MenuButton label={strings.more} className="icon-button" items={items} side="below">
          <Icon name="ellipsis" />
        </MenuButton>
      </div>
      {backend.state === "failed" ? <Failed backend={backend} /> : null}
    </header>
  );
}

function Failed({ backend }: { readonly backend: BackendState }) {
  const { panel } = useServices();
  return (
    <div className="notice notice-error" role="alert">
      <Icon name="error" />
      <div className="notice-body">
        <p>
          <strong>{strings.backendFailed}</strong>
        </p>
        {backend.message === undefined ? null : <p>{backend.message}</p>}
        <div className="buttons">
          <Button onClick={() => panel.post({ type: "runCommand", command: "hapa.doctor" })}>
            {strings.runDoctor}
          </Button>
          <Button secondary onClick={() => panel.post({ type: "runCommand", command: "hapa.showLog" })}>
            {strings.showLog}
          </Button>
        </div>
      </div>
    </div>
  );
}
