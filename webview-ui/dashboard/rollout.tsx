/** A task's rollout: how far it is, what is known, and the person's steps. */
import { useState } from "react";
import type { z } from "zod";
import type { DisagreementPage, Rollout, RolloutAnswer } from "../../src/contract/rollouts.ts";
import { reviewAddress } from "./link.ts";
import { paths } from "./paths.ts";
import { Ago, Figure, Press, Section, Sure } from "./pieces.tsx";
import { WhatWouldChange } from "./replay.tsx";
import { useAction, useDashboardState, useRead, useServices } from "./services.ts";

const steps = ["shadow", "tenth", "half", "full"] as const;

/** Shadow → 10% → 50% → 100%: where it stands. */
export function StageTrack({ rollout }: { readonly rollout: Rollout }) {
  const { words } = useServices();
  const at = rollout.state === "promoted" ? 3 : steps.indexOf(rollout.stage as (typeof steps)[number]);
  return (
    <ol className={`stages ${rollout.state}`}>
      {steps.map((step, place) => (
        <li key={step} className={place < at ? "done" : undefined} aria-current={place === at ? "step" : undefined}>
          {words.rollout.stages[step]}
        </li>
      ))}
    </ol>
  );
}

export function RolloutPart({ taskId }: { readonly taskId: string }) {
  const { words } = useServices();
  const { data } = useRead<z.output<typeof RolloutAnswer>>(paths.rollout(taskId));
  const rollout = data?.rollout ?? null;
  return (
    <Section
      title={words.rollout.title}
      aside={
        rollout ? <span className={`state ${toneOf(rollout.state)}`}>{words.rollout.states[rollout.state]}</span> : null
      }
    >
      {rollout === null ? (
        <p className="line dim">{words.rollout.none}</p>
      ) : (
        <Shown taskId={taskId} rollout={rollout} />
      )}
    </Section>
  );
}

function toneOf(state: Rollout["state"]): string {
  return state === "promoted" ? "good" : state === "undecided" || state === "rolled_back" ? "bad" : "";
}

function Shown({ taskId, rollout }: { readonly taskId: string; readonly rollout: Rollout }) {
  const { words } = useServices();
  const of = words.rollout;
  const { number } = words.format;
  const { incumbentVersion, candidateVersion, state, evidence } = rollout;
  const isOver = state === "promoted" || state === "rolled_back";
  const { data: differences } = useRead<z.output<typeof DisagreementPage>>(
    isOver ? null : `${paths.disagreements(taskId)}?waiting=true&limit=1`,
  );
  return (
    <>
      <p className="line">
        <b>{of.versions(incumbentVersion, candidateVersion)}</b>{" "}
        <span className="dim">
          {of.startedBy[rollout.startedBy]}, <Ago at={rollout.startedAt} />: {rollout.reason}
        </span>
      </p>
      <StageTrack rollout={rollout} />
      {state === "running" ? (
        <p className="line dim">{rollout.share === 0 ? of.shadow : of.share(rollout.share)}</p>
      ) : null}
      {rollout.endReason === null ? null : (
        <p className="line">
          {rollout.endReason}{" "}
          <span className="dim">
            {rollout.endedBy === null ? null : of.endedBy[rollout.endedBy]}
            {rollout.endedAt === null ? null : (
              <>
                , <Ago at={rollout.endedAt} />
              </>
            )}
          </span>
        </p>
      )}
      <dl className="figures">
        <Figure label={of.requests} value={number(rollout.requests)} />
        <Figure label={of.differing} value={number(rollout.differing)} />
        <Figure label={of.judged} value={number(rollout.judged)} />
        <Figure label={of.scoreLabel} value={of.score(rollout.candidateRight, rollout.incumbentRight)} />
        <Figure label={of.failures} value={of.score(rollout.candidateFailed, rollout.incumbentFailed)} />
      </dl>
      <h3>{of.evidence}</h3>
      <dl className="evidence">
        <Meter label={of.goals[rollout.goal]} {...evidence.goal} tone="good" />
        <Meter label={of.worse} {...evidence.worse} tone="bad" />
        <Meter label={of.failing} {...evidence.failing} tone="bad" />
      </dl>
      <p className="line dim">{of.how}</p>
      {differences && differences.waiting > 0 ? (
        <p className="line">
          <a className="button" href={reviewAddress(taskId)}>
            {of.disagreements(differences.waiting)}
          </a>
        </p>
      ) : null}
      <Steps taskId={taskId} rollout={rollout} />
    </>
  );
}

interface MeterProps {
  readonly label: string;
  readonly value: number;
  readonly needed: number;
  readonly tone: "good" | "bad";
}

/** How far an e-value has come, on a logarithmic scale from 1 to what decides. */
function Meter({ label, value, needed, tone }: MeterProps) {
  const { words } = useServices();
  const share = Math.max(0, Math.min(1, Math.log(Math.max(1, value)) / Math.log(needed)));
  const shown = value < 10 ? value.toFixed(2) : words.format.number(Math.round(value));
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span className="meter" aria-hidden="true">
          <span className={tone} style={{ width: `${share * 100}%` }} />
        </span>
        <span className="number">{words.rollout.of(shown, words.format.number(Math.round(needed)))}</span>
      </dd>
    </div>
  );
}

type Step = "pause" | "resume" | "promote" | "rollback";

function Steps({ taskId, rollout }: { readonly taskId: string; readonly rollout: Rollout }) {
  const { words, dashboard } = useServices();
  const { mayWrite } = useDashboardState();
  const [asked, setAsked] = useState<"promote" | "rollback" | null>(null);
  const { working, failure, run } = useAction();
  const of = words.rollout;
  const { state, incumbentVersion, candidateVersion } = rollout;
  const take = (step: Step): void => {
    setAsked(null);
    const path = step === "rollback" ? paths.rollback(taskId) : `${paths.rollout(taskId)}/${step}`;
    run(async () => {
      await dashboard.api.send("POST", path, {});
      dashboard.resources.changed((one) => one.includes(taskId) || one === paths.overview);
    });
  };
  const isOpen = state === "running" || state === "paused" || state === "undecided";
  return (
    <>
      {mayWrite && isOpen ? (
        <div className="buttons">
          {state === "running" ? <Press onPress={() => take("pause")} label={of.pause} disabled={working} /> : null}
          {state === "paused" ? <Press onPress={() => take("resume")} label={of.resume} disabled={working} /> : null}
          <Press onPress={() => setAsked("promote")} label={of.promote} disabled={working} />
          <Press onPress={() => setAsked("rollback")} label={of.rollBack} disabled={working} />
        </div>
      ) : null}
      {asked === null ? null : (
        <Sure onYes={() => take(asked)} onNo={() => setAsked(null)}>
          {asked === "promote" ? of.confirmPromote(candidateVersion) : of.confirmBack(incumbentVersion)}
        </Sure>
      )}
      {failure === null ? null : (
        <p className="trouble" role="alert">
          {failure}
        </p>
      )}
      {isOpen ? <WhatWouldChange taskId={taskId} version={candidateVersion} /> : null}
    </>
  );
}
