/** One task: how its program does, what fails, the rollout, the improvements, how it learns. */
import { useEffect, useState } from "react";
import type { TaskAnalytics } from "../../src/contract/analytics.ts";
import type { Task } from "../../src/contract/tasks.ts";
import { ImprovementsPart } from "./improvements.tsx";
import { AccuracyPart, ClustersPart, NumbersPart } from "./knowing.tsx";
import { overviewAddress, reviewAddress } from "./link.ts";
import { paths } from "./paths.ts";
import { Press, Sure, Trouble } from "./pieces.tsx";
import { ReferencePart } from "./reference.tsx";
import { RolloutPart } from "./rollout.tsx";
import { useAction, useDashboardState, useRead, useServices } from "./services.ts";
import { SettingsPart } from "./settings.tsx";

export function TaskPage({ taskId }: { readonly taskId: string }) {
  const { words } = useServices();
  const { data: task, error } = useRead<Task>(paths.task(taskId));
  const { data: analytics } = useRead<TaskAnalytics>(paths.analytics(taskId));
  useEffect(() => {
    document.title = task ? `${task.name} – HAPA` : "HAPA";
    return () => {
      document.title = "HAPA";
    };
  }, [task]);
  if (!task) {
    if (error && error.status !== 404) return <Trouble error={error} />;
    return (
      <p className="line">
        {error ? words.task.gone : words.loading} <a href={overviewAddress}>{words.overview}</a>
      </p>
    );
  }
  const facts = [
    task.activeVersion === null ? words.task.noVersion : words.task.version(task.activeVersion),
    ...(analytics ? [words.task.spared(analytics.modelCallsAvoided)] : []),
    ...(analytics && analytics.costUsd !== null && analytics.costUsd > 0 ? [words.task.cost(analytics.costUsd)] : []),
  ];
  return (
    <>
      <div className="task-head">
        <div>
          <h1>{task.name}</h1>
          {task.description === "" ? null : <p className="description">{task.description}</p>}
          <p className="line dim">{facts.join(" · ")}</p>
        </div>
        <div className="buttons">
          <a className="button" href={reviewAddress(taskId)}>
            {words.attention.judge}
          </a>
          <RollBack taskId={taskId} version={task.activeVersion} />
        </div>
      </div>
      <NumbersPart task={task} analytics={analytics} />
      <div className="columns">
        <div className="column">
          <AccuracyPart task={task} analytics={analytics} />
          <ClustersPart task={task} />
        </div>
        <div className="column">
          <RolloutPart taskId={taskId} />
          <ImprovementsPart taskId={taskId} />
          <ReferencePart taskId={taskId} />
        </div>
      </div>
      <SettingsPart task={task} />
    </>
  );
}

/** To the version that ran before. */
function RollBack({ taskId, version }: { readonly taskId: string; readonly version: number | null }) {
  const { words, dashboard } = useServices();
  const { mayWrite } = useDashboardState();
  const [asked, setAsked] = useState(false);
  const { working, failure, run } = useAction();
  if (!mayWrite || version === null || version < 2) return null;
  return (
    <>
      {asked ? (
        <Sure
          onNo={() => setAsked(false)}
          onYes={() => {
            setAsked(false);
            run(async () => {
              await dashboard.api.send("POST", paths.rollback(taskId), {});
              dashboard.resources.changed((path) => path.includes(taskId) || path === paths.overview);
            });
          }}
        >
          {words.task.rollBack}?
        </Sure>
      ) : (
        <Press label={words.task.rollBack} disabled={working} onPress={() => setAsked(true)} />
      )}
      {failure === null ? null : (
        <p className="trouble" role="alert">
          {failure}
        </p>
      )}
    </>
  );
}
