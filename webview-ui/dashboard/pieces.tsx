/** Small things that several parts show. */
import { type ReactNode, useId } from "react";
import type { JsonValue } from "../../src/contract/wire.ts";
import type { ApiError } from "./api.ts";
import { useServices, whyNot } from "./services.ts";

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Beside the title. */
  readonly aside?: ReactNode;
  readonly className?: string;
}

/** A part of the page with its heading. */
export function Section({ title, children, aside, className = "" }: SectionProps) {
  const heading = useId();
  return (
    <section className={`part ${className}`} aria-labelledby={heading}>
      <div className="part-head">
        <h2 id={heading}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  readonly tone?: "good" | "bad" | undefined;
}

/** One number with its name; for use in a `dl.figures`. */
export function Figure({ label, value, note, tone }: FigureProps) {
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd className={tone}>
        {value}
        {note === undefined ? null : <small>{note}</small>}
      </dd>
    </div>
  );
}

/** Where something cannot be read; what was read before stays beside it. */
export function Trouble({ error }: { readonly error: ApiError }) {
  const { words } = useServices();
  return (
    <p className="trouble" role="status">
      {words.notRead(whyNot(error, words))}
    </p>
  );
}

export function Ago({ at }: { readonly at: string }) {
  const { words, now } = useServices();
  return (
    <time dateTime={at} title={new Date(at).toLocaleString(document.documentElement.lang)}>
      {words.format.ago(at, now())}
    </time>
  );
}

/** A value of the person's, in one line; all of it in the title. */
export function Value({ value, empty }: { readonly value: JsonValue | undefined; readonly empty: string }) {
  if (value === null || value === undefined || value === "") return <span className="dim">{empty}</span>;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const short = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return <code title={text.slice(0, 2_000)}>{short}</code>;
}

interface PressProps {
  readonly onPress: () => void;
  readonly label: string;
  readonly disabled?: boolean;
}

export function Press({ onPress, label, disabled = false }: PressProps) {
  return (
    <button type="button" className="button" onClick={onPress} disabled={disabled}>
      {label}
    </button>
  );
}

interface SureProps {
  readonly children: ReactNode;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks once more, in its place; Escape is no. */
export function Sure({ children, onYes, onNo }: SureProps) {
  const { words } = useServices();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves what the buttons in it ask
    <div className="sure" onKeyDown={({ key }) => key === "Escape" && onNo()}>
      <span>{children}</span>
      {/* biome-ignore lint/a11y/noAutofocus: it was asked for just now */}
      <button type="button" className="button main" autoFocus onClick={onYes}>
        {words.rollout.doIt}
      </button>
      <button type="button" className="button" onClick={onNo}>
        {words.rollout.keep}
      </button>
    </div>
  );
}
