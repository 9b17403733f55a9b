/** The lines and tables that the bench prints. */
import type { LabelledResult } from "./labels.ts";
import { mean, shareOf } from "./statistics.ts";
import { checkpoints, namesAWrongRow, type Summary } from "./summary.ts";
import type { TransformResult } from "./transform.ts";

const classesShown = 5;

/** name, outcome, wrong rows, whether a wrong row is named as unsure, time */
export function transformLine(result: TransformResult): string {
  const { name, outcome, given, heldOut, wrongRows, ms, reason } = result;
  const outOf = heldOut > 0 ? heldOut : given;
  const wrong = wrongRows.filter(({ isHeldOut }) => isHeldOut === heldOut > 0).length;
  const rows = result.code === null ? reason : `${wrong}/${outOf} wrong${heldOut > 0 ? "" : " (given)"}`;
  const named = wrongRows.length === 0 ? "" : namesAWrongRow(result) ? "named" : "not named";
  return `${name.padEnd(44)} ${outcome.padEnd(11)} ${rows.padEnd(18)} ${named.padEnd(9)} ${(ms / 1_000).toFixed(2).padStart(6)} s`;
}

interface Column {
  readonly title: string;
  readonly summary: Summary;
}

export function transformTable(columns: readonly Column[]): string {
  const row = (what: string, cell: (summary: Summary) => string): string =>
    line(
      what,
      columns.map(({ summary }) => cell(summary)),
    );
  const anyHeldOut = columns.some(({ summary }) => summary.solvable > 0);
  const heldOut = anyHeldOut
    ? [
        row("solved (all held-out rows right)", (all) => shareOf(all.solved, all.solvable)),
        row("fits (all given rows right)", (all) => shareOf(all.fits, all.problems)),
      ]
    : [row("fits (all rows right)", (all) => shareOf(all.fits, all.problems))];
  const named = [
    row("unsolved, a wrong row named ambiguous", (all) => shareOf(all.unsolvedNamed, all.unsolved)),
    row("  of those with a program", (all) => shareOf(all.unsolvedNamed, all.unsolved - all.unsolvedNone)),
    row("wrong rows named ambiguous", (all) => shareOf(all.wrongRowsNamed, all.wrongRows)),
    row("held-out rows named, right or wrong", (all) => shareOf(all.namedRows, all.heldOutRows)),
    row("solved, yet a row named", (all) => shareOf(all.solvedNamed, all.solved)),
  ];
  return [
    line(
      "",
      columns.map(({ title }) => title),
    ),
    ...heldOut,
    row("wrong (a program with a wrong row)", (all) => shareOf(all.wrong, all.problems)),
    row("none (abstained)", (all) => shareOf(all.none, all.problems)),
    ...(anyHeldOut ? named : []),
    row("time p50 / p95 / max, s", ({ time }) => [time.p50, time.p95, time.max].map((s) => s.toFixed(2)).join(" / ")),
    ...checkpoints.map((seconds, i) =>
      row(`${anyHeldOut ? "solved" : "fits"} within ${seconds} s`, (all) =>
        shareOf(all.within[i] ?? 0, anyHeldOut ? all.solvable : all.problems),
      ),
    ),
  ].join("\n");
}

function line(what: string, cells: readonly string[]): string {
  return `${what.padEnd(40)}${cells.map((cell) => cell.padEnd(24)).join("")}`.trimEnd();
}

/** set, accuracy with its interval, answered, time */
export function labelledLine(result: LabelledResult): string {
  const { name, tested, right, accuracy, trainMs } = result;
  const { value, low, high } = accuracy;
  const seconds = trainMs.map((ms) => (ms / 1_000).toFixed(1)).join(", ");
  return `${name.padEnd(44)} ${right}/${tested} right: ${percent(value)} [${percent(low)}, ${percent(high)}], trained in ${seconds} s`;
}

export function labelledTable(results: readonly LabelledResult[]): string {
  const titles = ["accuracy", "95% interval", "answered", "of these right", "train s", "KB", "call ms", "p99 ms"];
  const columns = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(16)).join("");
  const rows = results.map(({ name, tested, right, answered, accuracy, trainMs, programKb, callMs }) => {
    const cells = [
      ...[percent(accuracy.value), `${percent(accuracy.low)}–${percent(accuracy.high)}`],
      ...[percent(answered / Math.max(1, tested)), percent(right / Math.max(1, answered))],
      ...[(mean(trainMs) / 1_000).toFixed(2), programKb.toFixed(1), callMs.mean.toFixed(4), callMs.p99.toFixed(4)],
    ];
    return `${name.padEnd(44)}${columns(cells)}`;
  });
  return [`${"".padEnd(44)}${columns(titles)}`, ...rows, ...results.map(confusions)].join("\n");
}

/** The classes that fare worst, and what their rows are mistaken for. */
function confusions({ name, classes, given, repeats, reasons }: LabelledResult): string {
  const head = `\n${name}: ${Math.round(given)} rows given, ${classes.length} classes${repeats > 0 ? `, ${repeats} repeated rows left out` : ""}`;
  const worst = classes.slice(0, classesShown).map(({ label, rows, right, unanswered, mistakenFor }) => {
    const mistaken = mistakenFor ? `, as ${mistakenFor.label}: ${mistakenFor.rows}` : "";
    return `  ${label.padEnd(42)} ${shareOf(right, rows)}${mistaken}${unanswered > 0 ? `, unanswered: ${unanswered}` : ""}`;
  });
  const failed =
    reasons.length > 0 ? [`  no program in ${reasons.length} runs: ${[...new Set(reasons)].join(", ")}`] : [];
  return [head, ...failed, ...worst].join("\n");
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
