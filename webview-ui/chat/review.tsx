/** The review queue in place of the conversation: one output after the other, by keys. */
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { ReviewVerdict } from "../../src/contract/review.ts";
import { IconButton } from "../shared/button.tsx";
import { ReviewCard } from "../shared/review-card.tsx";
import { strings } from "../shared/strings.ts";
import { useServices } from "./services.ts";
import type { PanelState } from "./state.ts";

/** More are asked for when so few are left. */
const fewLeft = 5;

export function ReviewPage({ state }: { readonly state: PanelState }) {
  const { panel, now } = useServices();
  const { queue } = state.review;
  const words = strings.review;
  const close = useRef<HTMLSpanElement>(null);
  const [first] = queue.items;
  const left = queue.items.length;
  const mayBeMore = queue.waiting === null || (left <= fewLeft && queue.waiting > left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each place in the queue
  useEffect(() => {
    if (mayBeMore) panel.post({ type: "getReview" });
  }, [panel, mayBeMore, queue.judged.size]);
  useEffect(() => {
    if (first === undefined) close.current?.querySelector("button")?.focus();
  }, [first]);

  const leave = (): void => {
    panel.dispatch({ type: "review", open: false });
    panel.dispatch({ type: "focus" });
  };
  const judge = (verdict: ReviewVerdict, label: string): void => {
    if (first === undefined) return;
    const { id, taskId } = first;
    if ("side" in verdict) panel.post({ type: "judgeDifference", id, taskId, side: verdict.side });
    else {
      const { right, expectedOutput } = verdict;
      const expected = expectedOutput === undefined ? null : JSON.stringify(expectedOutput);
      panel.post({ type: "judge", id, taskId, right, expected });
    }
    panel.dispatch({ type: "reviewed", step: "judged", words: words.said(label) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    leave();
  };
  return (
    <section className="review-page" aria-label={words.title} onKeyDown={onKeyDown}>
      <header className="header">
        <div className="header-line">
          <span ref={close} className="header-slot">
            <IconButton icon="arrow-left" label={strings.back} onClick={leave} />
          </span>
          <h1 className="header-title">{words.title}</h1>
          <span className="dim">{queue.waiting === null ? words.loading : words.waiting(queue.waiting)}</span>
        </div>
      </header>
      <div className="review-scroll">
        {queue.failure === null ? null : (
          <p className="error-text" role="alert">
            {words.notKept(queue.failure)}
          </p>
        )}
        {first === undefined ? (
          queue.waiting === null ? null : (
            <p className="dim">{words.empty}</p>
          )
        ) : (
          <ReviewCard
            key={first.id}
            item={first}
            words={words}
            ago={strings.ago(first.at, now())}
            mayJudge
            mayGoBack={queue.past.length > 0}
            onJudge={judge}
            onSkip={() => panel.dispatch({ type: "reviewed", step: "skipped", words: "" })}
            onBack={() => panel.dispatch({ type: "reviewed", step: "back", words: "" })}
          />
        )}
      </div>
    </section>
  );
}
