/** Versions that were made because of what the one that runs got wrong, and what became of them. */
import { useState } from "react";
import type { Improvement } from "../../src/contract/improvements.ts";
import { paths } from "./paths.ts";
import { Ago, Press, Section, Value } from "./pieces.tsx";
import { useAction, useDashboardState, useRead, useServices } from "./services.ts";

export function ImprovementsPart({ taskId }: { readonly taskId: string }) {
  const { words, dashboard } = useServices();
  const { mayWrite } = useDashboardState();
  const { data } = useRead<{ readonly items: readonly Improvement[] }>(paths.improvements(taskId));
  const [asked, setAsked] = useState(false);
  const { working, failure, run } = useAction();
  const of = words.improvements;
  const improve = (mayLose: boolean): void =>
    run(async () => {
      await dashboard.api.send("POST", paths.improve(taskId), mayLose ? { mayLose } : {});
      setAsked(true);
      dashboard.resources.changed((path) => path.includes(taskId));
    });
  const isMaking = data?.items[0]?.state === "making";
  return (
    <Section
      title={of.title}
      aside={
        mayWrite ? <Press label={of.improve} disabled={working || isMaking} onPress={() => improve(false)} /> : null
      }
    >
      {asked ? (
        <p className="line" role="status">
          {of.asked}
        </p>
      ) : null}
      {failure === null ? null : (
        <p className="trouble" role="alert">
          {failure}
        </p>
      )}
      {!data || data.items.length === 0 ? <p className="line dim">{of.none}</p> : null}
      <ol className="improvements">
        {data?.items.slice(0, 10).map((improvement, at) => (
          <li key={improvement.id}>
            <Shown improvement={improvement} onAllow={mayWrite && at === 0 ? () => improve(true) : undefined} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

interface ShownProps {
  readonly improvement: Improvement;
  readonly onAllow: (() => void) | undefined;
}

function Shown({ improvement, onAllow }: ShownProps) {
  const { words } = useServices();
  const of = words.improvements;
  const { state, candidateVersion, incumbentVersion, incumbentScore, candidateScore, lost, costUsd } = improvement;
  const isGood = (["rolling_out", "promoted"] as readonly string[]).includes(state);
  const tone = state === "needs_person" ? "bad" : isGood ? "good" : "";
  const facts = [
    of.triggers[improvement.trigger],
    of.learned(improvement.corrections, improvement.heldOut),
    ...(incumbentScore && candidateScore
      ? [of.scores(of.score(incumbentScore.right, incumbentScore.n), of.score(candidateScore.right, candidateScore.n))]
      : []),
    of.attempts(improvement.attempts),
    ...(costUsd === null ? [] : [of.cost(costUsd)]),
  ];
  return (
    <>
      <p className="line">
        {candidateVersion === null ? null : <b>{words.rollout.versions(incumbentVersion, candidateVersion)} </b>}
        <span className={`state ${tone}`}>{of.states[state]}</span>{" "}
        <span className="dim">
          <Ago at={improvement.startedAt} />
        </span>
      </p>
      <p className="line">{improvement.outcome ?? improvement.reason}</p>
      <p className="line dim">{facts.join(" · ")}</p>
      {lost.length === 0 ? null : (
        <>
          <p className="line">{of.lost(lost.length)}</p>
          <table className="values">
            <thead>
              <tr>
                <th scope="col">{words.clusters.input}</th>
                <th scope="col">{words.clusters.expected}</th>
              </tr>
            </thead>
            <tbody>
              {lost.slice(0, 5).map(({ input, output }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
                <tr key={at}>
                  <td>
                    <Value value={input} empty={words.clusters.nothing} />
                  </td>
                  <td>
                    <Value value={output} empty={words.clusters.nothing} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {state === "needs_person" && onAllow ? (
            <div className="buttons">
              <Press label={of.allow} onPress={onAllow} />
            </div>
          ) : null}
        </>
      )}
    </>
  );
}
