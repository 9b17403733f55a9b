/** The first page: the server, what needs the person, the tasks, rollouts under way, what was spared, what happened. */
import type { Overview, OverviewTask } from "../../src/contract/dashboard.ts";
import { Feed } from "./feed.tsx";
import { ServerPart } from "./health.tsx";
import { IntervalBar, scaleOf } from "./interval.tsx";
import { LedgerPart } from "./ledger.tsx";
import { reviewAddress, taskAddress } from "./link.ts";
import { paths } from "./paths.ts";
import { Ago, Section, Trouble } from "./pieces.tsx";
import { RolloutsUnderWay } from "./rollouts-live.tsx";
import { useDashboardState, useRead, useServices } from "./services.ts";

export function OverviewPage() {
  const { words } = useServices();
  const { data, error } = useRead<Overview>(paths.overview);
  return (
    <>
      <h1 className="visually-hidden">{words.overview}</h1>
      <ServerPart />
      {error ? <Trouble error={error} /> : null}
      {data ? (
        <>
          <Attention tasks={data.tasks} />
          <RolloutsUnderWay tasks={data.tasks} />
          <Tasks tasks={data.tasks} />
          <div className="columns">
            <LedgerPart ledger={data.ledger} />
            <Feed tasks={data.tasks} />
          </div>
        </>
      ) : error ? null : (
        <p className="line dim">{words.loading}</p>
      )}
    </>
  );
}

/** An alert is shown for a day, or until the task's rollout or program changed after it. */
const alertMs = 24 * 3_600_000;

function Attention({ tasks }: { readonly tasks: readonly OverviewTask[] }) {
  const { words, now } = useServices();
  const { feed } = useDashboardState();
  const waiting = tasks.reduce((sum, task) => sum + task.waiting, 0);
  const alerts = feed.filter(
    (event, at) =>
      (event.type === "rollout.undecided" || (event.type === "alert" && event.data["kind"] !== "rollout.undecided")) &&
      now() - Date.parse(event.timestamp) < alertMs &&
      !feed.slice(0, at).some(({ type, taskId }) => taskId === event.taskId && settles.test(type)),
  );
  if (waiting === 0 && alerts.length === 0) return null;
  const nameOf = (taskId: string) => tasks.find((task) => task.taskId === taskId)?.name ?? taskId;
  return (
    <Section title={words.attention.title} className="attention">
      <ul>
        {waiting > 0 ? (
          <li>
            <span>{words.attention.waiting(waiting)}</span>
            <a className="button" href={reviewAddress()}>
              {words.attention.judge}
            </a>
          </li>
        ) : null}
        {alerts.slice(0, 5).map(({ id, type, taskId, timestamp, data }) => (
          <li key={id} className={String(data["severity"] ?? "")}>
            <span>
              {taskId === null ? null : <b>{nameOf(taskId)}: </b>}
              {type === "alert" ? String(data["message"]) : words.feed["rollout.undecided"]}{" "}
              <span className="dim">
                <Ago at={timestamp} />
              </span>
            </span>
            {taskId === null ? null : (
              <a
                className="button"
                href={taskAddress(taskId)}
                aria-label={`${words.attention.open}: ${nameOf(taskId)}`}
              >
                {words.attention.open}
              </a>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

const settles = /^(rollout\.(started|promoted|rolled_back)|artifact\.activated|task\.deleted)$/;

function Tasks({ tasks }: { readonly tasks: readonly OverviewTask[] }) {
  const { words } = useServices();
  const { number, percent } = words.format;
  const of = words.tasks;
  const from = Math.min(...tasks.map(({ accuracy, accuracyTarget }) => scaleOf([accuracy], accuracyTarget)));
  return (
    <Section title={of.title}>
      {tasks.length === 0 ? (
        <p className="line dim">{of.none}</p>
      ) : (
        <table className="tasks">
          <thead>
            <tr>
              <th scope="col">{of.task}</th>
              <th scope="col">{of.accuracy}</th>
              <th scope="col" className="number">
                {of.runs}
              </th>
              <th scope="col" className="number">
                {of.failed}
              </th>
              <th scope="col" className="number" title={of.latencyHow}>
                {of.latency}
              </th>
              <th scope="col" className="number">
                {of.version}
              </th>
              <th scope="col" className="number">
                {of.toJudge}
              </th>
            </tr>
          </thead>
          <tbody>
            {tasks.map((task) => (
              <tr key={task.taskId}>
                <th scope="row">
                  <a href={taskAddress(task.taskId)}>{task.name}</a>
                </th>
                <td data-label={of.accuracy}>
                  {task.accuracy === null ? (
                    <span className="dim">{of.notJudged}</span>
                  ) : (
                    <IntervalBar share={task.accuracy} target={task.accuracyTarget} from={from} />
                  )}
                </td>
                <td className="number" data-label={of.runs}>
                  {number(task.executions)}
                </td>
                <td className="number" data-label={of.failed}>
                  {task.executions === 0 ? "–" : percent(task.failed / task.executions)}
                </td>
                <td className="number" data-label={of.latency}>
                  {task.p50Ms === null || task.p95Ms === null ? "–" : words.latencies([task.p50Ms, task.p95Ms])}
                </td>
                <td className="number" data-label={of.version}>
                  {task.activeVersion ?? <span className="dim">{of.noVersion}</span>}
                </td>
                <td className="number" data-label={of.toJudge}>
                  {task.waiting === 0 ? "–" : <a href={reviewAddress(task.taskId)}>{number(task.waiting)}</a>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
