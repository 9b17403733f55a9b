/**
 * Bottom-up enumeration of pipelines with observational equivalence (Udupa et al., "Transit", PLDI 2013; Albarghouthi
 * et al., CAV 2013): pipelines that give the same texts on all examples are one item, of which the cheapest few that
 * differ on unlabelled inputs are kept.
 */
import type { Deadline } from "../deadline.ts";
import type { Goal, Vocabulary } from "./goal.ts";
import { strangeness, varied } from "./looks.ts";
import { runPipeline } from "./program.ts";
import { caseSteps } from "./reshape.ts";
import type { Pipeline, Step } from "./step.ts";

export interface Item {
  readonly pipeline: Pipeline;
  /** What it gives on each example. */
  readonly values: readonly string[];
  /** What it gives on some unlabelled inputs, joined. */
  readonly elsewhere: string;
  /** The pipeline's cost, and what it fails to find. */
  readonly cost: number;
}

export interface Pool {
  /** Items by the cheapest of their kind: inner lists share values on the examples. */
  readonly groups: ReadonlyMap<string, readonly Item[]>;
  /** Adds pipelines one step longer. `depth` 1 starts from the fields. */
  grow(depth: number, deadline: Deadline): void;
}

const probeCount = 12;
const keptPerGroup = 4;
const basesPerDepth = [0, 20, 140, 200];
const maxStoredCharacters = 20_000_000;

export const keyOf = (values: readonly string[]): string => values.join("\u0001");

/** @param usable whether values may stand in an output: what is not usable is kept only as a base for more steps */
export function createPool(goal: Goal, vocabulary: Vocabulary, usable: (values: readonly string[]) => boolean): Pool {
  const groups = new Map<string, Item[]>();
  const probes = varied(goal.probes, probeCount);
  const padded = probes.map((row) => row.map((text) => text !== text.trim()));
  const lowerTargets = goal.targets.map((t) => t.toLowerCase());
  let stored = 0;
  let newest: Item[] = [];

  const add = (pipeline: Pipeline, values: readonly string[], keepAnyway: boolean): Item | undefined => {
    if (values.every((value) => value === "")) return undefined;
    const key = keyOf(values);
    let group = groups.get(key);
    if (!group && !keepAnyway && !usable(values)) return undefined;
    if (stored > maxStoredCharacters) return undefined;
    const missing = values.filter((value) => value === "").length / values.length;
    const found = probes.map((fields) => runPipeline(pipeline, fields));
    const last = pipeline.steps.at(-1);
    // Where the rows themselves have blanks around them, it is no sign of a bad cut that some are left.
    const judged = found.filter((_, i) => !padded[i]?.[pipeline.field]);
    const strange = missing > 0 ? 0 : strangeness(values, judged) * 0.6;
    // Blanks around a piece, or a comma at its end, fit the output by coincidence more often than by intent.
    const ragged =
      values.some((value) => value !== value.trim() || /[^\s,;:][,;:]$/.test(value)) && pipeline.steps.length > 0
        ? 1.2
        : 0;
    // A run that is always one character long is so by chance.
    const chance = last?.pick?.lister.noun.startsWith("run") && values.every((value) => value.length <= 1) ? 1.2 : 0;
    const cost = pipeline.cost + missing * 2.5 + strange + ragged + chance;
    const item: Item = { pipeline, values, elsewhere: keyOf(found), cost };
    if (!group) {
      group = [];
      groups.set(key, group);
      stored += key.length;
    }
    const twin = group.findIndex((other) => other.elsewhere === item.elsewhere && probes.length > 0);
    if (twin >= 0) {
      if ((group[twin]?.cost ?? 0) <= item.cost) return undefined;
      group.splice(twin, 1);
    }
    group.push(item);
    group.sort((a, b) => a.cost - b.cost);
    group.length = Math.min(group.length, keptPerGroup);
    return group[0] === item ? item : undefined;
  };

  const extend = (base: Item, step: Step, keepAnyway: boolean): Item | undefined => {
    const { pipeline } = base;
    const values = base.values.map(step.apply);
    if (values.every((value, i) => value === base.values[i])) return undefined;
    const previous = pipeline.steps.at(-1);
    const rewritten =
      step.rearranges && previous && !previous.pick && !previous.keepsMarks
        ? 3
        : step.pick && previous?.replaces
          ? 2
          : 0;
    const cost =
      pipeline.cost +
      rewritten +
      step.cost +
      (pipeline.steps.length > 0 ? 0.3 : 0) +
      (pipeline.steps.at(-1)?.rearranges ? 1.5 : 0);
    return add({ field: pipeline.field, steps: [...pipeline.steps, step], cost }, values, keepAnyway);
  };

  /** Only the letter case stands between the item and the outputs. */
  const nearly = (values: readonly string[]): boolean =>
    values.every((v, i) => (lowerTargets[i] ?? "").includes(v.toLowerCase()));

  return {
    groups,
    grow(depth, deadline) {
      if (depth === 1) {
        const width = goal.rows[0]?.length ?? 0;
        for (let field = 0; field < width; field++) {
          const item = add(
            { field, steps: [], cost: 1 + field * 0.02 },
            goal.rows.map((row) => row[field] ?? ""),
            true,
          );
          if (item) newest.push(item);
        }
      }
      const bases = [...newest].sort((a, b) => a.cost - b.cost).slice(0, basesPerDepth[depth] ?? 100);
      newest = [];
      const steps = depth === 1 ? vocabulary.first : vocabulary.later;
      for (const base of bases)
        for (const step of steps) {
          if (deadline.expired()) return;
          const item = extend(base, step, depth < 2);
          if (item) newest.push(item);
        }
      if (depth > 1)
        for (const base of newest.slice(0, 400))
          if (nearly(base.values))
            for (const step of caseSteps) {
              if (deadline.expired()) return;
              extend(base, step, false);
            }
    },
  };
}
