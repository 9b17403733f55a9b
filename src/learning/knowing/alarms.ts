/** What is told when something has changed. */
import type { NewEvent } from "../../contract/events.ts";
import { type Said, say, spoken } from "../../contract/say.ts";
import type { Feature } from "../statistics/drift.ts";
import type { Alarm } from "./watch.ts";

/** As an `alert`: numbers only, no inputs. */
export function alarmEvent(taskId: string, alarm: Alarm): NewEvent {
  const { kind, version } = alarm;
  const details =
    alarm.kind === "inputs.changed"
      ? {
          version,
          feature: alarm.report.feature,
          moved: rounded(alarm.report.moved),
          distance: rounded(alarm.report.distance),
        }
      : { version, before: rounded(alarm.before), verdicts: alarm.verdicts };
  const data = { kind, severity: "warning" as const, message: spoken(words(alarm)), details };
  return { type: "alert", taskId, data };
}

function words(alarm: Alarm): Said {
  if (alarm.kind === "inputs.changed")
    return say`The inputs have changed: about ${percent(alarm.report.moved)} of them differ from what was usual (${features[alarm.report.feature]}).`;
  return say`Version ${alarm.version ?? 0} is right less often than it was: it began with ${percent(alarm.before)}.`;
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
