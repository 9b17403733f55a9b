/** Where the person writes what an output should have been. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { JsonValue } from "../../src/contract/wire.ts";
import { isComposing } from "./composing.ts";
import type { englishReview } from "./words/english-review.ts";

interface CorrectionBoxProps {
  /** What the program gave; null: nothing. */
  readonly output: JsonValue;
  readonly words: ReturnType<typeof englishReview>;
  readonly onSave: (expected: JsonValue) => void;
  readonly onCancel: () => void;
}

/** Enter saves, Shift+Enter is a new line, Escape leaves it as it was. */
export function CorrectionBox({ output, words, onSave, onCancel }: CorrectionBoxProps) {
  const isText = typeof output === "string" || output === null;
  const [asJson, setAsJson] = useState(!isText);
  const [text, setText] = useState(isText ? (output ?? "") : JSON.stringify(output, null, 1));
  const [wrong, setWrong] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useEffect(() => box.current?.select(), []);

  const save = (): void => {
    if (!asJson) {
      onSave(text);
      return;
    }
    try {
      onSave(JSON.parse(text) as JsonValue);
    } catch {
      setWrong(true);
      box.current?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (event.key === "Escape") onCancel();
    else if (event.key === "Enter" && !event.shiftKey) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="review-correction">
      <label className="review-label" htmlFor={id}>
        {words.expected}
      </label>
      <textarea
        ref={box}
        id={id}
        rows={Math.min(12, text.split("\n").length)}
        value={text}
        spellCheck={false}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={({ target }) => {
          setText(target.value);
          setWrong(false);
        }}
        onKeyDown={onKeyDown}
      />
      {wrong ? (
        <p id={`${id}-wrong`} className="review-wrong" role="alert">
          {words.notJson}
        </p>
      ) : null}
      <div className="review-choices">
        <button type="button" className="review-choice main" onClick={save}>
          {words.save}
          <span className="key" aria-hidden="true">
            ↵
          </span>
        </button>
        <button type="button" className="review-choice" onClick={onCancel}>
          {words.cancel}
          <span className="key" aria-hidden="true">
            Esc
          </span>
        </button>
        <label className="review-json">
          <input type="checkbox" checked={asJson} onChange={({ target }) => setAsJson(target.checked)} />
          {words.asJson}
        </label>
      </div>
    </div>
  );
}
