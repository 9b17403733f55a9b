/** Which events a person is told of in the editor, and in what words. */
import type { HapaEvent } from "../../contract/events.ts";
import { type Said, say, verbatim } from "../../contract/say.ts";

/** What rollouts and the learning loop tell of a task. Undefined: nothing to tell, or the person did it themselves. */
export function noticeOf(event: HapaEvent, taskName: string): Said | undefined {
  if (event.type === "alert") {
    const { kind, severity, message } = event.data;
    // An improvement that is only proposed waits for the person, though nothing is wrong.
    if (event.taskId === null || (severity === "info" && !kind.startsWith("improvement."))) return undefined;
    // Told by the event of the same name.
    if (kind === "rollout.undecided") return undefined;
    if (kind === "inputs.changed") return say`The inputs of “${taskName}” look different than before.`;
    if (kind === "accuracy.fell") return say`“${taskName}” is right less often than before.`;
    if (kind === "failures.cluster") return say`“${taskName}” fails on a kind of input more often than before.`;
    if (kind === "improvement.suggested") return say`“${taskName}” could get better: ask for an improvement.`;
    if (kind === "improvement.needs_person") return say`An improvement of “${taskName}” waits for your decision.`;
    return say`“${taskName}”: ${verbatim(message)}`;
  }
  const data = event.data as Readonly<Record<string, unknown>>;
  if ([data["by"], data["ended_by"]].includes("person")) return undefined;
  const candidate = numberOf(data["candidate_version"]);
  const incumbent = numberOf(data["incumbent_version"]);
  switch (event.type) {
    case "rollout.promoted":
      return candidate === undefined
        ? say`A better version of “${taskName}” runs now.`
        : say`A better version of “${taskName}” runs now: version ${candidate}.`;
    case "rollout.rolled_back":
      return incumbent === undefined
        ? say`A new version of “${taskName}” was no better and was taken back.`
        : say`A new version of “${taskName}” was no better and was taken back: version ${incumbent} runs.`;
    case "rollout.undecided":
      return say`Two versions of “${taskName}” do equally well. Please decide which one is to run.`;
    default:
      return undefined;
  }
}

/** Whether an event may be worth telling, before the task's name is asked for. */
export function mayBeTold({ type, taskId }: HapaEvent): boolean {
  return taskId !== null && /^(alert|rollout\.(promoted|rolled_back|undecided))$/.test(type);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
