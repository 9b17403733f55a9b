/** Under an answer: thumbs with an optional comment, answer again, copy; who answered and what it took. */
import { useEffect, useRef, useState } from "react";
import type { AnswerSummary } from "../../src/contract/webview.ts";
import { Icon, IconButton } from "../shared/button.tsx";
import { isComposing } from "../shared/composing.ts";
import { useRoving } from "../shared/roving.ts";
import { strings } from "../shared/strings.ts";
import { useServices } from "./services.ts";
import type { Rating, Turn } from "./turn-state.ts";

export function AnswerBar({ turn, last }: { readonly turn: Turn; readonly last: boolean }) {
  const { panel } = useServices();
  const [commenting, setCommenting] = useState<Rating | null>(null);
  const [thanked, setThanked] = useState(false);
  const roving = useRoving<HTMLDivElement>("horizontal");
  // Nothing to speak of: what can be done stands above.
  if (turn.status === "running" || (turn.text === "" && turn.program === null)) return null;

  const rate = (rating: Rating): void => {
    const next = turn.rating === rating ? null : rating;
    setThanked(false);
    setCommenting(next);
    panel.rate(turn.id, next, "");
  };
  const close = (): void => {
    setCommenting(null);
    const pressed = roving.ref.current?.querySelector<HTMLElement>('[aria-pressed="true"]');
    (pressed ?? roving.ref.current?.querySelector("button"))?.focus();
  };
  const thumb = (rating: Rating) => {
    const on = turn.rating === rating;
    const name = `thumbs${rating === "up" ? "up" : "down"}${on ? "-filled" : ""}`;
    const label = rating === "up" ? strings.rateUp : strings.rateDown;
    return <IconButton rove icon={name} label={label} aria-pressed={on} onClick={() => rate(rating)} />;
  };
  return (
    <div className="answer-end">
      <div className="answer-bar">
        <div className="answer-actions" role="toolbar" aria-label={strings.answerActions} {...roving}>
          {thumb("up")}
          {thumb("down")}
          {turn.text === "" ? null : (
            <IconButton
              rove
              icon="copy"
              label={strings.copyAnswer}
              onClick={() => panel.post({ type: "copyCode", code: turn.text })}
            />
          )}
          {last && turn.status === "done" ? (
            <IconButton rove icon="refresh" label={strings.regenerate} onClick={() => panel.askAgain(turn.id)} />
          ) : null}
        </div>
        {turn.summary === null ? null : <Summary summary={turn.summary} />}
      </div>
      {commenting === null ? null : (
        <Comment
          rating={commenting}
          onClose={close}
          onSend={(comment) => {
            panel.rate(turn.id, commenting, comment);
            panel.dispatch({ type: "say", words: strings.thanks });
            setThanked(true);
            close();
          }}
        />
      )}
      {thanked ? (
        <p className="dim note">
          <Icon name="check" /> <span>{strings.thanks}</span>
        </p>
      ) : null}
    </div>
  );
}

interface CommentProps {
  readonly rating: Rating;
  readonly onSend: (comment: string) => void;
  readonly onClose: () => void;
}

function Comment({ rating, onSend, onClose }: CommentProps) {
  const [text, setText] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  const words = rating === "up" ? strings.commentUp : strings.commentDown;
  useEffect(() => box.current?.focus(), []);
  const send = (): void => (text.trim() === "" ? onClose() : onSend(text.trim()));
  return (
    <form
      className="comment"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={box}
        rows={1}
        maxLength={4_000}
        aria-label={words}
        placeholder={words}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === "Escape") {
            event.stopPropagation();
            onClose();
          }
          if (event.key !== "Enter" || event.shiftKey) return;
          event.preventDefault();
          send();
        }}
      />
      <IconButton icon="send" label={strings.sendComment} onClick={send} />
      <IconButton icon="close" label={strings.cancel} onClick={onClose} />
    </form>
  );
}

/** Model · tokens · cost · time · cached. */
function Summary({ summary }: { readonly summary: AnswerSummary }) {
  const { model, usage, cached, elapsedMs } = summary;
  const tokens = usage === null ? 0 : usage.promptTokens + usage.completionTokens;
  const detail =
    usage === null || tokens === 0 ? undefined : strings.tokensDetail(usage.promptTokens, usage.completionTokens);
  const parts = [
    model === "offline" ? strings.offlineChoice : model,
    // Without a model there are none to tell.
    ...(usage === null && model !== "offline" ? [strings.tokensUnknown] : []),
    ...(tokens > 0 ? [strings.tokens(tokens)] : []),
    ...(usage === null || usage.costUsd === null ? [] : [strings.cost(usage.costUsd)]),
    strings.elapsed(elapsedMs),
    ...(cached ? [strings.cached] : []),
  ];
  return (
    <p className="summary" title={detail}>
      {parts.join(" · ")}
    </p>
  );
}
