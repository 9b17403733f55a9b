/** The review queue: one output after the other, of one task or of all. The next one is shown at once. */
import { useEffect, useRef, useState } from "react";
import type { ReviewItem, ReviewVerdict } from "../../src/contract/review.ts";
import { ReviewCard } from "../shared/review-card.tsx";
import * as queues from "../shared/review-queue.ts";
import type { ApiError } from "./api.ts";
import { taskAddress } from "./link.ts";
import { paths } from "./paths.ts";
import { Trouble } from "./pieces.tsx";
import { asApiError } from "./resources.ts";
import { readWaiting, sendVerdict } from "./review-work.ts";
import { useDashboardState, useServices, whyNot } from "./services.ts";

/** More are read when so few are left. */
const fewLeft = 5;

export function ReviewPage({ taskId }: { readonly taskId: string | undefined }) {
  const { words, dashboard, now } = useServices();
  const { mayWrite } = useDashboardState();
  const [queue, setQueue] = useState(queues.emptyQueue);
  const [error, setError] = useState<ApiError | undefined>();
  const [said, setSaid] = useState("");
  const [pace, setPace] = useState<readonly number[]>([]);
  const reading = useRef(false);
  const left = queue.items.length;
  const isMore = queue.waiting === null || queue.waiting > left;
  /** What was read last had nothing new: it is not read again at once. */
  const exhausted = useRef(-1);

  useEffect(() => {
    if (reading.current || !isMore || left > fewLeft || exhausted.current === queue.judged.size) return;
    reading.current = true;
    const judged = queue.judged.size;
    readWaiting(dashboard.api, taskId)
      .then(
        ({ items, waiting }) => {
          exhausted.current = judged;
          setError(undefined);
          setQueue((before) => queues.loaded(before, items, waiting));
        },
        (failure: unknown) => {
          exhausted.current = judged;
          setError(asApiError(failure));
        },
      )
      .finally(() => {
        reading.current = false;
      });
  }, [dashboard, taskId, left, isMore, queue.judged.size]);

  const first = queue.items[0];
  const judge = (item: ReviewItem, verdict: ReviewVerdict, label: string): void => {
    setQueue(queues.judgedFirst);
    setSaid(words.review.said(label));
    setPace((times) => [...times, now()].slice(-20));
    sendVerdict(dashboard.api, item, verdict).then(
      () => dashboard.resources.changed((path) => path === paths.overview),
      (failure: unknown) => {
        const why = whyNot(asApiError(failure), words);
        setQueue((before) => queues.failed(before, item, words.review.notKept(why)));
      },
    );
  };
  return (
    <div className="review">
      <div className="review-head">
        <h1>{words.review.title}</h1>
        <p className="line dim">
          {queue.waiting === null ? words.review.loading : words.review.waiting(queue.waiting)}
          {queue.judged.size > 0 ? ` · ${words.reviewPage.done(queue.judged.size)}` : ""}
          {paceOf(pace) === null ? "" : ` · ${words.reviewPage.pace(paceOf(pace) ?? 0)}`}
        </p>
      </div>
      {error ? <Trouble error={error} /> : null}
      {mayWrite ? null : <p className="line">{words.reviewPage.mayNot}</p>}
      {queue.failure === null ? null : (
        <p className="trouble" role="alert">
          {queue.failure}
        </p>
      )}
      {first === undefined ? (
        queue.waiting === null ? null : (
          <p className="line">{words.review.empty}</p>
        )
      ) : (
        <ReviewCard
          key={first.id}
          item={first}
          words={words.review}
          ago={words.format.ago(first.at, now())}
          mayJudge={mayWrite}
          mayGoBack={queue.past.length > 0}
          onJudge={(verdict, label) => judge(first, verdict, label)}
          onSkip={() => setQueue(queues.skippedFirst)}
          onBack={() => setQueue(queues.back)}
        />
      )}
      {first === undefined ? null : (
        <p className="line dim">
          <a href={taskAddress(first.taskId)}>{first.taskName}</a>
        </p>
      )}
      <div className="visually-hidden" role="status">
        {said}
      </div>
    </div>
  );
}

/** Verdicts a minute over the last ones; null until there are five. */
function paceOf(times: readonly number[]): number | null {
  const [first, last] = [times[0], times.at(-1)];
  if (times.length < 5 || first === undefined || last === undefined || last === first) return null;
  return ((times.length - 1) * 60_000) / (last - first);
}
