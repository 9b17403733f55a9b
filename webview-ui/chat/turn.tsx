/** One question and what became of it. */
import { memo } from "react";
import { Button, Icon } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { AskAgain } from "./ask-again.tsx";
import { MarkdownView } from "./code-view.tsx";
import { ProgressLine } from "./progress-line.tsx";
import { ResultCard } from "./result-card.tsx";
import { useServices } from "./services.ts";
import type { Turn } from "./turn-state.ts";

export const TurnView = memo(({ turn }: { readonly turn: Turn }) => (
  <article className="turn" aria-label={turn.question}>
    <Question turn={turn} />
    <div className="answer">
      {turn.text === "" ? null : <MarkdownView text={turn.text} omitCode={turn.program?.artifact.code} />}
      {turn.status === "running" && !turn.learnsMore ? <ProgressLine turn={turn} /> : null}
      {turn.program === null ? <ErrorNotice turn={turn} /> : <ResultCard turn={turn} program={turn.program} />}
      {turn.status === "stopped" ? <QuietEnd turn={turn} icon="circle-slash" text={strings.stopped} /> : null}
      {turn.status === "interrupted" ? <QuietEnd turn={turn} icon="history" text={strings.interrupted} /> : null}
      <Summary turn={turn} />
    </div>
  </article>
));

function Question({ turn }: { readonly turn: Turn }) {
  const lines = turn.examples.split("\n").filter((line) => line.trim() !== "");
  return (
    <section className="question" aria-label={strings.you}>
      <p>{turn.question}</p>
      {turn.selection === null ? null : (
        <span className="chip chip-quiet">
          <Icon name="list-selection" />
          {strings.contextLines(turn.selection.fileName, turn.selection.count)}
        </span>
      )}
      {lines.length === 0 ? null : (
        <details className="asked-examples">
          <summary>{strings.askedExamples(lines.length)}</summary>
          <pre>{turn.examples}</pre>
        </details>
      )}
    </section>
  );
}

function ErrorNotice({ turn }: { readonly turn: Turn }) {
  const { panel } = useServices();
  const { action, errorMessage } = turn;
  if (errorMessage === null) return null;
  return (
    <div className="notice notice-error">
      <Icon name="error" />
      <div className="notice-body">
        <p>{errorMessage}</p>
        <div className="buttons">
          {action === null ? null : (
            <Button onClick={() => panel.post({ type: "runCommand", command: action.command })}>{action.label}</Button>
          )}
          <AskAgain turn={turn} />
        </div>
      </div>
    </div>
  );
}

function QuietEnd({ turn, icon, text }: { readonly turn: Turn; readonly icon: string; readonly text: string }) {
  return (
    <div className="quiet-end">
      <p className="dim">
        <Icon name={icon} /> {text}
      </p>
      <AskAgain turn={turn} />
    </div>
  );
}

/** Model · tokens · cost · time · cached. */
function Summary({ turn: { summary } }: { readonly turn: Turn }) {
  if (summary === null) return null;
  const { usage } = summary;
  const tokens = (usage?.promptTokens ?? 0) + (usage?.completionTokens ?? 0);
  const parts = [
    summary.model,
    ...(tokens > 0 ? [strings.tokens(tokens)] : []),
    ...(typeof usage?.costUsd === "number" ? [strings.cost(usage.costUsd)] : []),
    strings.elapsed(summary.elapsedMs),
    ...(summary.cached ? [strings.cached] : []),
  ];
  return <p className="summary">{parts.join(" · ")}</p>;
}
