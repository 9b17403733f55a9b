/** Goes through a whole result once, to search and sort it: in the worker thread, for what a million rows take. */
import { closeSync, openSync, readSync } from "node:fs";
import type { Encoding } from "./encoding.ts";
import type { RunOrder } from "./journal.ts";
import { openResult, shownBytes, textOfRow } from "./result-rows.ts";
import { passes, type RowFilter, RowIndex } from "./row-index.ts";

export interface ScanWork {
  readonly kind: "scan";
  readonly order: RunOrder;
  readonly result: string;
  /** Entries as `RowIndex` has them. */
  readonly rows: Uint8Array;
  readonly filter: RowFilter;
  /** Rows with this in a cell, in large letters or small; empty: all. */
  readonly search: string;
  readonly sort: { readonly column: number; readonly descending: boolean } | null;
}

/** Numbers of the rows that are wanted, in the order that is wanted. */
export async function scan({ order, result, rows, filter, search, sort }: ScanWork): Promise<Uint32Array> {
  const table = await openResult(result, order);
  const index = new RowIndex(Buffer.from(rows.buffer as ArrayBuffer, rows.byteOffset, rows.byteLength));
  const outputs = new Window(table.path, table.encoding);
  const inputs = table.inputs === undefined ? undefined : new Window(table.inputs, table.encoding);
  const wanted = search.toLowerCase();
  const found: number[] = [];
  const keys: string[] = [];
  try {
    for (let row = 0; row < index.length; row++) {
      if (!passes(index, row, filter)) continue;
      const { from, length, sourceFrom, sourceLength } = index.get(row);
      const cells = table.cells(outputs.text(from, length), inputs?.text(sourceFrom, sourceLength));
      if (wanted !== "" && !cells.some((cell) => cell.toLowerCase().includes(wanted))) continue;
      found.push(row);
      if (sort) keys.push(flat(cells[sort.column] ?? ""));
    }
  } finally {
    outputs.close();
    inputs?.close();
  }
  return sort ? sorted(found, keys, sort.descending) : Uint32Array.from(found);
}

/** By number where every cell that is not empty is one, else by text without regard to large and small; empty ones last. */
function sorted(rows: readonly number[], keys: readonly string[], descending: boolean): Uint32Array {
  const filled = [...rows.keys()].filter((at) => keys[at] !== "");
  const empty = [...rows.keys()].filter((at) => keys[at] === "");
  const numbers = Float64Array.from(keys, (key) => (key === "" ? 0 : Number(key)));
  const byNumber = filled.every((at) => Number.isFinite(numbers[at]));
  const key = (at: number): number | string => (byNumber ? (numbers[at] ?? 0) : (keys[at] ?? ""));
  const direction = descending ? -1 : 1;
  filled.sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left === right ? a - b : left < right ? -direction : direction;
  });
  return Uint32Array.from([...filled, ...empty], (at) => rows[at] ?? 0);
}

/** A copy that does not keep the row it was cut from in memory; long texts are told apart by their start. */
function flat(cell: string): string {
  return Buffer.from(cell.trim().slice(0, 64).toLowerCase()).toString();
}

/** Reads a file from its start to its end, a piece at a time. */
class Window {
  readonly #file: number;
  readonly #encoding: Encoding;
  readonly #bytes = Buffer.alloc(1_000_000);
  #from = 0;
  #length = 0;

  constructor(path: string, encoding: Encoding) {
    this.#file = openSync(path, "r");
    this.#encoding = encoding;
  }

  text(from: number, length: number): string {
    const size = Math.min(length, shownBytes);
    if (from < this.#from || from + size > this.#from + this.#length) {
      this.#from = from;
      this.#length = readSync(this.#file, this.#bytes, 0, this.#bytes.length, from);
    }
    const at = from - this.#from;
    return textOfRow(this.#encoding, this.#bytes.subarray(at, at + size));
  }

  close(): void {
    closeSync(this.#file);
  }
}
