/**
 * The grid without its looks: which view is shown, the pages of it that are at hand, and what is selected. It asks the
 * host for pages near those that are seen and forgets others, so that a million rows take the memory of some thousand.
 */
import type {
  FromResults,
  ResultFilter,
  ResultInfo,
  ResultRow,
  ResultSort,
  ResultView,
  ToResults,
} from "../../src/contract/results.ts";
import type { Host } from "../shared/vscode.ts";

export const pageRows = 100;
const maxPages = 60;

export interface Selection {
  /** In the view; -1: the header. */
  readonly row: number;
  /** Of the grid, where the first two are a row's state and its line. */
  readonly column: number;
  /** Where a range of rows began; the same as `row` where there is none. */
  readonly anchor: number;
}

export interface GridState {
  readonly result: ResultInfo | null;
  readonly view: ResultView;
  readonly viewId: number;
  readonly total: number;
  readonly pages: ReadonlyMap<number, readonly ResultRow[]>;
  readonly selection: Selection;
  readonly working: boolean;
  /** How many rows were copied last; null: nothing to tell. */
  readonly copied: number | null;
  readonly failure: string | null;
}

export interface GridStore {
  getState(): GridState;
  subscribe(listener: () => void): () => void;
  receive(message: ToResults): void;
  post(message: FromResults): void;
  /** Asks for what is missing of these rows. */
  need(from: number, to: number): void;
  rowAt(row: number): ResultRow | undefined;
  select(selection: Selection): void;
  setFilter(filter: ResultFilter): void;
  setSearch(search: string): void;
  /** Ascending, then descending, then as in the file. */
  sortBy(column: number): void;
  copy(): void;
}

const wholeView: ResultView = { filter: "all", search: "", sort: null };
const top: Selection = { row: 0, column: 2, anchor: 0 };

export function createGridStore(host: Pick<Host<FromResults>, "post">): GridStore {
  let state: GridState = {
    ...{ result: null, view: wholeView, viewId: 0, total: 0, pages: new Map(), selection: top },
    ...{ working: false, copied: null, failure: null },
  };
  const asked = new Set<number>();
  const listeners = new Set<() => void>();
  const change = (next: Partial<GridState>): void => {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  };
  const setView = (next: Partial<ResultView>): void => {
    const view = { ...state.view, ...next };
    change({ view, copied: null, failure: null });
    host.post({ type: "setView", ...view });
  };

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    receive(message) {
      switch (message.type) {
        case "result":
          return change({ result: message.result, working: false, failure: null });
        case "view": {
          asked.clear();
          const { viewId, view, total } = message;
          return change({ viewId, view, total, pages: new Map(), selection: top, working: false, copied: null });
        }
        case "page": {
          const page = Math.floor(message.from / pageRows);
          asked.delete(page);
          if (message.viewId !== state.viewId) return undefined;
          const pages = new Map(state.pages);
          pages.delete(page);
          pages.set(page, message.rows);
          for (const oldest of pages.keys()) if (pages.size > maxPages) pages.delete(oldest);
          return change({ pages });
        }
        case "copied":
          return change({ copied: message.rows });
        case "working":
          return change({ working: true, copied: null });
        case "failed":
          return change({ failure: message.message, working: false });
      }
    },
    post: (message) => host.post(message),
    need(from, to) {
      for (let page = Math.floor(from / pageRows); page <= Math.floor(to / pageRows); page++) {
        if (state.pages.has(page) || asked.has(page) || page * pageRows >= state.total) continue;
        asked.add(page);
        host.post({ type: "getPage", viewId: state.viewId, from: page * pageRows, count: pageRows });
      }
    },
    rowAt: (row) => state.pages.get(Math.floor(row / pageRows))?.[row % pageRows],
    select: (selection) => change({ selection, copied: null }),
    setFilter: (filter) => setView({ filter }),
    setSearch(search) {
      if (search !== state.view.search) setView({ search });
    },
    sortBy(column) {
      const { sort } = state.view;
      const next: ResultSort | null =
        sort?.column !== column ? { column, descending: false } : sort.descending ? null : { column, descending: true };
      setView({ sort: next });
    },
    copy() {
      const { row, anchor, column } = state.selection;
      const { viewId } = state;
      if (row < 0) return;
      const [from, to] = [Math.min(row, anchor), Math.max(row, anchor)];
      if (from !== to || column < 2) host.post({ type: "copyRows", viewId, from, to });
      else host.post({ type: "copyCell", viewId, row, column: column - 2 });
    },
  };
}
