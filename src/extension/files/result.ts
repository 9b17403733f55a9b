/** A finished run's result, as the grid asks for it: views of its rows, and pages of a view. No VS Code here. */
import { readFile } from "node:fs/promises";
import type { ResultInfo, ResultRow, ResultView } from "../../contract/results.ts";
import { scanInWorker } from "./in-worker.ts";
import type { RunFolder, RunOrder, RunState } from "./journal.ts";
import { openResult, type ResultTable, readRows } from "./result-rows.ts";
import { filters, passes, type RowFilter, RowIndex, RowState } from "./row-index.ts";

/** A run that came to its end. */
export interface FinishedRun {
  readonly order: RunOrder;
  readonly folder: RunFolder;
  readonly state: RunState;
}

const maxCellChars = 2_000;
const states = Object.fromEntries(Object.entries(RowState).map(([name, state]) => [state, name])) as Record<
  RowState,
  ResultRow["state"]
>;

export class FileResult {
  readonly run: FinishedRun;
  readonly index: RowIndex;
  readonly #table: ResultTable;
  readonly #bytes: Buffer;
  /** Numbers of the rows of the view; undefined: all, as in the file. */
  #rows: Uint32Array | undefined;

  private constructor(run: FinishedRun, table: ResultTable, bytes: Buffer) {
    this.run = run;
    this.index = new RowIndex(bytes);
    this.#table = table;
    this.#bytes = bytes;
  }

  /** @throws what the file system says where the result was moved or removed meanwhile */
  static async open(run: FinishedRun): Promise<FileResult> {
    const [table, bytes] = await Promise.all([openResult(run.folder.result, run.order), readFile(run.folder.rows)]);
    return new FileResult(run, table, bytes);
  }

  /** @param summary of the run, in the person's words */
  info(name: string, summary: string): ResultInfo {
    const counts: Record<RowFilter, number> = { all: 0, failed: 0, unsure: 0, changed: 0 };
    let again = 0;
    for (let row = 0; row < this.index.length; row++) {
      for (const filter of filters) if (passes(this.index, row, filter)) counts[filter] += 1;
      if (this.index.state(row) === RowState.failed) again += 1;
    }
    const { columns, inputs } = this.#table;
    const width = columns.length > 0 ? columns.length : inputs === undefined ? 1 : 2;
    const place = columns.indexOf(this.run.order.outputColumn ?? "");
    return {
      name,
      columns: columns.length > 0 ? columns : null,
      width,
      outputColumn: place < 0 ? width - 1 : place,
      counts,
      summary,
      again,
    };
  }

  /** Makes the view; gives how many rows it has. @param worker path of the worker's file */
  async setView({ filter, search, sort }: ResultView, worker: string, signal: AbortSignal): Promise<number> {
    if (search === "" && sort === null) {
      if (filter === "all") this.#rows = undefined;
      else this.#rows = Uint32Array.from(this.#passing(filter));
      return this.total;
    }
    const { order, folder } = this.run;
    const work = { kind: "scan", order, result: folder.result, rows: this.#bytes, filter, search, sort } as const;
    this.#rows = await scanInWorker(worker, work, signal);
    return this.total;
  }

  get total(): number {
    return this.#rows?.length ?? this.index.length;
  }

  /** Rows of the view from a position on; fewer at its end. */
  async page(from: number, count: number): Promise<ResultRow[]> {
    const numbers = Array.from({ length: Math.max(0, Math.min(count, this.total - from)) }, (_, at) =>
      this.#rows ? (this.#rows[from + at] ?? 0) : from + at,
    );
    const entries = numbers.map((row) => this.index.get(row));
    const cells = await readRows(this.#table, entries);
    return entries.map(({ line, state, changed, unsure, reason }, at) => {
      const why = this.run.state.reasons[reason - 1];
      return {
        line,
        state: states[state],
        changed,
        unsure,
        ...(why === undefined ? {} : { reason: why }),
        cells: (cells[at] ?? []).map((cell) => (cell.length > maxCellChars ? `${cell.slice(0, maxCellChars)}…` : cell)),
      };
    });
  }

  *#passing(filter: RowFilter): Generator<number> {
    for (let row = 0; row < this.index.length; row++) if (passes(this.index, row, filter)) yield row;
  }
}
