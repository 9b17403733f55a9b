/** VS Code's button with an optional codicon, usable by keyboard like a native one. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import type { ButtonHTMLAttributes, ReactNode } from "react";

interface ButtonProps {
  readonly children: ReactNode;
  readonly onClick: () => void;
  /** Codicon name before the label. */
  readonly icon?: string;
  readonly secondary?: boolean;
  readonly disabled?: boolean;
  readonly title?: string;
  /** Id of the element that says more about what the button does. */
  readonly describedBy?: string | undefined;
}

/** A text button; `secondary` unless it is the main thing to do. */
export function Button(props: ButtonProps) {
  const { children, onClick, icon, secondary = false, disabled = false, title, describedBy } = props;
  return (
    <vscode-button
      secondary={secondary}
      disabled={disabled}
      title={title}
      aria-describedby={describedBy}
      onClick={onClick}
      // The element acts when the key goes down and lets it go on: Space would scroll, and Enter would be written where
      // the focus has gone to by then. Captured, as acting may take the button away.
      onKeyDownCapture={(event) => (event.key === " " || event.key === "Enter") && event.preventDefault()}
    >
      {icon === undefined ? null : <Icon name={icon} slot="content-before" />}
      {children}
    </vscode-button>
  );
}

/** An icon that only decorates: hidden from screen readers. */
export function Icon({
  name,
  spin = false,
  slot,
}: {
  readonly name: string;
  readonly spin?: boolean;
  readonly slot?: string;
}) {
  return (
    <span className={`codicon codicon-${name}${spin ? " codicon-modifier-spin" : ""}`} slot={slot} aria-hidden="true" />
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: string;
  readonly label: string;
  /** One of several with a single tab stop: see `useRoving`. */
  readonly rove?: boolean;
}

/** A square button that shows only an icon; `label` is its name. */
export function IconButton({ icon, label, rove = false, ...rest }: IconButtonProps) {
  const stop = rove ? { "data-rove": "" } : {};
  return (
    <button type="button" className="icon-button" title={label} aria-label={label} {...stop} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
