/** What is known of a task: how often it is right, over time and by output; what its failures have in common. */
import type { TaskAnalytics } from "../../src/contract/analytics.ts";
import type { Cluster, Knowing } from "../../src/contract/knowing.ts";
import type { Task } from "../../src/contract/tasks.ts";
import { AccuracyChart } from "./accuracy-chart.tsx";
import { IntervalBar, scaleOf } from "./interval.tsx";
import { paths } from "./paths.ts";
import { Figure, Press, Section, Value } from "./pieces.tsx";
import { useAction, useDashboardState, useRead, useServices } from "./services.ts";

interface KnowingProps {
  readonly task: Task;
  readonly analytics: TaskAnalytics | undefined;
}

export function AccuracyPart({ task, analytics }: KnowingProps) {
  const { words } = useServices();
  const { data: knowing } = useRead<Knowing>(paths.learning(task.id));
  const of = words.accuracy;
  const whole = analytics?.accuracy ?? null;
  const versions = analytics?.byVersion.filter(({ accuracy }) => accuracy !== null) ?? [];
  const shares = [whole, ...versions, ...(knowing?.byClass ?? [])].map(
    (one) => one && ("accuracy" in one ? one.accuracy : one),
  );
  const from = scaleOf(shares, task.accuracyTarget);
  return (
    <Section
      title={of.title}
      aside={whole === null ? null : <IntervalBar share={whole} target={task.accuracyTarget} from={from} />}
    >
      {whole === null ? <p className="line dim">{of.none}</p> : null}
      {knowing && knowing.accuracy.length > 0 ? (
        <AccuracyChart points={knowing.accuracy} target={task.accuracyTarget} />
      ) : null}
      <ModelLine knowing={knowing} judges={task.modelVerdictsPerDay > 0} />
      {versions.length > 1 ? (
        <>
          <h3>{of.byVersion}</h3>
          <dl className="shares">
            {versions.map(({ version, accuracy }) =>
              accuracy === null ? null : (
                <div key={version}>
                  <dt>{words.review.version(version)}</dt>
                  <dd>
                    <IntervalBar share={accuracy} target={task.accuracyTarget} from={from} />
                  </dd>
                </div>
              ),
            )}
          </dl>
        </>
      ) : null}
      {knowing && knowing.byClass.length > 0 ? (
        <>
          <h3>{of.byClass}</h3>
          <dl className="shares">
            {knowing.byClass.map(({ output, accuracy }) => (
              <div key={JSON.stringify(output)}>
                <dt>
                  <Value value={output} empty={words.clusters.nothing} />
                </dt>
                <dd>
                  <IntervalBar share={accuracy} target={task.accuracyTarget} from={from} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      ) : null}
    </Section>
  );
}

/** How the model does that judges, by which the intervals are wider; nothing where none does. */
function ModelLine({ knowing, judges }: { readonly knowing: Knowing | undefined; readonly judges: boolean }) {
  const { words } = useServices();
  if (!knowing) return null;
  const { right, wrong } = knowing.model;
  if (right.n + wrong.n > 0)
    return <p className="line dim">{words.accuracy.model(right.agreed, right.n, wrong.agreed, wrong.n)}</p>;
  return judges && knowing.accuracy.length > 0 ? <p className="line dim">{words.accuracy.modelUntried}</p> : null;
}

/** Rates, latency, and whether inputs or accuracy changed. */
export function NumbersPart({ task, analytics }: KnowingProps) {
  const { words, now } = useServices();
  const { data: knowing } = useRead<Knowing>(paths.learning(task.id));
  const { number, percent, ago } = words.format;
  const latency = analytics?.latency;
  const { inputs, accuracyChange: change, rates } = knowing ?? {};
  return (
    <Section title={words.task.numbers}>
      <dl className="figures">
        <Figure label={words.health.runs} value={analytics ? number(analytics.total) : "–"} />
        {rates ? (
          <>
            <Figure label={words.rates.failed} value={percent(rates.failed)} />
            <Figure label={words.rates.timedOut} value={percent(rates.timedOut)} />
            <Figure label={words.rates.abstained} value={percent(rates.abstained)} />
          </>
        ) : (
          <Figure
            label={words.rates.failed}
            value={analytics && analytics.total > 0 ? percent(analytics.failed / analytics.total) : "–"}
          />
        )}
        <Figure
          label={words.rates.latency}
          value={latency ? words.latencies([latency.p50Ms, latency.p95Ms, latency.p99Ms]) : "–"}
        />
        {inputs ? (
          <Figure
            label={words.inputs.title}
            value={
              inputs.state === "changed"
                ? words.inputs.changed(inputs.since === null ? "" : ago(inputs.since, now()))
                : words.inputs[inputs.state](inputs.seen)
            }
            note={inputs.state === "changed" ? <AcceptInputs taskId={task.id} /> : undefined}
            tone={inputs.state === "changed" ? "bad" : undefined}
          />
        ) : null}
        {change ? (
          <Figure
            label={words.change.title}
            value={
              change.state === "worse"
                ? words.change.worse(change.since === null ? "" : ago(change.since, now()))
                : words.change[change.state]
            }
            tone={change.state === "worse" ? "bad" : undefined}
          />
        ) : null}
      </dl>
    </Section>
  );
}

/** The person knows why the inputs changed: what comes now is what is to be expected. */
function AcceptInputs({ taskId }: { readonly taskId: string }) {
  const { words, dashboard } = useServices();
  const { mayWrite } = useDashboardState();
  const { working, failure, run } = useAction();
  if (!mayWrite) return null;
  const accept = async (): Promise<void> => {
    await dashboard.api.send("POST", paths.acceptInputs(taskId));
    dashboard.resources.changed((path) => path === paths.learning(taskId));
  };
  return (
    <>
      <Press label={words.inputs.accept} disabled={working} onPress={() => run(accept)} />
      {failure === null ? null : <span role="alert">{failure}</span>}
    </>
  );
}

export function ClustersPart({ task }: { readonly task: Task }) {
  const { words } = useServices();
  const { data } = useRead<Knowing>(paths.learning(task.id));
  const of = words.clusters;
  return (
    <Section title={of.title}>
      {!data || data.clusters.length === 0 ? <p className="line dim">{of.none}</p> : null}
      <div className="clusters">
        {data?.clusters.map((cluster) => (
          <ClusterShown key={cluster.id} cluster={cluster} target={task.accuracyTarget} />
        ))}
      </div>
    </Section>
  );
}

function ClusterShown({ cluster, target }: { readonly cluster: Cluster; readonly target: number }) {
  const { words, now } = useServices();
  const of = words.clusters;
  const { ago } = words.format;
  const { name, size, share, firstSeen, lastSeen, right, accuracy, grewAt, examples } = cluster;
  return (
    <article>
      <h3>{name}</h3>
      <p className="line dim">
        <span className="meter" aria-hidden="true">
          <span className="bad" style={{ width: `${share * 100}%` }} />
        </span>{" "}
        {of.size(size, share)}; {of.seen(ago(firstSeen, now()), ago(lastSeen, now()))}
      </p>
      {grewAt === null ? null : <p className="line">{of.grew(ago(grewAt, now()))}</p>}
      <p className="like">
        {accuracy === null ? (
          <span className="dim">{of.notJudged}</span>
        ) : (
          <>
            <span>{of.right(right, accuracy.n)}</span> <IntervalBar share={accuracy} target={target} from={0} />
          </>
        )}
      </p>
      <table className="values">
        <thead>
          <tr>
            <th scope="col">{of.input}</th>
            <th scope="col">{of.output}</th>
            <th scope="col">{of.expected}</th>
          </tr>
        </thead>
        <tbody>
          {examples.map(({ executionId, input, output, expectedOutput }) => (
            <tr key={executionId}>
              <td>
                <Value value={input} empty={of.nothing} />
              </td>
              <td>
                <Value value={output} empty={of.nothing} />
              </td>
              <td>
                <Value value={expectedOutput} empty="–" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}
