/** An accuracy with its interval on a scale, as a few pixels of SVG; what it shows is also said in words. */
import { useServices } from "./services.ts";

export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

const width = 120;
const height = 14;

/** Where a scale begins that shows all of these: at 0, 50 or 80%. Those that stand in one list share theirs. */
export function scaleOf(shares: readonly (Share | null)[], target: number): number {
  const least = Math.min(target, ...shares.map((share) => share?.low ?? 1));
  return least >= 0.82 ? 0.8 : least >= 0.52 ? 0.5 : 0;
}

interface IntervalProps {
  readonly share: Share;
  readonly target: number;
  /** Where the scale begins; it ends at 100%. */
  readonly from: number;
}

export function IntervalBar({ share, target, from }: IntervalProps) {
  const { words } = useServices();
  const { value, low, high, n } = share;
  const x = (one: number): number => 4 + ((Math.min(1, one) - from) / (1 - from)) * (width - 8);
  const tone = high < target ? "bad" : low >= target ? "good" : "";
  return (
    <span className={`interval ${tone}`}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${words.accuracy.label(value, low, high, n)}; ${words.accuracy.target(target)}`}
      >
        <line className="axis" x1={x(from)} x2={x(1)} y1={7} y2={7} />
        <rect className="band" x={x(low)} width={Math.max(2, x(high) - x(low))} y={4} height={6} rx={2} />
        <line className="target" x1={x(target)} x2={x(target)} y1={1} y2={13} />
        <circle className="point" cx={x(value)} cy={7} r={3.5} />
      </svg>
      <span aria-hidden="true">
        <b>{words.format.percent(value)}</b>{" "}
        <span className="dim">
          {words.format.percent(low)}–{words.format.percent(high)}
        </span>
      </span>
    </span>
  );
}
