/** Where the person asks: context chip, question, examples box, language, and Send (Stop while an answer comes). */
import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import type { Language } from "../../src/contract/tasks.ts";
import { Icon } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { ContextChip } from "./context-chip.tsx";
import { exampleLines, hintFor } from "./hints.ts";
import { useServices } from "./services.ts";
import { draftLanguage, type PanelState, requestFrom } from "./state.ts";

const languages = ["javascript", "typescript", "python"] as const satisfies readonly Language[];

export function Composer({ state }: { readonly state: PanelState }) {
  const { panel } = useServices();
  const question = useRef<HTMLTextAreaElement>(null);
  const opensExamples = useRef(false);
  const ids = { examples: useId(), hint: useId() };
  const { draft } = state;
  const running = state.turns.findLast((turn) => turn.status === "running");
  const hint = hintFor(state);
  const count = exampleLines(draft.examples).length;

  useEffect(() => {
    if (state.focusRequests > 0) question.current?.focus();
  }, [state.focusRequests]);

  const send = (): void => {
    if (running === undefined) panel.ask();
  };
  const stop = (): void => {
    if (running !== undefined) panel.stop(running.id);
  };
  /** `plainEnter`: Enter alone sends. Enter that ends the composition of a Korean or Japanese word never does. */
  const onKeyDown = (event: KeyboardEvent, plainEnter: boolean): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") stop();
    if (event.key !== "Enter" || event.shiftKey) return;
    if (!plainEnter && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className="composer"
      aria-label={strings.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="composer-box">
        <ContextChip state={state} />
        <textarea
          ref={question}
          className="composer-question"
          rows={1}
          aria-label={strings.questionLabel}
          aria-describedby={hint === null ? undefined : ids.hint}
          placeholder={strings.questionPlaceholder}
          value={draft.question}
          onChange={(event) => panel.dispatch({ type: "draft", change: { question: event.target.value } })}
          onKeyDown={(event) => onKeyDown(event, true)}
        />
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
        <div className="composer-bar">
          <button
            type="button"
            className="bar-button"
            aria-expanded={draft.examplesOpen}
            aria-controls={draft.examplesOpen ? ids.examples : undefined}
            onClick={() => {
              opensExamples.current = !draft.examplesOpen;
              panel.dispatch({ type: "draft", change: { examplesOpen: !draft.examplesOpen } });
            }}
          >
            <Icon name={draft.examplesOpen ? "chevron-down" : "chevron-right"} />
            {strings.examples}
            {count > 0 ? <span className="badge">{count}</span> : null}
          </button>
          <select
            className="language"
            aria-label={strings.languageLabel}
            title={strings.languageLabel}
            value={draftLanguage(state)}
            onChange={(event) => {
              const language = languages.find((name) => name === event.target.value) ?? null;
              panel.dispatch({ type: "draft", change: { language } });
            }}
          >
            {languages.map((language) => (
              <option key={language} value={language}>
                {strings.languages[language]}
              </option>
            ))}
          </select>
          <span className="spacer" />
          {running === undefined ? (
            <button
              type="submit"
              className="send"
              title={strings.sendHint}
              aria-label={strings.send}
              disabled={requestFrom(state, "") === null}
            >
              <Icon name="send" />
            </button>
          ) : (
            <button type="button" className="send" title={strings.stopHint} aria-label={strings.stop} onClick={stop}>
              <Icon name="debug-stop" />
            </button>
          )}
        </div>
      </div>
      {hint === null ? null : (
        <p id={ids.hint} className="hint">
          <Icon name="info" /> {hint}
        </p>
      )}
    </form>
  );
}
