/**
 * The conversation's questions, of which only those in sight are on the page. It holds on to its end while an answer
 * grows, unless the person scrolled up, and to what is being read while earlier questions are put before it.
 */
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, type KeyboardEvent, useCallback, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { useServices } from "./services.ts";
import type { PanelState } from "./state.ts";
import { TurnView } from "./turn.tsx";
import type { Turn } from "./turn-state.ts";

/** Closer to the end than this, in pixels, counts as reading along. */
const nearEnd = 48;
/** Between two questions, in pixels. */
const gap = 24;
/** Nobody is in the midst of reading an answer of fewer characters. */
const fewWords = 600;
/** Questions from the beginning at which earlier ones are asked for. */
const nearStart = 4;

interface TurnListProps {
  readonly state: PanelState;
  readonly scroller: HTMLElement | null;
}

export function TurnList({ state, scroller }: TurnListProps) {
  const { panel } = useServices();
  const { turns, editing, earlier, loadingEarlier, conversation } = state;
  const [focused, setFocused] = useState<string | null>(null);
  const goTo = useRef<number | null>(null);
  const positions = new Map(turns.map(({ id }, index) => [id, index]));
  const pinned = [focused, editing].flatMap((id) => positions.get(id ?? "") ?? []);

  const rangeExtractor = (range: Range): number[] => {
    // What has the focus stays on the page, wherever it is scrolled to.
    const shown = new Set([...defaultRangeExtractor(range), ...pinned]);
    return [...shown].sort((a, b) => a - b);
  };
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: turns.length,
    getScrollElement: () => scroller,
    getItemKey: useCallback((index: number) => turns[index]?.id ?? index, [turns]),
    estimateSize: useCallback((index: number) => estimate(turns[index]), [turns]),
    rangeExtractor,
    // About where the end is: what stands at the beginning is not drawn only to be left.
    initialOffset: () => {
      const height = turns.reduce((sum, turn) => sum + estimate(turn) + gap, 0);
      return Math.max(0, height - (scroller?.clientHeight ?? 0));
    },
    overscan: 2,
    gap,
    paddingStart: 8,
    paddingEnd: 16,
    scrollPaddingStart: 8,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: nearEnd,
  });

  // A question that was just asked, and a conversation that was just opened, are shown at their end.
  const last = turns.at(-1)?.id;
  const opened = conversation?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another question is the last one
  useLayoutEffect(() => {
    virtualizer.scrollToEnd();
  }, [last, opened, scroller]);

  // A program that came with no more than a few words is read from its beginning: how it was proven stands above its code.
  const newest = turns.at(-1);
  const waited = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (newest?.status === "running") waited.current = newest.text.length < fewWords ? newest.id : null;
    else if (newest && waited.current === newest.id) {
      waited.current = null;
      if (newest.program !== null) virtualizer.scrollToIndex(turns.length - 1, { align: "start" });
    }
  });

  const items = virtualizer.getVirtualItems();
  // Of what is in sight: a question that only has the focus may stand far above. Null until there is something to see.
  const first = virtualizer.range?.startIndex ?? null;
  useLayoutEffect(() => {
    if (first !== null && first < nearStart && earlier !== null && !loadingEarlier) panel.loadEarlier();
  }, [first, earlier, loadingEarlier, panel]);

  useLayoutEffect(() => {
    const element = scroller?.querySelector<HTMLElement>(`[data-index="${goTo.current}"]`);
    if (!element) return;
    goTo.current = null;
    element.focus({ preventScroll: true });
  });
  /** Page Up and Page Down go from question to question, as the feed pattern has it. */
  const onKeyDown = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || (key !== "PageUp" && key !== "PageDown")) return;
    if (target.matches("textarea, input, pre, .table-scroll")) return;
    const at = Number(target.closest("[data-index]")?.getAttribute("data-index"));
    const to = at + (key === "PageUp" ? -1 : 1);
    if (!Number.isInteger(at) || to < 0 || to >= turns.length) return;
    event.preventDefault();
    goTo.current = to;
    virtualizer.scrollToIndex(to, { align: "start" });
    setFocused(turns[to]?.id ?? null);
  };
  const onFocus = ({ target }: FocusEvent): void =>
    setFocused(target.closest("[data-turn]")?.getAttribute("data-turn") ?? null);

  const stop = focused !== null && positions.has(focused) ? focused : last;
  const total = Math.max(conversation?.turns ?? 0, turns.length);
  const atEnd = virtualizer.isAtEnd(nearEnd * 2);
  return (
    <>
      {loadingEarlier ? <p className="loading-earlier">{strings.loadingEarlier}</p> : null}
      <div
        role="feed"
        aria-label={strings.conversation}
        aria-busy={loadingEarlier}
        className="turns"
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
      >
        {items.map(({ index, key, start }) => {
          const turn = turns[index];
          return turn === undefined ? null : (
            <article
              key={key}
              ref={virtualizer.measureElement}
              className="turn"
              data-index={index}
              data-turn={turn.id}
              aria-label={turn.question}
              aria-posinset={total - turns.length + index + 1}
              aria-setsize={total}
              tabIndex={turn.id === stop ? 0 : -1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <TurnView turn={turn} editing={turn.id === editing} later={turns.length - 1 - index} />
            </article>
          );
        })}
      </div>
      {atEnd ? null : (
        <div className="jump">
          <button type="button" className="jump-button" onClick={() => virtualizer.scrollToEnd()}>
            <Icon name="arrow-down" /> {strings.jumpToLatest}
          </button>
        </div>
      )}
    </>
  );
}

/** Height in pixels before it was measured: the closer, the steadier the scroll bar. */
function estimate(turn: Turn | undefined): number {
  if (turn === undefined) return 120;
  const lines = turn.text.length / 48 + turn.question.length / 40;
  return Math.min(4_000, 110 + lines * 20 + (turn.program === null ? 0 : 360));
}
