/**
 * What a task file asks for that only the person at this computer can give: what leaves it, what that may cost, and what
 * is kept unmasked. A file that came with a repository must not decide that. Pure.
 */
import type { PrivacyMode } from "../../contract/datasets.ts";
import { type Said, say } from "../../contract/say.ts";
import type { Task } from "../../contract/tasks.ts";
import type { TaskSpec } from "./read.ts";

type Consented = Pick<Task, "modelVerdictsPerDay" | "modelUsdPerDay" | "privacyMode">;

/** What a new task allows. */
const unlessTold: Consented = { modelVerdictsPerDay: 0, modelUsdPerDay: 1, privacyMode: "balanced" };

/** Each keeps more than the one before. */
const modes: readonly PrivacyMode[] = ["strict", "balanced", "permissive"];

/** The wishes of a file that go beyond what its task (undefined: none yet) allows; empty where there are none. */
export function beyond(spec: TaskSpec, task: Consented = unlessTold): Partial<Consented> {
  const { modelVerdictsPerDay, modelUsdPerDay, privacyMode } = spec;
  return {
    ...(modelVerdictsPerDay !== undefined && modelVerdictsPerDay > task.modelVerdictsPerDay && { modelVerdictsPerDay }),
    ...(modelUsdPerDay !== undefined && modelUsdPerDay > task.modelUsdPerDay && { modelUsdPerDay }),
    ...(privacyMode !== undefined && modes.indexOf(privacyMode) > modes.indexOf(task.privacyMode) && { privacyMode }),
  };
}

/** What a file says of its task without these wishes. */
export function without(spec: TaskSpec, wishes: Partial<Consented>): TaskSpec {
  return Object.fromEntries(Object.entries(spec).filter(([key]) => !Object.hasOwn(wishes, key))) as unknown as TaskSpec;
}

/** What a file says that counts without being asked about, whatever its task allows. */
export function freely(spec: TaskSpec): TaskSpec {
  return without(spec, unlessTold);
}

/** What the person is asked to allow, a sentence each. */
export function sentences(wishes: Partial<Consented>, task: Consented): Said[] {
  const { modelVerdictsPerDay: most, modelUsdPerDay: usd, privacyMode } = { ...task, ...wishes };
  const money = String(usd);
  return [
    ...(wishes.modelVerdictsPerDay === undefined && wishes.modelUsdPerDay === undefined
      ? []
      : [
          say`A model may judge up to ${most} of its runs a day, for at most $${money} a day: their inputs are sent to it.`,
        ]),
    ...(wishes.privacyMode === undefined
      ? []
      : privacyMode === "permissive"
        ? [say`Its dataset on this computer keeps personal data unmasked.`]
        : [say`Its dataset on this computer keeps inputs and outputs, with personal data masked.`]),
  ];
}
