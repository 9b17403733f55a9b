/** The whole panel: header, conversation (or the empty state), composer, and one live region for screen readers. */
import { type RefObject, useLayoutEffect, useRef } from "react";
import { strings } from "../shared/strings.ts";
import { useCodeActions } from "./code-view.tsx";
import { Composer } from "./composer.tsx";
import { EmptyState } from "./empty-state.tsx";
import { Header } from "./header.tsx";
import { usePanelState } from "./services.ts";
import { TurnView } from "./turn.tsx";

/** Closer to the end than this, in pixels, counts as reading along. */
const nearEnd = 48;

export function App() {
  const state = usePanelState();
  const scroller = useRef<HTMLElement>(null);
  useCodeActions(scroller);
  useFollow(scroller, state.turns.length, state.turns.at(-1));

  return (
    <div className="panel">
      <Header backend={state.backend} canClear={state.turns.length > 0} />
      <main className="conversation" ref={scroller} aria-label={strings.conversation}>
        {state.turns.length === 0 ? (
          <EmptyState backend={state.backend} />
        ) : (
          state.turns.map((turn) => <TurnView key={turn.id} turn={turn} />)
        )}
      </main>
      <Composer state={state} />
      <div className="visually-hidden" role="status" aria-live="polite">
        {state.announcement}
      </div>
    </div>
  );
}

/** Keeps the end in sight while the person reads along; leaves them alone once they scrolled up. */
function useFollow(scroller: RefObject<HTMLElement | null>, turnCount: number, last: unknown): void {
  const follows = useRef(true);
  const count = useRef(turnCount);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onScroll = (): void => {
      follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [scroller]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || last === undefined) return;
    if (turnCount > count.current) follows.current = true;
    count.current = turnCount;
    if (!follows.current) return;
    const toEnd = (): void => {
      element.scrollTop = element.scrollHeight;
    };
    toEnd();
    // Custom elements take their size a moment later.
    const frame = requestAnimationFrame(toEnd);
    return () => cancelAnimationFrame(frame);
  }, [scroller, turnCount, last]);
}
