// biome-ignore-all lint/a11y/useSemanticElements: a table has no cursor, and only some of its rows are in the page
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and tells which cell is active
/** The rows, of which only those near the window are in the page. One tab stop; arrow keys move within (ARIA grid). */
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type KeyboardEvent, useEffect, useRef } from "react";
import type { ResultInfo } from "../../src/contract/results.ts";
import { strings } from "../shared/strings.ts";
import { type Column, columnsOf, widthsOf } from "./columns.ts";
import { moved } from "./keys.ts";
import { HeaderCell, Row } from "./row.tsx";
import type { GridState, GridStore, Selection } from "./store.ts";

const rowHeight = 24;
const headerHeight = 28;
/** A browser's elements end at some 33 million pixels. */
const maxRows = 1_200_000;
const overscan = 10;
/** Of the first two columns. */
const aboutWidth = 124;

interface GridProps {
  readonly store: GridStore;
  readonly state: GridState;
  readonly result: ResultInfo;
}

export function Grid({ store, state, result }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { selection, viewId } = state;
  const rows = Math.min(state.total, maxRows);
  const columns = columnsOf(result);
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    scrollPaddingEnd: headerHeight,
    // The row with the cursor stays in the page, so that a screen reader finds it.
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      return selection.row < 0 || seen.includes(selection.row) ? seen : [selection.row, ...seen].sort((a, b) => a - b);
    },
  });
  const items = virtual.getVirtualItems();
  useEffect(() => {
    if (viewId > 0) for (const { index } of items) store.need(index, index);
  }, [store, viewId, items]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new view begins at its top
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [viewId]);

  const select = (next: Selection): void => {
    store.select(next);
    if (next.row >= 0) virtual.scrollToIndex(next.row);
    const cell = scroller.current?.querySelector(`[aria-colindex="${next.column + 1}"][role="columnheader"]`);
    if (next.column !== selection.column) cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const ctrl = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const next = moved(
      selection,
      { key: event.key, ctrl, shift: event.shiftKey },
      { rows, columns: columns.length, page },
    );
    if (next) select(next);
    else if (ctrl && event.key === "c") store.copy();
    else if ((event.key === "Enter" || event.key === " ") && selection.row < 0) sort(store, columns, selection.column);
    else return;
    event.preventDefault();
  };

  // By the first rows that are seen; columns do not jump about while one scrolls or filters.
  const measured = useRef<readonly number[]>([]);
  const firstPage = state.pages.get(0);
  if (firstPage && firstPage.length > 0 && measured.current.length !== columns.length - 2)
    measured.current = widthsOf(columns, firstPage);
  const widths = measured.current.length > 0 ? measured.current : widthsOf(columns, []);
  const template = `40px 84px ${widths.map((width) => `minmax(${width}px, ${width}fr)`).join(" ")}`;
  const width = widths.reduce((sum, one) => sum + one, aboutWidth);
  const shape = { "--template": template, "--width": `${width}px` } as CSSProperties;
  return (
    <>
      {state.total > rows ? <p className="note">{strings.results.tooMany(rows, state.total)}</p> : null}
      <div
        ref={scroller}
        className="grid"
        role="grid"
        tabIndex={0}
        aria-label={strings.results.title(result.name)}
        aria-rowcount={state.total + 1}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        aria-activedescendant={`cell-${selection.row}-${selection.column}`}
        onKeyDown={onKeyDown}
        style={shape}
      >
        <div role="rowgroup" className="head">
          <div role="row" className="row" aria-rowindex={1}>
            {columns.map(({ name, place }, column) => (
              <HeaderCell
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never change, and two may have one name
                key={column}
                id={`cell--1-${column}`}
                column={column}
                name={name}
                active={selection.row < 0 && selection.column === column}
                sorted={place !== null && state.view.sort?.column === place ? state.view.sort.descending : null}
                canSort={place !== null}
                onClick={() => {
                  select({ row: -1, column, anchor: -1 });
                  sort(store, columns, column);
                }}
              />
            ))}
          </div>
        </div>
        <div role="rowgroup" className="body" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => (
            <Row
              key={index}
              number={index}
              start={start}
              row={store.rowAt(index)}
              columns={columns}
              selection={selection}
              onSelect={(column, extend) =>
                select({ row: index, column, anchor: extend && selection.row >= 0 ? selection.anchor : index })
              }
            />
          ))}
        </div>
      </div>
    </>
  );
}

function sort(store: GridStore, columns: readonly Column[], column: number): void {
  const place = columns[column]?.place;
  if (place !== null && place !== undefined) store.sortBy(place);
}
