/** What is told when something has changed. */
import type { NewEvent } from "../../contract/events.ts";
import { type Said, say, spoken } from "../../contract/say.ts";
import type { Feature } from "../statistics/drift.ts";
import { withoutWords } from "./names.ts";
import type { Alarm } from "./watch.ts";

/** As an `alert`: numbers and what inputs look like, none of their words. */
export function alarmEvent(taskId: string, alarm: Alarm): NewEvent {
  const { kind, version } = alarm;
  const data = { kind, severity: "warning" as const, message: spoken(words(alarm)) };
  return { type: "alert", taskId, data: { ...data, details: { version, ...detailsOf(alarm) } } };
}

function detailsOf(alarm: Alarm): Readonly<Record<string, string | number>> {
  switch (alarm.kind) {
    case "inputs.changed": {
      const { feature, moved, distance } = alarm.report;
      return { feature, moved: rounded(moved), distance: rounded(distance) };
    }
    case "accuracy.fell":
      return { before: rounded(alarm.before), verdicts: alarm.verdicts };
    case "failures.cluster": {
      const { failures, verdicts, failuresBefore, before } = alarm.growth;
      return { cluster: alarm.cluster, failures, verdicts, before: rounded(failuresBefore / before) };
    }
  }
}

function words(alarm: Alarm): Said {
  switch (alarm.kind) {
    case "inputs.changed":
      return say`The inputs have changed: about ${percent(alarm.report.moved)} of them differ from what was usual (${features[alarm.report.feature]}).`;
    case "accuracy.fell":
      return say`Version ${alarm.version ?? 0} is right less often than it was: it began with ${percent(alarm.before)}.`;
    case "failures.cluster": {
      const { failures, verdicts, failuresBefore, before } = alarm.growth;
      return say`Failures that are alike grow in number: ${failures} of the last ${verdicts} judged inputs, ${failuresBefore} of ${before} before (alike by ${withoutWords(alarm.mark)}).`;
    }
  }
}

const features: Readonly<Record<Feature, Said>> = {
  shape: say`their form`,
  length: say`their length`,
  word: say`their words`,
};

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}

function rounded(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
