/** One output (or two that differ) with the verdicts there are; single keys work while the focus is on the card. */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { ReviewItem, ReviewVerdict } from "../../src/contract/review.ts";
import type { JsonValue } from "../../src/contract/wire.ts";
import { CorrectionBox } from "./review-correction.tsx";
import type { englishReview } from "./words/english-review.ts";

export type ReviewWords = ReturnType<typeof englishReview>;

interface ReviewCardProps {
  readonly item: ReviewItem;
  readonly words: ReviewWords;
  /** "5 minutes ago". */
  readonly ago: string;
  readonly mayJudge: boolean;
  readonly mayGoBack: boolean;
  readonly onJudge: (verdict: ReviewVerdict, words: string) => void;
  readonly onSkip: () => void;
  readonly onBack: () => void;
}

/** A verdict, or a step, with its key: the letter on the keyboard's key, in whatever script it writes. */
interface Choice {
  readonly code: string;
  readonly label: string;
  readonly tone?: "good" | "bad";
  readonly disabled?: boolean;
  readonly act: () => void;
}

export function ReviewCard(props: ReviewCardProps) {
  const { item, words, ago, mayJudge, mayGoBack, onJudge, onSkip, onBack } = props;
  const [correcting, setCorrecting] = useState(false);
  const card = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the next item takes the focus, so that its keys work
  useEffect(() => {
    setCorrecting(false);
    card.current?.focus({ preventScroll: true });
  }, [item.id]);

  const choice = (code: string, label: string, act: () => void, more: Partial<Choice> = {}): Choice => ({
    ...{ code, label, act, ...more },
  });
  const side = (code: string, label: string, which: "candidate" | "incumbent" | "both" | "neither" | "unsure") =>
    choice(code, label, () => onJudge({ side: which }, label), { disabled: !mayJudge });
  const failedRun = item.kind === "execution" && item.failure !== null;
  const verdicts: Choice[] =
    item.kind === "disagreement"
      ? [
          side("Digit1", words.firstRight(item.incumbentVersion), "incumbent"),
          side("Digit2", words.firstRight(item.candidateVersion), "candidate"),
          side("KeyB", words.both, "both"),
          side("KeyN", words.neither, "neither"),
          side("KeyU", words.unsure, "unsure"),
        ]
      : [
          choice("KeyA", words.right, () => onJudge({ right: true }, words.right), {
            disabled: !mayJudge || failedRun,
            tone: "good",
          }),
          choice("KeyR", words.wrong, () => onJudge({ right: false }, words.wrong), {
            disabled: !mayJudge,
            tone: "bad",
          }),
          choice("KeyC", words.correct, () => setCorrecting(true), { disabled: !mayJudge }),
        ];
  const steps = [choice("KeyS", words.skip, onSkip), choice("KeyZ", words.back, onBack, { disabled: !mayGoBack })];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (correcting || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const found = [...verdicts, ...steps].find(({ code, disabled }) => code === event.code && !disabled);
    if (!found) return;
    event.preventDefault();
    found.act();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    <div
      ref={card}
      className="review-card"
      role="group"
      aria-label={words.region}
      aria-describedby="review-input review-output"
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <p className="review-about">
        <span className="review-task">{item.taskName}</span>
        {item.kind === "execution" ? <span>{words.version(item.version)}</span> : null}
        <span>{ago}</span>
      </p>
      <Block id="review-input" label={words.input} value={item.input} empty={words.noOutput} />
      {item.kind === "disagreement" ? (
        <div id="review-output" className="review-two">
          <Block label={words.outputOf(item.incumbentVersion)} value={item.incumbentOutput} empty={words.noOutput} />
          <Block label={words.outputOf(item.candidateVersion)} value={item.candidateOutput} empty={words.noOutput} />
        </div>
      ) : item.failure !== null ? (
        <Block id="review-output" label={words.failedRun} value={item.failure} empty={words.noOutput} failed />
      ) : (
        <Block id="review-output" label={words.output} value={item.output} empty={words.noOutput} />
      )}
      {correcting && item.kind === "execution" ? (
        <CorrectionBox
          output={item.output}
          words={words}
          onSave={(expectedOutput) => onJudge({ right: false, expectedOutput }, words.correct)}
          onCancel={() => {
            setCorrecting(false);
            card.current?.focus();
          }}
        />
      ) : (
        <>
          <p className="review-question">{item.kind === "disagreement" ? words.whoIsRight : words.isRight}</p>
          <div className="review-choices">
            {verdicts.map((one) => (
              <ChoiceButton key={one.code} {...one} />
            ))}
            <span className="review-gap" />
            {steps.map((one) => (
              <ChoiceButton key={one.code} {...one} />
            ))}
          </div>
        </>
      )}
    </div>
  );
}

function ChoiceButton({ label, code, tone, disabled = false, act }: Choice) {
  const key = code.replace(/^(Key|Digit)/, "");
  return (
    <button
      type="button"
      className={`review-choice${tone ? ` ${tone}` : ""}`}
      aria-keyshortcuts={key}
      disabled={disabled}
      onClick={act}
    >
      {label}
      <span className="key" aria-hidden="true">
        {key}
      </span>
    </button>
  );
}

interface BlockProps {
  readonly id?: string;
  readonly label: string;
  readonly value: JsonValue;
  readonly empty: string;
  readonly failed?: boolean;
}

function Block({ id, label, value, empty, failed = false }: BlockProps) {
  const text = plain(value);
  return (
    <div className={failed ? "review-block failed" : "review-block"} id={id}>
      <p className="review-label">{label}</p>
      {value === null || text === "" ? (
        <p className="review-empty">{empty}</p>
      ) : (
        <pre className="review-value" tabIndex={text.length > 400 ? 0 : undefined}>
          {text}
        </pre>
      )}
    </div>
  );
}

/** A text as it is, anything else as JSON; long values are cut. */
export function plain(value: JsonValue | undefined): string {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null, null, 1);
  return text.length > 20_000 ? `${text.slice(0, 20_000)}…` : text;
}
