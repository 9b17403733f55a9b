/** Writes a task as a file: its specification, without its programs. Pure. */
import { Document, stringify } from "yaml";
import type { Task } from "../../contract/tasks.ts";
import type { Place } from "./values.ts";

/** More examples than these stand in a file of their own. */
const mostInside = 200;

export interface WrittenTask {
  readonly yaml: string;
  /** JSON lines, where the examples stand in a file of their own. */
  readonly examples?: { readonly name: string; readonly text: string };
}

/** @param baseName of the files, without an ending @param comment its first line */
export function writeTaskFile(task: Task, baseName: string, comment: string): WrittenTask {
  const apart = task.examples.length > mostInside ? `${baseName}.examples.jsonl` : undefined;
  const content = {
    id: task.id,
    name: task.name,
    ...(task.description ? { description: task.description } : {}),
    language: task.language,
    ...(apart ? { examples_file: apart } : { examples: task.examples }),
    accuracy_target: task.accuracyTarget,
    latency_target_ms: task.latencyTargetMs,
    ...unlessUsual(task),
    ...(task.inputSchema === null ? {} : { input_schema: task.inputSchema }),
    ...(task.outputSchema === null ? {} : { output_schema: task.outputSchema }),
  };
  // What older readers of YAML take for something else than a text ("yes", "12:30") is quoted, too.
  const document = new Document(content, { compat: "yaml-1.1", aliasDuplicateObjects: false });
  document.commentBefore = ` ${comment}`;
  const yaml = document.toString({ lineWidth: 0 });
  if (!apart) return { yaml };
  const lines = task.examples.map((example) => `${JSON.stringify(example)}\n`);
  return { yaml, examples: { name: apart, text: lines.join("") } };
}

/** How it learns, where that is not as it is unless told. */
function unlessUsual(task: Task): Record<string, string | number> {
  const settings = [
    ["sampling_rate", task.samplingRate, 0.05],
    ["sampling_strategy", task.samplingStrategy, "random"],
    ["comparison", task.comparison, "exact"],
    ["privacy_mode", task.privacyMode, "balanced"],
    ["improve", task.improve, "auto"],
    ["model_verdicts_per_day", task.modelVerdictsPerDay, 0],
    ["model_usd_per_day", task.modelUsdPerDay, 1],
  ] as const;
  return Object.fromEntries(settings.filter(([, value, usual]) => value !== usual).map(([key, value]) => [key, value]));
}

/** The edit that gives a file another name; without a place, as a new first line. */
export function writeName(place: Place | undefined, name: string): Place & { readonly text: string } {
  const value = stringify(name, {
    lineWidth: 0,
    compat: "yaml-1.1",
    defaultStringType: /^[\w ]+$/.test(name) ? "PLAIN" : "QUOTE_DOUBLE",
  }).trimEnd();
  return place ? { start: place.start, end: place.end, text: value } : { start: 0, end: 0, text: `name: ${value}\n` };
}
