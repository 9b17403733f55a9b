/** The whole panel: header, conversation (or the empty state), composer, and one live region for screen readers. */
import { useEffect, useRef, useState } from "react";
import { strings } from "../shared/strings.ts";
import { useCodeActions } from "./code-view.tsx";
import { Composer } from "./composer.tsx";
import { EmptyState } from "./empty-state.tsx";
import { Header } from "./header.tsx";
import { DeletedNotice, HistoryPage } from "./history.tsx";
import { ReviewPage } from "./review.tsx";
import { usePanelState, useServices } from "./services.ts";
import { TurnList } from "./turn-list.tsx";

export function App() {
  const state = usePanelState();
  const { panel } = useServices();
  const { history, review, turns } = state;
  // A state, not a ref: the list inside is drawn before its scroller stands on the page, and once more after that.
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  useCodeActions(scroller);
  return (
    <div className="panel">
      {/* Hidden, not taken away: the conversation keeps its place while another one is looked for. */}
      <div className="chat" inert={history.open || review.open}>
        <Header state={state} />
        <main className="conversation" ref={setScroller} aria-label={strings.conversation}>
          {turns.length === 0 ? (
            <EmptyState backend={state.backend} />
          ) : (
            <TurnList key={state.view} state={state} scroller={scroller} />
          )}
        </main>
        {history.open ? null : (
          <DeletedNotice deleted={state.deleted} onGone={() => panel.dispatch({ type: "focus" })} />
        )}
        <Composer state={state} />
      </div>
      {history.open ? (
        <div className="history-cover">
          <HistoryPage state={state} />
        </div>
      ) : null}
      {review.open ? (
        <div className="history-cover">
          <ReviewPage state={state} />
        </div>
      ) : null}
      <Announcer words={state.announcement} />
    </div>
  );
}

/** Says one thing after the other; the same words said again are a change, too. */
function Announcer({ words }: { readonly words: string }) {
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (region.current !== null) region.current.textContent = words;
  }, [words]);
  return <div ref={region} className="visually-hidden" role="status" aria-live="polite" />;
}
