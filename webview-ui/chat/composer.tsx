/** Where the person asks: what goes along, command, question, examples, and the row with language, model and Send. */
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "../shared/button.tsx";
import { isComposing } from "../shared/composing.ts";
import { strings } from "../shared/strings.ts";
import { ContextChips } from "./chips.tsx";
import { ComposerBar } from "./composer-bar.tsx";
import { typedCommand } from "./draft.ts";
import { hintFor } from "./hints.ts";
import { useServices } from "./services.ts";
import { type PanelState, runningTurn } from "./state.ts";
import { SuggestionList, useSuggestions } from "./suggestions.tsx";

export function Composer({ state }: { readonly state: PanelState }) {
  const { panel } = useServices();
  const question = useRef<HTMLTextAreaElement>(null);
  const opensExamples = useRef(false);
  const caretAfter = useRef<number | null>(null);
  const recalled = useRef(0);
  const [caret, setCaret] = useState<number | null>(null);
  const ids = { examples: useId(), hint: useId() };
  const { draft } = state;
  const running = runningTurn(state);
  const suggesting = useSuggestions(state, caret, (position) => {
    caretAfter.current = position;
    question.current?.focus();
  });

  // A word that is still being chosen is no question yet.
  const hint = suggesting === null ? hintFor(state) : null;

  useEffect(() => {
    if (state.focusRequests > 0) question.current?.focus();
  }, [state.focusRequests]);
  useLayoutEffect(() => {
    const position = caretAfter.current;
    if (position === null || question.current === null) return;
    caretAfter.current = null;
    question.current.setSelectionRange(position, position);
    setCaret(position);
  });

  const change = (words: string): void => panel.dispatch({ type: "draft", change: { question: words } });
  const onChange = (words: string, position: number): void => {
    setCaret(position);
    recalled.current = 0;
    // A command that was typed out and followed by a space is taken as chosen.
    const typed = draft.command === null && /^\/[a-z]+\s/.test(words) ? typedCommand(words) : null;
    if (typed === null) {
      change(words);
      return;
    }
    caretAfter.current = Math.max(0, position - (words.length - typed.rest.length));
    panel.dispatch({ type: "draft", change: { command: typed.command, question: typed.rest } });
  };
  /** An empty box, or one that shows an earlier question: the arrows go through what was asked. */
  const recall = (event: KeyboardEvent): boolean => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return false;
    if (draft.question !== "" && recalled.current === 0) return false;
    const next = recalled.current + (event.key === "ArrowUp" ? 1 : -1);
    const words = next === 0 ? "" : state.turns.at(-next)?.question;
    if (next < 0 || words === undefined) return false;
    event.preventDefault();
    recalled.current = next;
    caretAfter.current = words.length;
    change(words);
    return true;
  };
  /** `plainEnter`: Enter alone sends. Enter that ends the composition of a Korean or Japanese word never does. */
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>, plainEnter: boolean): void => {
    if (isComposing(event)) return;
    if (plainEnter && (suggesting?.onKey(event) || recall(event))) return;
    if (event.key === "Escape" && running !== undefined) panel.stop(running.id);
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (
      plainEnter &&
      event.key === "Backspace" &&
      selectionStart === 0 &&
      selectionEnd === 0 &&
      draft.command !== null
    ) {
      event.preventDefault();
      panel.dispatch({ type: "draft", change: { command: null } });
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    if (!plainEnter && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    panel.ask();
  };
  /** As if `@` had been typed at the caret. */
  const findFile = (): void => {
    const at = question.current?.selectionStart ?? draft.question.length;
    const before = draft.question.slice(0, at);
    const inserted = before === "" || /\s$/.test(before) ? "@" : " @";
    change(before + inserted + draft.question.slice(at));
    caretAfter.current = at + inserted.length;
    question.current?.focus();
  };

  return (
    <form
      className="composer"
      aria-label={strings.composer}
      onSubmit={(event) => {
        event.preventDefault();
        panel.ask();
      }}
    >
      {suggesting === null ? null : <SuggestionList suggesting={suggesting} />}
      <div className="composer-box">
        <ContextChips state={state} onAdd={findFile} onLast={() => question.current?.focus()} />
        <div className="composer-line">
          {draft.command === null ? null : (
            <button
              type="button"
              className="command-tag"
              title={strings.removeCommand(draft.command)}
              aria-label={strings.removeCommand(draft.command)}
              onClick={() => {
                panel.dispatch({ type: "draft", change: { command: null } });
                question.current?.focus();
              }}
            >
              /{draft.command}
              <Icon name="close" />
            </button>
          )}
          <textarea
            ref={question}
            className="composer-question"
            rows={1}
            maxLength={20_000}
            aria-label={strings.questionLabel}
            aria-describedby={hint === null ? undefined : ids.hint}
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-controls={suggesting?.listId}
            aria-activedescendant={suggesting?.activeId}
            placeholder={draft.command === null ? strings.questionPlaceholder : strings.commandHints[draft.command]}
            value={draft.question}
            onChange={({ target }) => onChange(target.value, target.selectionStart)}
            onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
            onBlur={() => setCaret(null)}
            onKeyDown={(event) => onKeyDown(event, true)}
          />
        </div>
        {draft.examplesOpen ? (
          <textarea
            id={ids.examples}
            ref={(box) => {
              // Only where the person opened it: a sample or a command that fills it leaves the focus on the question.
              if (opensExamples.current) box?.focus();
              opensExamples.current = false;
            }}
            className="composer-examples"
            rows={3}
            spellCheck={false}
            aria-label={strings.examplesLabel}
            placeholder={strings.examplesPlaceholder}
            value={draft.examples}
            onChange={(event) => panel.dispatch({ type: "draft", change: { examples: event.target.value } })}
            onKeyDown={(event) => onKeyDown(event, false)}
          />
        ) : null}
        <ComposerBar
          state={state}
          examplesId={ids.examples}
          onToggleExamples={() => {
            opensExamples.current = !draft.examplesOpen;
            panel.dispatch({ type: "draft", change: { examplesOpen: !draft.examplesOpen } });
          }}
        />
      </div>
      {hint === null ? null : (
        <p id={ids.hint} className="hint note">
          <Icon name="info" /> <span>{hint}</span>
        </p>
      )}
    </form>
  );
}
