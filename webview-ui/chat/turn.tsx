/** One question and what became of it. */
import { memo } from "react";
import { Button, Icon } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { AnswerBar } from "./answer-bar.tsx";
import { MarkdownView } from "./code-view.tsx";
import { ProgressLine } from "./progress-line.tsx";
import { Question } from "./question.tsx";
import { ResultCard } from "./result-card.tsx";
import { Retry } from "./retry.tsx";
import { useServices } from "./services.ts";
import type { Turn } from "./turn-state.ts";

interface TurnProps {
  readonly turn: Turn;
  readonly editing: boolean;
  /** How many questions come after this one. */
  readonly later: number;
}

/** `later` counts only where it is seen: a new question does not draw the old ones again. */
export const TurnView = memo(
  ({ turn, editing, later }: TurnProps) => (
    <>
      <Question turn={turn} editing={editing} later={later} />
      <div className="answer">
        {turn.text === "" ? null : (
          <MarkdownView
            text={turn.text}
            streaming={turn.status === "running"}
            checks={turn.checks}
            omitCode={turn.program?.artifact.code}
          />
        )}
        {turn.status === "running" && !turn.learnsMore ? <ProgressLine turn={turn} /> : null}
        {turn.program === null ? <ErrorNotice turn={turn} /> : <ResultCard turn={turn} program={turn.program} />}
        {turn.status === "stopped" ? <QuietEnd turn={turn} icon="circle-slash" text={strings.stopped} /> : null}
        {turn.status === "interrupted" ? (
          <QuietEnd turn={turn} icon="debug-disconnect" text={strings.interrupted} />
        ) : null}
        <AnswerBar turn={turn} last={later === 0} />
      </div>
    </>
  ),
  (a, b) =>
    a.turn === b.turn &&
    a.editing === b.editing &&
    (a.later === b.later || (!a.editing && a.later > 0 === b.later > 0)),
);

function ErrorNotice({ turn }: { readonly turn: Turn }) {
  const { panel } = useServices();
  const { action, errorMessage, retryAt } = turn;
  if (errorMessage === null) return null;
  const limited = retryAt !== null;
  return (
    <div className={`notice ${limited ? "notice-warning" : "notice-error"}`}>
      <Icon name={limited ? "watch" : "error"} />
      <div className="notice-body">
        <p>{errorMessage}</p>
        <div className="buttons">
          {action === null ? null : (
            <Button onClick={() => panel.post({ type: "runCommand", command: action.command })}>{action.label}</Button>
          )}
          <Retry turn={turn} />
        </div>
      </div>
    </div>
  );
}

function QuietEnd({ turn, icon, text }: { readonly turn: Turn; readonly icon: string; readonly text: string }) {
  return (
    <div className="quiet-end">
      <p className="dim note">
        <Icon name={icon} /> <span>{text}</span>
      </p>
      <Retry turn={turn} />
    </div>
  );
}
