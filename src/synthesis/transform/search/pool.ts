/**
 * Bottom-up enumeration of texts with observational equivalence (Udupa et al., "Transit", PLDI 2013; Albarghouthi
 * et al., CAV 2013): expressions that give the same texts on all examples are one group, of which the cheapest few that
 * differ on unlabelled inputs are kept.
 */
import type { Deadline } from "../../deadline.ts";
import { applyExpr, type Expr, operations } from "../language/expr.ts";
import { fieldItem, type Item, type Rows } from "../language/item.ts";
import { strangeness, varied } from "../looks.ts";
import { caseOps } from "../text/case-ops.ts";
import type { Goal } from "./goal.ts";
import type { Move, Vocabulary } from "./vocabulary.ts";

export interface TextItem extends Item {
  readonly values: readonly string[];
}

export interface Pool {
  /** Items by the cheapest of their kind: inner lists share values on the examples. */
  readonly groups: ReadonlyMap<string, readonly TextItem[]>;
  readonly rows: Rows;
  /** Adds texts one move longer. `depth` 1 starts from the fields. */
  grow(depth: number, deadline: Deadline): void;
  /** Texts to read numbers and dates from: the fields, then what was cut out of them, the likeliest first. */
  readable(most: number): readonly TextItem[];
  /** Texts to ask questions about: the fields, and elements cut out of them. */
  testable(most: number): readonly TextItem[];
  /** An item that gives the same on every row and needs no helper functions, where there is one. */
  plainer(item: TextItem): TextItem | undefined;
  /** Takes an item that something else has made. */
  add(item: Item): void;
}

const probeCount = 12;
const keptPerGroup = 5;
const basesPerDepth = [0, 40, 140, 200];
/** A digit of an amount, cut out by its place, hardly ever means anything. */
const digitCutCost = 1.5;
const maxStoredCharacters = 20_000_000;

export const keyOf = (values: readonly unknown[]): string => values.join("\u0001");

/** Whether its texts are numbers of different lengths, or with decimals: amounts, no codes. */
function isAmount({ values, probes }: Item): boolean {
  const texts = [...values, ...probes].filter((value) => value !== undefined).map(String);
  if (!texts.every((text) => /^(?:0|[1-9]\d{0,8})(?:\.\d{1,4})?$/.test(text))) return false;
  return texts.every((text) => text.includes(".")) || new Set(texts.map((text) => text.length)).size > 1;
}

/** @param usable whether values may stand in an output: what is not usable is kept only as a base for more moves */
export function createPool(goal: Goal, vocabulary: Vocabulary, usable: (values: readonly string[]) => boolean): Pool {
  const groups = new Map<string, TextItem[]>();
  const plain = new Map<string, TextItem>();
  const rows: Rows = { examples: goal.rows, probes: varied(goal.probes, probeCount) };
  const padded = rows.probes.map((row) => row.some((text) => text !== text.trim()));
  const lowerTargets = goal.targets.map((t) => t.toLowerCase());
  const width = goal.rows[0]?.length ?? 0;
  const fields = Array.from({ length: width }, (_, field) => fieldItem(rows, field) as TextItem);
  let stored = 0;
  let newest: TextItem[] = [];
  const pieces: TextItem[] = [];
  const elements: TextItem[] = [];

  /** Keeps the item where it is new or better; gives it back where it leads its group. */
  const keep = (item: TextItem, keepAnyway: boolean): TextItem | undefined => {
    const key = keyOf(item.values);
    let group = groups.get(key);
    if (!group && !keepAnyway && !usable(item.values)) return undefined;
    if (stored > maxStoredCharacters) return undefined;
    if (!group) {
      group = [];
      groups.set(key, group);
      stored += key.length;
    }
    const elsewhere = keyOf(item.probes);
    if (isPlain(item.expr)) {
      const same = `${key}\u0002${elsewhere}`;
      if ((plain.get(same)?.cost ?? Number.POSITIVE_INFINITY) > item.cost) plain.set(same, item);
    }
    const twin = group.findIndex((other) => rows.probes.length > 0 && keyOf(other.probes) === elsewhere);
    if (twin >= 0) {
      if ((group[twin]?.cost ?? 0) <= item.cost) return undefined;
      group.splice(twin, 1);
    }
    group.push(item);
    group.sort((a, b) => a.cost - b.cost);
    group.length = Math.min(group.length, keptPerGroup);
    return group[0] === item ? item : undefined;
  };

  /** What a text costs beyond its operations: what it fails to find, and looks that come about by coincidence. */
  const oddness = (
    values: readonly string[],
    probes: readonly (string | undefined)[],
    noun: string | undefined,
  ): number => {
    const missing = values.filter((value) => value === "").length / values.length;
    // Where the rows themselves have blanks around them, it is no sign of a bad cut that some are left.
    const judged = probes.filter((value, i): value is string => value !== undefined && !padded[i]);
    const strange = missing > 0 ? 0 : strangeness(values, judged) * 0.6;
    const failing = probes.filter((value) => value === undefined).length / Math.max(probes.length, 1);
    // Blanks around a piece, or a comma at its end, fit the output by coincidence more often than by intent.
    const ragged = values.some((value) => value !== value.trim() || /[^\s,;:][,;:]$/.test(value)) ? 1.2 : 0;
    // A run that is always one character long is so by chance.
    const chance = noun?.startsWith("run") && values.every((value) => value.length <= 1) ? 1.2 : 0;
    return missing * 2.5 + strange + ragged + chance + failing * 4;
  };

  const extend = (base: TextItem, { op, lister }: Move, keepAnyway: boolean): TextItem | undefined => {
    const give = (text: string): string | undefined =>
      op.apply((lister ? lister.cut(text) : text) as never) as string | undefined;
    const values: string[] = [];
    let isSame = true;
    let isEmpty = true;
    for (const text of base.values) {
      const value = give(text);
      if (value === undefined) return undefined;
      if (value !== text) isSame = false;
      if (value !== "") isEmpty = false;
      values.push(value);
    }
    if (isSame || isEmpty) return undefined;
    if (!keepAnyway && !usable(values) && !groups.has(keyOf(values))) return undefined;
    const before = base.expr.kind === "apply" ? base.expr.op : undefined;
    const { traits } = op;
    const rewritten =
      traits?.rearranges && before && before.traits?.pick === undefined && !before.traits?.keepsMarks
        ? 3
        : traits?.pick !== undefined && before?.traits?.replaces
          ? 2
          : 0;
    const digitCut =
      !lister &&
      base.expr.kind === "field" &&
      isAmount(base) &&
      values.some((v, i) => v.length < (base.values[i] ?? "").length);
    const own =
      op.cost +
      (lister?.op.cost ?? 0) +
      rewritten +
      (before ? 0.3 : 0) +
      (before?.traits?.rearranges ? 1.5 : 0) +
      (digitCut ? digitCutCost : 0);
    const from = lister ? applyExpr(lister.op, [base.expr]) : base.expr;
    const expr = applyExpr(op, [from], base.expr.cost + own);
    const probes = base.probes.map((text) => (text === undefined ? undefined : give(text as string)));
    const item: TextItem = { expr, values, probes, cost: expr.cost + oddness(values, probes, traits?.noun) };
    return keep(item, keepAnyway);
  };

  /** Only the letter case stands between the item and the outputs. */
  const nearly = (values: readonly string[]): boolean =>
    values.every((v, i) => (lowerTargets[i] ?? "").includes(v.toLowerCase()));

  return {
    groups,
    rows,
    grow(depth, deadline) {
      if (depth === 1)
        for (const field of fields) {
          if (field.values.every((value) => value === "")) continue;
          const missing = field.values.filter((value) => value === "").length / field.values.length;
          const item = keep({ ...field, cost: field.cost + missing * 2.5 }, true);
          if (item) newest.push(item);
        }
      const bases = [...newest].sort((a, b) => a.cost - b.cost).slice(0, basesPerDepth[depth] ?? 100);
      newest = [];
      const moves = depth === 1 ? vocabulary.first : vocabulary.later;
      for (const base of bases)
        for (const move of isCleaned(base) ? [...moves, ...vocabulary.afterCleaning] : moves) {
          if (deadline.expired()) return;
          const item = extend(base, move, depth < 2);
          if (!item) continue;
          newest.push(item);
          if (depth === 1 && isPiece(item)) pieces.push(item);
          if (depth === 1 && isElement(item)) elements.push(item);
        }
      if (depth > 1)
        for (const base of newest.slice(0, 400))
          if (nearly(base.values))
            for (const op of caseOps) {
              if (deadline.expired()) return;
              extend(base, { op }, false);
            }
    },
    readable(most) {
      const whole = fields.filter((field) => field.values.some((value) => value !== ""));
      return [...whole, ...pieces.sort((a, b) => a.cost - b.cost)].slice(0, most);
    },
    plainer: (item) => (isPlain(item.expr) ? undefined : plain.get(`${keyOf(item.values)}\u0002${keyOf(item.probes)}`)),
    testable(most) {
      const whole = fields.filter((field) => field.values.some((value) => value !== ""));
      return [...whole, ...elements.sort((a, b) => a.cost - b.cost)].slice(0, most);
    },
    add(item) {
      const values = item.values;
      if (!values.every((value) => typeof value === "string") || values.every((value) => value === "")) return;
      const probes = item.probes as readonly (string | undefined)[];
      keep({ ...item, values, cost: item.cost + oddness(values, probes, undefined) }, false);
    },
  };
}

/** A whole text from which all marks, or all but the digits, were taken. */
const isCleaned = ({ expr }: TextItem): boolean =>
  expr.kind === "apply" && expr.args[0]?.kind === "field" && expr.op.traits?.cleans === true;

const isPlain = (expr: Expr): boolean =>
  operations(expr).every(({ helpers = [] }) => helpers.every(({ js }) => js === ""));

const isElement = ({ expr }: TextItem): boolean => expr.kind === "apply" && expr.op.traits?.pick !== undefined;

/** What was cut out as an element, not by position: numbers and dates stand between marks. */
function isPiece({ expr, values }: TextItem): boolean {
  if (expr.kind !== "apply" || !values.some((value) => /\p{N}/u.test(value))) return false;
  const { traits, key } = expr.op;
  return traits?.pick !== undefined || key.includes(".match(") || key.includes(".find(") || key.includes(".indexOf(");
}
