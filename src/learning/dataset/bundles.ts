/** Rows that wait, as lines for their files. */
import { setImmediate } from "node:timers/promises";
import type { DatasetKind, PrivacyMode } from "../../contract/datasets.ts";
import { isTaskFolder } from "./files.ts";
import type { DatasetRows, LineWriter } from "./rows.ts";

export interface Waiting {
  readonly kind: DatasetKind;
  readonly taskId: string;
  readonly row: DatasetRows[DatasetKind];
}

/** Lines of one file. */
export interface Bundle {
  readonly kind: DatasetKind;
  readonly taskId: string;
  readonly day: string;
  readonly lines: string[];
}

/** Lines are made for so long at a time; other requests are answered in between. */
const sliceMs = 4;

/**
 * @param privacyOf Asked once for each task.
 * @returns `unfit`: rows of tasks that were deleted meanwhile, without a time, or nested without end
 */
export async function bundleRows(
  rows: readonly Waiting[],
  writer: LineWriter,
  privacyOf: (taskId: string) => Promise<PrivacyMode | undefined>,
): Promise<{ bundles: Bundle[]; unfit: number }> {
  const bundles = new Map<string, Bundle>();
  const modes = new Map<string, PrivacyMode | undefined>();
  let unfit = 0;
  let sliceEnd = performance.now() + sliceMs;
  for (const { kind, taskId, row } of rows) {
    if (!modes.has(taskId)) modes.set(taskId, await privacyOf(taskId));
    const privacy = modes.get(taskId);
    if (performance.now() > sliceEnd) {
      await setImmediate();
      sliceEnd = performance.now() + sliceMs;
    }
    if (!privacy || !isTaskFolder(taskId)) {
      unfit++;
      continue;
    }
    try {
      const { day, line } = writer.line(kind, row, privacy);
      const name = `${taskId}/${kind}/${day}`;
      const found = bundles.get(name);
      if (found) found.lines.push(line);
      else bundles.set(name, { kind, taskId, day, lines: [line] });
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
      unfit++;
    }
  }
  return { bundles: [...bundles.values()], unfit };
}
