/** VS Code's button with an optional codicon, usable by keyboard like a native one. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import type { ReactNode } from "react";

interface ButtonProps {
  readonly children: ReactNode;
  readonly onClick: () => void;
  /** Codicon name before the label. */
  readonly icon?: string;
  readonly secondary?: boolean;
  readonly title?: string;
  /** Id of the element that says more about what the button does. */
  readonly describedBy?: string | undefined;
}

/** A text button; `secondary` unless it is the main thing to do. */
export function Button({ children, onClick, icon, secondary = false, title, describedBy }: ButtonProps) {
  return (
    <vscode-button
      secondary={secondary}
      title={title}
      aria-describedby={describedBy}
      onClick={onClick}
      // The element acts on Space but lets the page scroll with it.
      onKeyDown={(event) => event.key === " " && event.preventDefault()}
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

/** A square button that shows only an icon; `label` is its name. */
export function IconButton(props: { readonly icon: string; readonly label: string; readonly onClick: () => void }) {
  return (
    <button type="button" className="icon-button" title={props.label} aria-label={props.label} onClick={props.onClick}>
      <Icon name={props.icon} />
    </button>
  );
}
