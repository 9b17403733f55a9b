/** Accuracy over time: a point with its interval for each stretch, versions apart, the target as a line. */
import { useLayoutEffect, useRef, useState } from "react";
import type { Knowing } from "../../src/contract/knowing.ts";
import { useServices } from "./services.ts";

const height = 180;
const left = 40;
const right = 8;
const top = 16;
const bottom = 22;

interface ChartProps {
  readonly points: Knowing["accuracy"];
  readonly target: number;
}

export function AccuracyChart({ points, target }: ChartProps) {
  const { words } = useServices();
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = (): void => setWidth(Math.max(200, element.clientWidth));
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    measure();
    return () => watcher.disconnect();
  }, []);

  const least = Math.min(target, ...points.map(({ accuracy }) => accuracy.low));
  const from = Math.max(0, Math.floor(least * 10 - 0.001) / 10);
  const y = (share: number): number => top + (1 - (share - from) / (1 - from)) * (height - top - bottom);
  const step = (width - left - right) / points.length;
  const x = (at: number): number => left + (at + 0.5) * step;
  const lines = [from, (from + 1) / 2, 1];
  const versions = [...new Set(points.map(({ version }) => version))];
  const list = words.accuracy.versions(versions.join(", "));
  const { percent } = words.format;
  return (
    <div ref={frame} className="chart">
      <svg width={width} height={height} role="img" aria-label={words.accuracy.chart(points.length, list)}>
        {lines.map((share) => (
          <g key={share}>
            <line className="grid" x1={left} x2={width - right} y1={y(share)} y2={y(share)} />
            <text x={left - 6} y={y(share) + 4} textAnchor="end">
              {percent(share)}
            </text>
          </g>
        ))}
        <line className="target" x1={left} x2={width - right} y1={y(target)} y2={y(target)} />
        {versions.map((version) => {
          const own = points.flatMap((point, at) => (point.version === version ? [{ point, at }] : []));
          const first = own[0]?.at ?? 0;
          const path = own
            .map(({ point, at }, n) => `${n === 0 ? "M" : "L"}${x(at)} ${y(point.accuracy.value)}`)
            .join("");
          return (
            <g key={version} className={`version ${versions.indexOf(version) % 2 === 0 ? "even" : "odd"}`}>
              {first > 0 ? (
                <line
                  className="change"
                  x1={left + first * step}
                  x2={left + first * step}
                  y1={top}
                  y2={height - bottom}
                />
              ) : null}
              <text x={left + first * step + 3} y={height - 6}>
                v{version}
              </text>
              <path d={path} fill="none" />
              {own.map(({ point: { accuracy, from: since, to }, at }) => (
                <g key={at}>
                  <title>{`v${version}, ${when(since, to)}: ${words.accuracy.label(accuracy.value, accuracy.low, accuracy.high, accuracy.n)}`}</title>
                  <line className="band" x1={x(at)} x2={x(at)} y1={y(accuracy.low)} y2={y(accuracy.high)} />
                  <circle cx={x(at)} cy={y(accuracy.value)} r={3.5} />
                </g>
              ))}
            </g>
          );
        })}
      </svg>
      <p className="line dim">{words.accuracy.how(target)}</p>
      <details>
        <summary>{words.accuracy.table}</summary>
        <table className="values">
          <thead>
            <tr>
              <th scope="col">{words.accuracy.when}</th>
              <th scope="col">{words.accuracy.version}</th>
              <th scope="col">{words.accuracy.share}</th>
              <th scope="col">{words.accuracy.interval}</th>
              <th scope="col">{words.accuracy.verdicts}</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ from: since, to, version, accuracy }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of one batch ran at the same time
              <tr key={at}>
                <td>{when(since, to)}</td>
                <td>{version}</td>
                <td>{percent(accuracy.value)}</td>
                <td>
                  {percent(accuracy.low)}–{percent(accuracy.high)}
                </td>
                <td>{words.format.number(accuracy.n)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}

/** "11/22, 10:00 – 11:30", as the page's language writes it. */
function when(from: string, to: string): string {
  const form = new Intl.DateTimeFormat(document.documentElement.lang, {
    ...{ month: "numeric", day: "numeric", hour: "numeric", minute: "2-digit" },
  });
  return form.formatRange(new Date(from), new Date(to));
}
