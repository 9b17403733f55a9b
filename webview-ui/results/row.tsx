// biome-ignore-all lint/a11y/useSemanticElements: a table has no cursor, and only some of its rows are in the page
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and tells which cell is active
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys
/** What stands in the grid: a column's head, and a row with its cells. */
import type { ResultRow } from "../../src/contract/results.ts";
import { Icon } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import type { Column } from "./columns.ts";
import type { Selection } from "./store.ts";

interface HeaderCellProps {
  readonly id: string;
  readonly column: number;
  readonly name: string;
  readonly active: boolean;
  /** Null: not sorted by it. */
  readonly sorted: boolean | null;
  readonly canSort: boolean;
  readonly onClick: () => void;
}

export function HeaderCell({ id, column, name, active, sorted, canSort, onClick }: HeaderCellProps) {
  return (
    <div
      id={id}
      role="columnheader"
      className={active ? "cell active" : "cell"}
      aria-colindex={column + 1}
      aria-sort={canSort ? (sorted === null ? "none" : sorted ? "descending" : "ascending") : undefined}
      title={name}
      onClick={onClick}
    >
      <span className={column === 0 ? "visually-hidden" : "text"}>{name}</span>
      {sorted === null ? null : <Icon name={sorted ? "arrow-down" : "arrow-up"} />}
    </div>
  );
}

interface RowProps {
  readonly number: number;
  readonly start: number;
  readonly row: ResultRow | undefined;
  readonly columns: readonly Column[];
  readonly selection: Selection;
  readonly onSelect: (column: number, extend: boolean) => void;
}

export function Row({ number, start, row, columns, selection, onSelect }: RowProps) {
  const from = Math.min(selection.row, selection.anchor);
  const to = Math.max(selection.row, selection.anchor);
  const selected = number >= from && number <= to;
  return (
    <div
      role="row"
      className={`row ${row?.state ?? "waiting"}`}
      aria-rowindex={number + 2}
      aria-selected={selected}
      style={{ transform: `translateY(${start}px)` }}
    >
      {columns.map((column, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: columns never change
          key={at}
          id={`cell-${number}-${at}`}
          role="gridcell"
          className={`cell ${column.kind}${selection.row === number && selection.column === at ? " active" : ""}`}
          aria-colindex={at + 1}
          onClick={({ shiftKey }) => onSelect(at, shiftKey)}
        >
          {row ? <Content row={row} column={column} /> : null}
        </div>
      ))}
    </div>
  );
}

const icons = { done: "check", failed: "error", kept: "dash", broken: "warning" } as const;

function Content({ row, column }: { readonly row: ResultRow; readonly column: Column }) {
  if (column.kind === "state") {
    const words = strings.results.states(row.state, row.unsure);
    return (
      <span className="mark" title={words}>
        <Icon name={row.unsure && row.state === "done" ? "question" : icons[row.state]} />
        <span className="visually-hidden">{words}</span>
      </span>
    );
  }
  if (column.kind === "line") return <>{row.line.toLocaleString("en-US")}</>;
  const text = column.kind === "reason" ? (row.reason ?? "") : (row.cells[column.place ?? 0] ?? "");
  return (
    <span className="text" title={text}>
      {text}
    </span>
  );
}
