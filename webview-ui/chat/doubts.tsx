/** “Which is right?”: lines that the examples leave open, with what they could become. An answer is one more example. */
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { Doubt } from "../../src/contract/webview.ts";
import { Icon } from "../shared/button.tsx";
import { isComposing } from "../shared/composing.ts";
import { strings } from "../shared/strings.ts";
import { useServices } from "./services.ts";
import { Value } from "./tables.tsx";
import { openDoubts, type Turn } from "./turn-state.ts";

/** So many are asked at a time: an answer often settles the others. */
const atATime = 2;

interface DoubtsProps {
  readonly turn: Turn;
  /** Takes the focus when the last question is gone. */
  readonly fallback: RefObject<HTMLElement | null>;
}

export function Doubts({ turn, fallback }: DoubtsProps) {
  const { panel } = useServices();
  const heading = useRef<HTMLHeadingElement>(null);
  const answered = useRef(false);
  const doubts = openDoubts(turn);
  const shown = doubts.slice(0, atATime);
  const key = JSON.stringify(shown.map(({ input }) => input));

  // The button that was pressed is gone with its question: the focus goes to the next one, not to the top of the page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when other questions are shown
  useLayoutEffect(() => {
    if (!answered.current) return;
    answered.current = false;
    if (document.activeElement === document.body) (heading.current ?? fallback.current)?.focus();
  }, [key]);

  if (shown.length === 0) return null;
  const busy = turn.status === "running";
  const answer = (input: string, output: string): void => {
    if (busy) return;
    answered.current = true;
    panel.answer(turn.id, input, output);
  };
  const skip = (input: string): void => {
    if (busy) return;
    answered.current = true;
    panel.dispatch({ type: "skippedDoubt", requestId: turn.id, input });
  };
  return (
    <section className="doubts" aria-label={strings.whichIsRightLabel(turn.question)}>
      <h3 ref={heading} tabIndex={-1}>
        <Icon name="question" /> {strings.whichIsRight}
      </h3>
      <p className="dim">{strings.doubtsExplained(doubts.length)}</p>
      {turn.doubtError === null ? null : (
        <p className="error-text" role="alert">
          {turn.doubtError}
        </p>
      )}
      {shown.map((doubt) => (
        <Question key={doubt.input} doubt={doubt} busy={busy} onAnswer={answer} onSkip={skip} />
      ))}
    </section>
  );
}

interface QuestionProps {
  readonly doubt: Doubt;
  readonly busy: boolean;
  readonly onAnswer: (input: string, output: string) => void;
  readonly onSkip: (input: string) => void;
}

function Question({ doubt: { input, current, others }, busy, onAnswer, onSkip }: QuestionProps) {
  const [typing, setTyping] = useState(false);
  const other = useRef<HTMLButtonElement>(null);
  // Not `disabled`: the button that was pressed keeps the focus while the program is made again.
  const button = { type: "button", className: "choice", "aria-disabled": busy } as const;
  const close = (): void => {
    setTyping(false);
    other.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out like this, and its legend is the line above
    <div role="group" className="doubt" aria-label={strings.doubtQuestion(input)}>
      <p className="doubt-input" aria-hidden="true">
        <Value value={input} /> <Icon name="arrow-right" />
      </p>
      <div className="choices">
        {current === null ? null : (
          <button {...button} onClick={() => onAnswer(input, current)}>
            <Value value={current} /> <span className="tag">{strings.asNow}</span>
          </button>
        )}
        {others.map((output) => (
          <button {...button} key={output} onClick={() => onAnswer(input, output)}>
            <Value value={output} />
          </button>
        ))}
      </div>
      {typing ? (
        <OwnAnswer
          input={input}
          first={current ?? others[0] ?? ""}
          onAnswer={(output) => onAnswer(input, output)}
          onCancel={close}
        />
      ) : null}
      <div className="doubt-bar">
        <button
          type="button"
          className="bar-button"
          ref={other}
          aria-disabled={busy}
          aria-expanded={typing}
          onClick={() => (busy ? undefined : setTyping(!typing))}
        >
          {strings.somethingElse}
        </button>
        <button
          type="button"
          className="bar-button"
          aria-disabled={busy}
          aria-label={strings.skipLabel(input)}
          onClick={() => onSkip(input)}
        >
          {strings.skip}
        </button>
      </div>
    </div>
  );
}

interface OwnAnswerProps {
  readonly input: string;
  readonly first: string;
  readonly onAnswer: (output: string) => void;
  readonly onCancel: () => void;
}

function OwnAnswer({ input, first, onAnswer, onCancel }: OwnAnswerProps) {
  const [text, setText] = useState(first);
  return (
    <form
      className="own-answer"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer(text);
      }}
    >
      <input
        type="text"
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for it
        autoFocus
        spellCheck={false}
        aria-label={strings.doubtQuestion(input)}
        value={text}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !isComposing(event)) onCancel();
        }}
      />
      <button type="submit" className="choice">
        {strings.useAnswer}
      </button>
    </form>
  );
}
