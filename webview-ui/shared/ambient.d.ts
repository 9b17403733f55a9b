/** What the compiler cannot see by itself: style sheets taken in by esbuild, VS Code's global, and the custom elements used. */
import type { DetailedHTMLProps, HTMLAttributes } from "react";

interface ButtonAttributes extends HTMLAttributes<HTMLElement> {
  secondary?: boolean;
  disabled?: boolean;
}

interface ProgressAttributes extends HTMLAttributes<HTMLElement> {
  value?: number | undefined;
  indeterminate?: boolean;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "vscode-button": DetailedHTMLProps<ButtonAttributes, HTMLElement>;
      "vscode-progress-bar": DetailedHTMLProps<ProgressAttributes, HTMLElement>;
    }
  }
}
