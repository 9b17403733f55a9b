/** Where the arrow keys and their like lead in a grid (WAI-ARIA, grid pattern). Pure. */
import type { Selection } from "./store.ts";

export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that a page of the window has. */
  readonly page: number;
}

export interface Key {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
}

/** The selection after a key; undefined for keys that do not move it. */
export function moved(
  { row, column, anchor }: Selection,
  { key, ctrl, shift }: Key,
  extent: Extent,
): Selection | undefined {
  const last = extent.rows - 1;
  const to = (nextRow: number, nextColumn = column): Selection => {
    const at = Math.max(-1, Math.min(last, nextRow));
    const keeps = shift && at >= 0 && row >= 0;
    return { row: at, column: Math.max(0, Math.min(extent.columns - 1, nextColumn)), anchor: keeps ? anchor : at };
  };
  switch (key) {
    case "ArrowDown":
      return to(row + 1);
    case "ArrowUp":
      return to(shift ? Math.max(0, row - 1) : row - 1);
    case "ArrowRight":
      return to(row, column + 1);
    case "ArrowLeft":
      return to(row, column - 1);
    case "PageDown":
      return to(row + extent.page);
    case "PageUp":
      return to(Math.max(0, row - extent.page));
    case "Home":
      return ctrl ? to(0, 0) : to(row, 0);
    case "End":
      return ctrl ? to(last, extent.columns - 1) : to(row, extent.columns - 1);
    case "a":
      return ctrl && last >= 0 ? { row: last, column, anchor: 0 } : undefined;
    default:
      return undefined;
  }
}
