/** Decision lists in words. */
import type { JsonValue } from "../../contract/wire.ts";
import { allCues } from "./cues.ts";
import { linesOf } from "./emit-rules.ts";
import type { Field } from "./inputs.ts";
import type { Condition, Rule } from "./rules.ts";

const shownLines = 3;
const shownWords = 4;

/** As it completes "Labels a text as …, by …". */
export function describeRules(rules: readonly Rule[], fields: readonly Field[], labels: readonly JsonValue[]): string {
  const lines = linesOf(rules);
  const name = (label: number): string => JSON.stringify(labels[label] ?? null);
  const asking = lines.filter(({ conditions }) => conditions.length > 0);
  const said = asking
    .slice(0, shownLines)
    .map(({ conditions, label }) => `${name(label)} where ${describe(conditions, fields)}`);
  const more = asking.length > shownLines ? ` (and ${asking.length - shownLines} more)` : "";
  const rest = name(lines.at(-1)?.label ?? 0);
  if (asking.length === 0) return `the commonest label alone: ${rest}`;
  return `${asking.length === 1 ? "one rule" : `${asking.length} rules`}: ${said.join(", else ")}${more}, else ${rest}`;
}

function describe(conditions: readonly Condition[], fields: readonly Field[]): string {
  const condition = conditions[0];
  const title = fields[condition?.field ?? 0]?.title ?? "it";
  if (!condition) return "nothing else holds";
  if (condition.kind === "atLeast") return `${title} is at least ${condition.value}`;
  if (condition.kind === "below") return `${title} is below ${condition.value}`;
  if (condition.kind === "category") return `${title} is ${JSON.stringify(condition.value)}`;
  if (condition.kind === "cue")
    return `${title} ${allCues.find((cue) => cue.name === condition.value)?.words ?? "shows a sign"}`;
  const words = conditions.slice(0, shownWords).map(({ value }) => JSON.stringify(value));
  const more = conditions.length > shownWords ? `, … (${conditions.length} words)` : "";
  return `${title} has ${words.join(" or ")}${more}`;
}
