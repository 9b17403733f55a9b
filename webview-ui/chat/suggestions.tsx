/**
 * The list under the caret's word. The focus stays in the text: the list is named to screen readers by
 * `aria-activedescendant`, moved by the arrows, chosen from by Enter or Tab, closed by Escape.
 */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Icon } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { useServices } from "./services.ts";
import type { PanelState } from "./state.ts";
import { type Suggestion, suggestionsFor, tokenAt } from "./suggest.ts";

/** The host looks for files when no letter came for so long. */
const quietMs = 80;

export interface Suggesting {
  readonly kind: "command" | "file";
  readonly listId: string;
  /** Null while they are looked for. */
  readonly items: readonly Suggestion[] | null;
  readonly active: number;
  readonly activeId: string | undefined;
  choose(item: Suggestion): void;
  /** True where the key was for the list. */
  onKey(event: KeyboardEvent): boolean;
}

/** What is suggested at `caret` (null: the text does not have the focus), and how the text's keys reach it. */
export function useSuggestions(
  state: PanelState,
  caret: number | null,
  onChosen: (caret: number) => void,
): Suggesting | null {
  const { panel } = useServices();
  const listId = useId();
  const [closed, setClosed] = useState<string | null>(null);
  const [chosen, setActive] = useState({ word: "", at: 0 });
  const token = caret === null ? null : tokenAt(state.draft, caret);
  const word = token === null ? null : `${token.kind} ${token.from} ${token.query}`;
  const query = token?.kind === "file" ? token.query : null;

  const place = token === null ? null : `${token.kind} ${token.from}`;

  useEffect(() => {
    if (query === null) return;
    const timer = setTimeout(() => panel.post({ type: "findFiles", query }), quietMs);
    return () => clearTimeout(timer);
  }, [query, panel]);
  useEffect(() => {
    if (place === null) setClosed(null);
  }, [place]);

  const items = token === null ? null : suggestionsFor(token, state);
  const count = items?.length ?? null;
  const shows = word !== null && place !== closed && !(token?.kind === "command" && count === 0);
  useEffect(() => {
    if (shows && count !== null) panel.dispatch({ type: "say", words: strings.suggestions(count) });
  }, [shows, count, panel]);

  if (!shows || token === null) return null;
  const active = chosen.word === word ? Math.min(chosen.at, (count ?? 1) - 1) : 0;
  const choose = (item: Suggestion): void => {
    panel.dispatch({ type: "draft", change: item.change });
    onChosen(item.caret);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = items?.[active];
    if (event.key === "Escape") setClosed(place);
    else if (items === null || items.length === 0) return false;
    else if (move !== undefined) setActive({ word, at: (active + move + items.length) % items.length });
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && item !== undefined) choose(item);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const activeId = items?.[active] === undefined ? undefined : `${listId}-${active}`;
  return { kind: token.kind, listId, items, active, activeId, choose, onKey };
}

export function SuggestionList({ suggesting }: { readonly suggesting: Suggesting }) {
  const { kind, listId, items, active, choose } = suggesting;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const empty = items !== null && items.length === 0;
  return (
    <div className="suggestions">
      {items === null ? <p className="menu-note">{strings.searching}</p> : null}
      {empty ? <p className="menu-note">{strings.noFiles}</p> : null}
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={kind === "command" ? strings.commandList : strings.fileList}
      >
        {items?.map((item, position) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text, see aria-activedescendant
          // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are those of the text
          <div
            key={item.key}
            id={`${listId}-${position}`}
            role="option"
            aria-selected={position === active}
            className="suggestion"
            // The text keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(item)}
          >
            <Icon name={item.icon} />
            <span className="menu-label">{item.label}</span>
            <span className="menu-detail">{item.detail}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
