/** What every part of the dashboard may use, handed down from `main.tsx`. */
import { createContext, useContext, useState, useSyncExternalStore } from "react";
import { ApiError } from "./api.ts";
import type { Dashboard, DashboardState } from "./dashboard.ts";
import { type Resource, useResource } from "./resources.ts";
import type { Words } from "./words.ts";

export interface DashboardServices {
  readonly dashboard: Dashboard;
  readonly words: Words;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export const Services = createContext<DashboardServices | null>(null);

/** @throws Error outside of `Services`: a mistake in the code, not in its use. */
export function useServices(): DashboardServices {
  const services = useContext(Services);
  if (services === null) throw new Error("a part of the dashboard stands outside of Services");
  return services;
}

/** The component renders again when it changes. */
export function useDashboardState(): DashboardState {
  const { dashboard } = useServices();
  return useSyncExternalStore(dashboard.subscribe, dashboard.getState);
}

/** What stands at a path of the API. Null: nothing is read. */
export function useRead<T>(path: string | null): Resource<T> {
  return useResource<T>(useServices().dashboard.resources, path);
}

/** In words for a person. */
export function whyNot(error: ApiError, words: Words): string {
  return error.status === 0 ? words.unreachable : error.message;
}

/** Runs one thing at a time and tells how it went: for buttons. */
export function useAction(): {
  readonly working: boolean;
  readonly failure: string | null;
  run(work: () => Promise<unknown>): void;
} {
  const { words } = useServices();
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  return {
    working,
    failure,
    run(work) {
      if (working) return;
      setWorking(true);
      setFailure(null);
      work()
        .catch((error: unknown) => setFailure(error instanceof ApiError ? whyNot(error, words) : String(error)))
        .finally(() => setWorking(false));
    },
  };
}
