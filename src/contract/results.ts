/**
 * What the results grid (a webview in the editor area) and the extension host say to each other. The grid holds only
 * the rows near those that are seen: it asks for pages of a view, and a view is a filter, a search and an order.
 */

export const resultFilters = ["all", "failed", "unsure", "changed"] as const;
export type ResultFilter = (typeof resultFilters)[number];

/** How a row went: `kept` had its output already, `broken` could not be read. */
export type ResultRowState = "done" | "failed" | "kept" | "broken";

export interface ResultRow {
  /** In the file that was read, counted from 1. */
  readonly line: number;
  readonly state: ResultRowState;
  readonly changed: boolean;
  readonly unsure: boolean;
  /** Why it failed. */
  readonly reason?: string;
  /** One for each column; a row that is broken has one cell, with its whole text. Each is cut to 2,000 characters. */
  readonly cells: readonly string[];
}

export interface ResultInfo {
  /** Name of the file that was read. */
  readonly name: string;
  /** Names of the columns. Null: rows are lines, with input and output, or with the output alone. */
  readonly columns: readonly string[] | null;
  readonly width: number;
  /** Where the outputs stand. */
  readonly outputColumn: number;
  readonly counts: Readonly<Record<ResultFilter, number>>;
  /** "10,000 rows: 9,998 done, 2 failed (lines 17, 403)." */
  readonly summary: string;
  /** Rows on which the program failed, which may be run again: not those that could not be read. */
  readonly again: number;
}

export interface ResultSort {
  readonly column: number;
  readonly descending: boolean;
}

export interface ResultView {
  readonly filter: ResultFilter;
  /** Rows with this text in a cell; empty: all. */
  readonly search: string;
  /** Null: as in the file. */
  readonly sort: ResultSort | null;
}

export type FromResults =
  | { readonly type: "ready" }
  | ({ readonly type: "setView" } & ResultView)
  /** Positions in the view, from 0. */
  | { readonly type: "getPage"; readonly viewId: number; readonly from: number; readonly count: number }
  | { readonly type: "copyCell"; readonly viewId: number; readonly row: number; readonly column: number }
  /** Both ends are copied. */
  | { readonly type: "copyRows"; readonly viewId: number; readonly from: number; readonly to: number }
  | { readonly type: "openInEditor" }
  | { readonly type: "saveAs" }
  | { readonly type: "runAgain" };

export type ToResults =
  | { readonly type: "result"; readonly result: ResultInfo }
  /** The view that is shown from now on; pages are asked for by its id. */
  | { readonly type: "view"; readonly viewId: number; readonly view: ResultView; readonly total: number }
  | { readonly type: "page"; readonly viewId: number; readonly from: number; readonly rows: readonly ResultRow[] }
  | { readonly type: "copied"; readonly rows: number }
  /** A search or a sort is under way. */
  | { readonly type: "working" }
  | { readonly type: "failed"; readonly message: string };
