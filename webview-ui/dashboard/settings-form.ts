/** How a task learns, as a form: its fields, what is typed in them, and what of it is to be sent. Pure. */
import type { Comparison } from "../../src/contract/comparison.ts";
import type { PrivacyMode } from "../../src/contract/datasets.ts";
import type { Improve, SamplingStrategy, Task, TaskChange } from "../../src/contract/tasks.ts";

interface NumberField {
  readonly kind: "number";
  /** Of what is typed, both included. */
  readonly least: number;
  readonly most: number;
  /** A share that is typed in percent. */
  readonly isPercent?: true;
  readonly isWhole?: true;
}

/** As the contract has them (`src/contract/tasks.ts`), without its schemas: a test holds the two together. */
export const choices = {
  samplingStrategy: ["random", "stratified", "edge", "adaptive"] as readonly SamplingStrategy[],
  comparison: ["exact", "text", "number", "unordered", "label", "meaning"] as readonly Comparison[],
  privacyMode: ["strict", "balanced", "permissive"] as readonly PrivacyMode[],
  improve: ["auto", "ask", "off"] as readonly Improve[],
};

export const numbers = {
  samplingRate: { kind: "number", least: 0, most: 100, isPercent: true },
  modelVerdictsPerDay: { kind: "number", least: 0, most: 100_000, isWhole: true },
  modelUsdPerDay: { kind: "number", least: 0, most: 10_000 },
  accuracyTarget: { kind: "number", least: 0, most: 100, isPercent: true },
  latencyTargetMs: { kind: "number", least: 1, most: 1_000 },
} as const satisfies Record<string, NumberField>;

export type ChoiceName = keyof typeof choices;
export type NumberName = keyof typeof numbers;
export type SettingName = ChoiceName | NumberName;
/** What was typed or chosen and is not kept yet. */
export type Draft = Partial<Record<SettingName, string>>;

/** The groups of the form, in their order. */
export const groups = {
  judged: ["samplingRate", "samplingStrategy", "comparison"],
  judges: ["modelVerdictsPerDay", "modelUsdPerDay"],
  kept: ["privacyMode"],
  better: ["improve", "accuracyTarget", "latencyTargetMs"],
} as const satisfies Record<string, readonly SettingName[]>;

export function isChoice(name: SettingName): name is ChoiceName {
  return Object.hasOwn(choices, name);
}

/** A setting as it stands in its field. */
export function textOf(task: Task, name: SettingName): string {
  const value = task[name];
  if (typeof value === "string") return value;
  return String(isChoice(name) || !isPercent(name) ? value : rounded(value * 100));
}

/** What a text means; undefined where it cannot be that. */
export function readText(name: SettingName, text: string): string | number | undefined {
  if (isChoice(name)) return (choices[name] as readonly string[]).includes(text) ? text : undefined;
  const field: NumberField = numbers[name];
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!(value >= field.least && value <= field.most) || (field.isWhole && !Number.isInteger(value))) return undefined;
  return field.isPercent ? rounded(value / 100) : value;
}

/** Of the draft, what is something else than it is; and the fields that hold what cannot be. */
export function changeOf(
  task: Task,
  draft: Draft,
): { readonly change: TaskChange; readonly wrong: readonly SettingName[] } {
  const read = (Object.entries(draft) as [SettingName, string][]).map(
    ([name, text]) => [name, readText(name, text)] as const,
  );
  const changed = read.filter(([name, value]) => value !== undefined && value !== task[name]);
  return {
    change: Object.fromEntries(changed) as TaskChange,
    wrong: read.filter(([, value]) => value === undefined).map(([name]) => name),
  };
}

/** The task as the draft would have it; what cannot be stays as it is. */
export function withDraft(task: Task, draft: Draft): Task {
  return { ...task, ...(changeOf(task, draft).change as Partial<Task>) };
}

function isPercent(name: NumberName): boolean {
  const field: NumberField = numbers[name];
  return field.isPercent === true;
}

/** 0.07 × 100 is 7, and not 7.000000000000001. */
function rounded(n: number): number {
  return Number(n.toPrecision(12));
}
