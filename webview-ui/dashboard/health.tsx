/** The server at a glance: whether it works, how busy it is, what it holds. */
import type { Health, Stats } from "../../src/contract/analytics.ts";
import type { Overview } from "../../src/contract/dashboard.ts";
import { paths } from "./paths.ts";
import { Figure, Section } from "./pieces.tsx";
import { useDashboardState, useRead, useServices } from "./services.ts";

export function ServerPart() {
  const { words } = useServices();
  const { connected } = useDashboardState();
  const health = useRead<Health>(paths.health);
  const { data: stats } = useRead<Stats>(paths.stats);
  const { data: overview } = useRead<Overview>(paths.overview);
  const { number, percent } = words.format;
  const state = health.error?.status === 0 ? "unreachable" : (health.data?.status ?? null);
  const runs = overview?.tasks.reduce((sum, task) => sum + task.executions, 0) ?? 0;
  const failed = overview?.tasks.reduce((sum, task) => sum + task.failed, 0) ?? 0;
  const { l1Hits = 0, l2Hits = 0, misses = 0 } = stats?.cache ?? {};
  const asked = l1Hits + l2Hits + misses;
  return (
    <Section
      title={words.health.title}
      aside={
        state === null ? null : (
          <span className={`state ${state === "ok" && connected ? "good" : state === "ok" ? "" : "bad"}`} role="status">
            {words.health[state]}
          </span>
        )
      }
    >
      <dl className="figures">
        <Rate />
        <Figure label={words.health.runs} value={stats ? number(stats.executions) : "–"} />
        <Figure label={words.health.failedRuns} value={runs === 0 ? "–" : percent(failed / runs)} />
        <Figure
          label={words.health.latency}
          value={overview?.latency ? words.latencies([overview.latency.p50Ms, overview.latency.p95Ms]) : "–"}
        />
        <Figure
          label={words.health.cache}
          value={asked === 0 ? "–" : percent((l1Hits + l2Hits) / asked)}
          note={asked === 0 ? undefined : words.health.cacheHow(l1Hits + l2Hits, asked)}
        />
        <Figure label={words.health.memory} value={stats ? words.health.megabytes(stats.memoryRssMb) : "–"} />
        <Figure label={words.health.uptime} value={stats ? words.duration(stats.uptimeS) : "–"} />
      </dl>
      {stats ? (
        <p className="line dim">
          HAPA {stats.version} ·{" "}
          {stats.sandbox.engine === null
            ? words.health.asleep
            : words.health.engine(stats.sandbox.engine, (stats.sandbox.nodeVersion ?? "").replace(/^v/, ""))}{" "}
          · {stats.model.name === null ? words.health.offline : words.health.model(stats.model.name)}
        </p>
      ) : null}
    </Section>
  );
}

const seconds = 60;

/** Runs a second over the last minute, a bar for each. */
function Rate() {
  const { words, now } = useServices();
  const { perSecond } = useDashboardState();
  const last = Math.floor(now() / 1_000);
  const counts = Array.from({ length: seconds }, (_, at) => perSecond.get(last - seconds + 1 + at) ?? 0);
  const most = Math.max(...counts);
  // What came in this second is not whole yet.
  const current = Math.max(counts.at(-1) ?? 0, counts.at(-2) ?? 0);
  const { number } = words.format;
  return (
    <div className="figure rate">
      <dt>{words.health.rate}</dt>
      <dd>
        {number(current)}
        <svg
          width={seconds * 3}
          height={28}
          viewBox={`0 0 ${seconds * 3} 28`}
          role="img"
          aria-label={words.health.rateLabel(number(current), number(most))}
        >
          <line className="axis" x1={0} x2={seconds * 3} y1={27.5} y2={27.5} />
          {counts.map((count, at) => {
            const height = most === 0 ? 0 : (count / most) * 26;
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is a place in the last minute
            return count === 0 ? null : <rect key={at} x={at * 3} width={2} y={27 - height} height={height} />;
          })}
        </svg>
      </dd>
    </div>
  );
}
