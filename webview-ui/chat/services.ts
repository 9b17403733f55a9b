/** What every part of the panel may use, handed down from `main.tsx`. */
import { createContext, useContext, useSyncExternalStore } from "react";
import type { MarkdownRenderer } from "../shared/markdown.ts";
import type { Panel } from "./panel.ts";
import type { PanelState } from "./state.ts";

export interface PanelServices {
  readonly panel: Panel;
  readonly renderer: MarkdownRenderer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export const Services = createContext<PanelServices | null>(null);

/** @throws Error outside of `Services`: a mistake in the code, not in its use. */
export function useServices(): PanelServices {
  const services = useContext(Services);
  if (services === null) throw new Error("a part of the panel stands outside of Services");
  return services;
}

/** The panel's state; the component renders again when it changes. */
export function usePanelState(): PanelState {
  const { panel } = useServices();
  return useSyncExternalStore(panel.subscribe, panel.getState);
}
