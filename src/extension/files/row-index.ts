/**
 * Where each row of a result stands and how it went, in 32 bytes a row, so that a million rows can be shown, filtered
 * and resumed without being read. Blank rows are not in it. Pure; written to disk as it is.
 */
import { type ResultFilter, resultFilters } from "../../contract/results.ts";

/** How a row went. */
export const RowState = { done: 0, failed: 1, kept: 2, broken: 3 } as const;
export type RowState = (typeof RowState)[keyof typeof RowState];

export interface IndexedRow {
  /** In the result, in bytes, without its ending. */
  readonly from: number;
  readonly length: number;
  /** In the file that was read. */
  readonly sourceFrom: number;
  readonly sourceLength: number;
  readonly line: number;
  readonly state: RowState;
  /** Number of the reason in the list of reasons; 0: none. */
  readonly reason: number;
  /** What came out is not what went in, or what stood there before. */
  readonly changed: boolean;
  /** Programs that fit the examples disagree on it, or the program gave no answer. */
  readonly unsure: boolean;
}

export const entryBytes = 32;
const [changedBit, unsureBit, stateBits] = [4, 8, 3];

/** Entries of rows, in the order of the file. */
export class RowIndex {
  #bytes: Buffer;
  #length = 0;

  /** @param bytes Entries as they were written to disk. */
  constructor(bytes: Buffer = Buffer.alloc(0)) {
    this.#bytes = bytes;
    this.#length = Math.floor(bytes.length / entryBytes);
  }

  get length(): number {
    return this.#length;
  }

  add({ from, length, sourceFrom, sourceLength, line, reason, state, changed, unsure }: IndexedRow): void {
    const at = this.#length * entryBytes;
    if (at + entryBytes > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(64 * 1024, this.#bytes.length * 2));
      this.#bytes.copy(larger);
      this.#bytes = larger;
    }
    const bytes = this.#bytes;
    bytes.writeDoubleLE(from, at);
    bytes.writeDoubleLE(sourceFrom, at + 8);
    bytes.writeUInt32LE(line, at + 16);
    bytes.writeUInt32LE(length, at + 20);
    bytes.writeUInt32LE(sourceLength, at + 24);
    bytes.writeUInt16LE(reason, at + 28);
    bytes[at + 30] = state | (changed ? changedBit : 0) | (unsure ? unsureBit : 0);
    this.#length += 1;
  }

  get(row: number): IndexedRow {
    const bytes = this.#bytes;
    const at = row * entryBytes;
    return {
      from: bytes.readDoubleLE(at),
      sourceFrom: bytes.readDoubleLE(at + 8),
      line: bytes.readUInt32LE(at + 16),
      length: bytes.readUInt32LE(at + 20),
      sourceLength: bytes.readUInt32LE(at + 24),
      reason: bytes.readUInt16LE(at + 28),
      state: this.state(row),
      changed: this.isChanged(row),
      unsure: this.isUnsure(row),
    };
  }

  state(row: number): RowState {
    return ((this.#bytes[row * entryBytes + 30] ?? 0) & stateBits) as RowState;
  }

  isChanged(row: number): boolean {
    return ((this.#bytes[row * entryBytes + 30] ?? 0) & changedBit) !== 0;
  }

  isUnsure(row: number): boolean {
    return ((this.#bytes[row * entryBytes + 30] ?? 0) & unsureBit) !== 0;
  }

  /** The entries as bytes; a view, good until the next `add`. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length * entryBytes);
  }

  /** Forgets the entries, once they are on disk. */
  clear(): void {
    this.#length = 0;
  }
}

export const filters = resultFilters;
export type RowFilter = ResultFilter;

/** Whether a filter lets a row through. */
export function passes(index: RowIndex, row: number, filter: RowFilter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "failed":
      return index.state(row) === RowState.failed || index.state(row) === RowState.broken;
    case "unsure":
      return index.isUnsure(row);
    case "changed":
      return index.isChanged(row);
  }
}
