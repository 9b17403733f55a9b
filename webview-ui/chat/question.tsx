/** What was asked and what went along; it can be edited in its place and asked again. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Button, Icon, IconButton } from "../shared/button.tsx";
import { isComposing } from "../shared/composing.ts";
import { strings } from "../shared/strings.ts";
import { ChipFace } from "./chips.tsx";
import { exampleLines } from "./hints.ts";
import { useServices } from "./services.ts";
import type { Turn } from "./turn-state.ts";

interface QuestionProps {
  readonly turn: Turn;
  readonly editing: boolean;
  /** How many questions come after this one. */
  readonly later: number;
}

export function Question({ turn, editing, later }: QuestionProps) {
  const { panel } = useServices();
  const pencil = useRef<HTMLSpanElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    // After Escape or Cancel the focus goes back to where it came from.
    if (wasEditing.current && !editing) pencil.current?.querySelector("button")?.focus();
    wasEditing.current = editing;
  }, [editing]);

  if (editing) return <EditForm turn={turn} later={later} />;
  const lines = exampleLines(turn.examples);
  return (
    <div className="question">
      <p>
        <span className="visually-hidden">{strings.you}: </span>
        {turn.command === null ? null : <span className="command-tag">/{turn.command}</span>}
        {turn.question}
      </p>
      {turn.chips.length === 0 ? null : (
        <ul className="asked-chips">
          {turn.chips.map((chip) => (
            <li key={chip.id} className="chip chip-quiet">
              <ChipFace chip={chip} />
            </li>
          ))}
        </ul>
      )}
      {lines.length === 0 ? null : (
        <details className="asked-examples">
          <summary>{strings.askedExamples(lines.length)}</summary>
          <pre>{turn.examples}</pre>
        </details>
      )}
      <span ref={pencil} className="question-edit">
        <IconButton
          icon="edit"
          label={strings.editQuestion}
          onClick={() => panel.dispatch({ type: "edit", requestId: turn.id })}
        />
      </span>
    </div>
  );
}

function EditForm({ turn, later }: { readonly turn: Turn; readonly later: number }) {
  const { panel } = useServices();
  const [question, setQuestion] = useState(turn.question);
  const [examples, setExamples] = useState(turn.examples);
  const note = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const end = box.current?.value.length ?? 0;
    box.current?.focus();
    box.current?.setSelectionRange(end, end);
  }, []);

  const empty = question.trim() === "" && examples.trim() === "";
  const cancel = (): void => panel.dispatch({ type: "edit", requestId: null });
  const send = (): void => (empty ? undefined : panel.askAgain(turn.id, { question, examples }));
  const onKeyDown = (event: KeyboardEvent, plainEnter: boolean): void => {
    if (isComposing(event)) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      cancel();
    }
    if (event.key !== "Enter" || event.shiftKey || !(plainEnter || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className="edit-form"
      aria-label={strings.editQuestion}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={box}
        rows={1}
        aria-label={strings.editLabel}
        aria-describedby={note}
        value={question}
        onChange={(event) => setQuestion(event.target.value)}
        onKeyDown={(event) => onKeyDown(event, true)}
      />
      {turn.examples === "" ? null : (
        <textarea
          className="edit-examples"
          rows={2}
          spellCheck={false}
          aria-label={strings.examplesLabel}
          value={examples}
          onChange={(event) => setExamples(event.target.value)}
          onKeyDown={(event) => onKeyDown(event, false)}
        />
      )}
      <p id={note} className={later > 0 ? "warning-text note" : "dim note"}>
        <Icon name={later > 0 ? "warning" : "info"} />
        <span>{later > 0 ? strings.editDrops(later) : strings.editLast}</span>
      </p>
      <div className="buttons">
        <Button disabled={empty} onClick={send}>
          {strings.send}
        </Button>
        <Button secondary onClick={cancel}>
          {strings.cancel}
        </Button>
      </div>
    </form>
  );
}
