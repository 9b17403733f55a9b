/** The row under the question: examples, language, model, and Send (Stop while an answer comes). */
import type { Language } from "../../src/contract/tasks.ts";
import { Icon } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { requestFrom } from "./draft.ts";
import { exampleLines } from "./hints.ts";
import { ModelPicker } from "./model-picker.tsx";
import { useServices } from "./services.ts";
import { draftLanguage, type PanelState, runningTurn } from "./state.ts";

const languages = ["javascript", "typescript", "python"] as const satisfies readonly Language[];

interface ComposerBarProps {
  readonly state: PanelState;
  readonly examplesId: string;
  readonly onToggleExamples: () => void;
}

export function ComposerBar({ state, examplesId, onToggleExamples }: ComposerBarProps) {
  const { panel } = useServices();
  const { draft, context } = state;
  const running = runningTurn(state);
  const count = exampleLines(draft.examples).length;
  const nothing = requestFrom(draft, context, { requestId: "", conversationId: null }) === null;
  return (
    <div className="composer-bar">
      <button
        type="button"
        className="bar-button"
        aria-expanded={draft.examplesOpen}
        aria-controls={draft.examplesOpen ? examplesId : undefined}
        onClick={onToggleExamples}
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
      <ModelPicker state={state} />
      {running === undefined ? (
        <button type="submit" className="send" title={strings.sendHint} aria-label={strings.send} disabled={nothing}>
          <Icon name="send" />
        </button>
      ) : (
        <button
          type="button"
          className="send"
          title={strings.stopHint}
          aria-label={strings.stop}
          onClick={() => panel.stop(running.id)}
        >
          <Icon name="debug-stop" />
        </button>
      )}
    </div>
  );
}
