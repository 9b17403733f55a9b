/** Outputs that hold every element of a list in another form: the change is learned from the elements, then joined. */
import type { Deadline } from "../../deadline.ts";
import type { Op } from "../language/expr.ts";
import { type Item, makeItem } from "../language/item.ts";
import { caseOps } from "../text/case-ops.ts";
import { cuts } from "../text/cut-ops.ts";
import { chunks, type Lister } from "../text/list-ops.ts";
import { mapOp } from "../text/map-ops.ts";
import { replacements, wholeOps } from "../text/shape-ops.ts";
import type { TextItem } from "./pool.ts";
import type { Vocabulary } from "./vocabulary.ts";

const maxElements = 400;

/** Joined lists that give the targets, or (with `glue` undefined) the wanted lists. */
export function mappedLists(
  texts: readonly TextItem[],
  wanted: readonly (readonly string[])[],
  glue: string | undefined,
  { listers, unicode, glues }: Vocabulary,
  deadline: Deadline,
): Item[] {
  const found: Item[] = [];
  const pieces = wanted.flat();
  if (pieces.length === 0 || pieces.length > maxElements) return found;
  const steps = [...caseOps, ...wholeOps(unicode), ...cuts(4), ...padding(pieces)];
  for (const text of texts)
    for (const lister of [...listers, ...(glue === undefined ? [] : [chunks(2, 2), chunks(3, 2.2)])]) {
      if (deadline.expired()) return found;
      const lists = text.values.map((value) => lister.cut(value));
      if (lists.some((list, i) => list.length !== wanted[i]?.length)) continue;
      for (const change of changesFor(lists.flat(), pieces, steps, glues)) {
        const item = mapped(text, lister, change, glue);
        if (item) found.push(item);
      }
    }
  return found.sort((a, b) => a.cost - b.cost);
}

function mapped(text: Item, lister: Lister, change: readonly Op[], glue: string | undefined): Item | undefined {
  const list = makeItem(lister.op, [text]);
  return list && makeItem(mapOp(lister, change, glue), [list], 0.5);
}

function padding(pieces: readonly string[]): Op[] {
  const widths = new Set(pieces.filter((piece) => /^0\d/.test(piece)).map((piece) => piece.length));
  if (widths.size !== 1) return [];
  const [width = 2] = widths;
  return [
    {
      ...{ key: `pad ${width}`, gives: "text", cost: 1.4 },
      apply: (text: string) => text.padStart(width, "0"),
      js: (text) => `${text?.tight}.padStart(${width}, "0")`,
      py: (text) => `${text?.tight}.rjust(${width}, "0")`,
      say: (what) => `${what} padded with zeros to ${width} digits`,
    },
  ];
}

/** Chains of at most two operations that turn each text into its piece, cheapest first. */
function changesFor(
  texts: readonly string[],
  pieces: readonly string[],
  steps: readonly Op[],
  glues: readonly string[],
): Op[][] {
  const give = (op: Op, values: readonly string[]): string[] | undefined => {
    const given: string[] = [];
    for (const value of values) {
      const next = op.apply(value as never);
      if (typeof next !== "string") return undefined;
      given.push(next);
    }
    return given;
  };
  const fits = (values: readonly string[]): boolean => values.every((value, i) => value === pieces[i]);
  const found: Op[][] = [];
  if (fits(texts)) found.push([]);
  const marks = [...new Set(texts.flatMap((text) => text.slice(0, 200).match(/[^\p{L}\p{N}]/gu) ?? []))].slice(0, 8);
  const all = [
    ...steps,
    ...marks.flatMap((mark) => glues.flatMap((to) => (to === mark ? [] : replacements(mark, to, 2)))),
  ];
  const partial: [Op, string[]][] = [];
  for (const op of all) {
    const values = give(op, texts);
    if (!values) continue;
    if (fits(values)) found.push([op]);
    else if (values.some((value, i) => value !== texts[i])) partial.push([op, values]);
  }
  if (found.length === 0)
    for (const [first, values] of partial)
      for (const op of all) {
        const twice = give(op, values.slice(0, 4));
        if (!twice?.every((value, i) => value === pieces[i])) continue;
        const rest = give(op, values);
        if (rest && fits(rest)) found.push([first, op]);
      }
  const cost = (change: readonly Op[]): number => change.reduce((sum, op) => sum + op.cost, 0);
  return found.sort((a, b) => cost(a) - cost(b)).slice(0, 4);
}
