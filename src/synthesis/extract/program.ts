/** Programs the extraction room can say, and running them. Costs are in bits, roughly, as in the transform room. */
import type { JsonValue } from "../../contract/wire.ts";
import { type CellStyle, cellsOf } from "./cells.ts";
import { type Finder, findAll, findOne } from "./finder.ts";
import { type PairStyle, pairsOf } from "./pairs.ts";
import type { Node } from "./pattern.ts";

/** What stands for a text that is not there. */
export type Missing = null | "";

export interface Slot {
  readonly key: string;
  readonly missing: Missing;
}

export type Program = { readonly cost: number } & (
  | { readonly kind: "one"; readonly finder: Finder; readonly missing: Missing }
  | { readonly kind: "all"; readonly finder: Finder }
  /** One pattern with a named group for each field. */
  | {
      readonly kind: "line";
      readonly node: Node;
      readonly regExp: RegExp;
      readonly slots: readonly (Slot & { readonly group: string })[];
      readonly omit: boolean;
    }
  | { readonly kind: "fields"; readonly slots: readonly (Slot & { readonly finder: Finder })[]; readonly omit: boolean }
  | { readonly kind: "cell"; readonly style: CellStyle; readonly column: number; readonly missing: Missing }
  | { readonly kind: "cells"; readonly style: CellStyle }
  | {
      readonly kind: "columns";
      readonly style: CellStyle;
      readonly slots: readonly (Slot & { readonly column: number })[];
      readonly omit: boolean;
    }
  | {
      readonly kind: "pairs";
      readonly style: PairStyle;
      /** Absent where the record has every pair of the text. */
      readonly slots?: readonly (Slot & { readonly name: string })[];
      readonly omit: boolean;
    }
);

/** What the emitted program gives on a text. */
export function runProgram(program: Program, text: string): JsonValue {
  switch (program.kind) {
    case "one":
      return findOne(program.finder, text) ?? program.missing;
    case "all":
      return findAll(program.finder, text);
    case "line": {
      program.regExp.lastIndex = 0;
      const groups = program.regExp.exec(text)?.groups ?? {};
      return record(program.slots, program.omit, ({ group }) => groups[group]);
    }
    case "fields":
      return record(program.slots, program.omit, ({ finder }) => findOne(finder, text));
    case "cell":
      return cellsOf(text, program.style)[program.column] || program.missing;
    case "cells":
      return cellsOf(text, program.style);
    case "columns": {
      const cells = cellsOf(text, program.style);
      return record(program.slots, program.omit, ({ column }) => cells[column] || undefined);
    }
    case "pairs": {
      const pairs = pairsOf(text, program.style);
      if (!program.slots) return Object.fromEntries(pairs);
      return record(program.slots, program.omit, ({ name }) => pairs.get(name) || undefined);
    }
  }
}

function record<S extends Slot>(slots: readonly S[], omit: boolean, read: (slot: S) => string | undefined): JsonValue {
  const entries = slots.map((slot) => [slot.key, read(slot) ?? slot.missing] as const);
  return Object.fromEntries(omit ? entries.filter(([, value]) => value !== null) : entries);
}
