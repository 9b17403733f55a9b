/** The card of a program: its proof, what it makes of the person's own lines, and what can be done with it. */
import { useId, useRef } from "react";
import type { Artifact, Verification } from "../../src/contract/artifacts.ts";
import type { ProgramResult } from "../../src/contract/webview.ts";
import { Button, Icon } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { CodeView } from "./code-view.tsx";
import { Doubts } from "./doubts.tsx";
import { ProgressLine } from "./progress-line.tsx";
import { Retry } from "./retry.tsx";
import { useServices } from "./services.ts";
import { FailureTable, PreviewTable } from "./tables.tsx";
import type { Turn } from "./turn-state.ts";

export function ResultCard({ turn, program }: { readonly turn: Turn; readonly program: ProgramResult }) {
  const { artifact, verification, preview, selectedCount, oddExamples } = program;
  const title = useRef<HTMLHeadingElement>(null);
  const proven = verification.passed && turn.errorMessage === null;
  return (
    <section
      className={`card ${proven ? "card-proven" : "card-failed"}`}
      aria-label={strings.resultCard(turn.question)}
    >
      <h2 className="card-title" ref={title} tabIndex={-1}>
        <Icon name={proven ? "pass-filled" : "error"} />
        <span>{proven ? strings.proven(verification) : strings.notProven(verification)}</span>
      </h2>
      <Proof verification={verification} errorMessage={turn.errorMessage} />
      {oddExamples.map((example) => (
        <p key={example} className="warning-text note">
          <Icon name="warning" /> <span>{strings.oddExample(example)}</span>
        </p>
      ))}
      {verification.failures.length === 0 ? null : <FailureTable failures={verification.failures} proven={proven} />}
      {preview.length === 0 ? null : <PreviewTable rows={preview} total={selectedCount} />}
      <Doubts turn={turn} fallback={title} />
      {turn.learnsMore && turn.status === "running" ? <ProgressLine turn={turn} /> : null}
      {proven ? (
        <Actions turn={turn} selectedCount={selectedCount} />
      ) : (
        <div className="buttons">
          <Retry turn={turn} />
        </div>
      )}
      <p className="facts">{facts(artifact, verification).join(" · ")}</p>
      <details className="card-code">
        <summary>{strings.showCode}</summary>
        <CodeView code={artifact.code} language={artifact.language} />
      </details>
    </section>
  );
}

interface ProofProps {
  readonly verification: Verification;
  readonly errorMessage: string | null;
}

function Proof({ verification, errorMessage }: ProofProps) {
  const { accuracy, accuracyTarget, rehearsal, notes } = verification;
  return (
    <div className="proof">
      {errorMessage === null ? null : <p className="error-text">{errorMessage}</p>}
      <p>{strings.method(verification)}</p>
      {accuracy < 1 ? <p>{strings.accuracy(accuracy, accuracyTarget)}</p> : null}
      {rehearsal === null || rehearsal.total === 0 ? null : (
        <p className={rehearsal.failed > 0 ? "warning-text" : undefined}>
          {strings.rehearsal(rehearsal.total, rehearsal.failed)}
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className="note">
          <Icon name="info" /> <span>{note}</span>
        </p>
      ))}
    </div>
  );
}

function Actions({ turn, selectedCount }: { readonly turn: Turn; readonly selectedCount: number }) {
  const { panel } = useServices();
  const hint = useId();
  const { id: requestId, applied, saved } = turn;
  return (
    <div className="actions">
      <div className="buttons">
        {selectedCount === 0 ? null : (
          <Button
            secondary={applied !== null}
            title={strings.applyHint}
            describedBy={hint}
            onClick={() => panel.post({ type: "applyProgram", requestId })}
          >
            {strings.apply(selectedCount)}
          </Button>
        )}
        <Button secondary onClick={() => panel.post({ type: "runOnFile", requestId })}>
          {strings.runOnFile}
        </Button>
        {saved === null ? (
          <Button secondary onClick={() => panel.post({ type: "saveTask", requestId })}>
            {strings.saveTask}
          </Button>
        ) : null}
      </div>
      <span id={hint} className="visually-hidden">
        {strings.applyHint}
      </span>
      {[applied, saved].map((label) =>
        label === null ? null : (
          <p key={label} className="done-mark">
            <Icon name="check" /> {label}
          </p>
        ),
      )}
    </div>
  );
}

function facts(artifact: Artifact, verification: Verification): string[] {
  const maker = {
    offline: strings.learnedOffline,
    model: strings.madeBy(artifact.model),
    person: strings.madeByPerson,
  }[artifact.generator];
  return [strings.latency(verification.latencyMeanMs), maker, strings.programVersion(artifact.version)];
}
