/** The dashboard without its looks: whether it is let in, what it hears, and what is read again because of that. */
import { type Api, ApiError, createApi } from "./api.ts";
import { listen, type PageEvent } from "./events.ts";
import { kept } from "./kept.ts";
import { type Link, readLink, taskAddress } from "./link.ts";
import { paths } from "./paths.ts";
import { createResources, type Resources } from "./resources.ts";

export interface DashboardState {
  /** `entering`: not known yet. */
  readonly door: "entering" | "open" | "locked";
  /** Why a link did not let in, in the server's words. */
  readonly refusal: string | null;
  /** False for a key that may only look. */
  readonly mayWrite: boolean;
  readonly connected: boolean;
  /** What happened, newest first; no `metrics`. */
  readonly feed: readonly PageEvent[];
  /** Executions by second since 1970, of the last minute. */
  readonly perSecond: ReadonlyMap<number, number>;
}

export interface Dashboard {
  readonly api: Api;
  readonly resources: Resources;
  readonly language: string;
  getState(): DashboardState;
  subscribe(listener: () => void): () => void;
  /** Goes in by a link, or by the session there is, and listens from then on. */
  start(link: Link | undefined): Promise<void>;
}

const feedMost = 60;
const rateSeconds = 60;

/** Of many events, the ones that may need a person stay longest. */
function trimmed(feed: readonly PageEvent[]): readonly PageEvent[] {
  if (feed.length <= feedMost) return feed;
  const dull = feed.findLastIndex(({ type }) => type !== "alert" && !type.startsWith("rollout."));
  return feed.filter((_, at) => at !== (dull < 0 ? feed.length - 1 : dull));
}

/** A link works once: it must not be followed again when the page is loaded again. */
function forget({ code, taskId }: Link): void {
  if (readLink(location.hash)?.code === code) history.replaceState(null, "", taskId ? taskAddress(taskId) : "#/");
}

/** @param now Milliseconds since 1970. */
export function createDashboard(language: string, now: () => number): Dashboard {
  let state: DashboardState = {
    door: "entering",
    refusal: null,
    mayWrite: false,
    connected: false,
    feed: [],
    perSecond: new Map(),
  };
  const listeners = new Set<() => void>();
  const change = (patch: Partial<DashboardState>): void => {
    state = { ...state, ...patch };
    for (const listener of listeners) listener();
  };
  let listening = new AbortController();
  const api = createApi(language, () => {
    listening.abort();
    change({ door: "locked", connected: false });
  });
  const resources = createResources(api, () => document.hidden);

  let beating: ReturnType<typeof setInterval> | undefined;
  /** The last minute moves on while there is something in it; then nothing runs any more. */
  const beat = (): void => {
    const from = Math.floor(now() / 1_000) - rateSeconds;
    const perSecond = new Map([...state.perSecond].filter(([second]) => second > from));
    if (perSecond.size === 0) {
      clearInterval(beating);
      beating = undefined;
    }
    change({ perSecond });
  };
  const count = (executions: number): void => {
    const second = Math.floor(now() / 1_000);
    const perSecond = new Map(state.perSecond).set(second, (state.perSecond.get(second) ?? 0) + executions);
    beating ??= setInterval(beat, 1_000);
    change({ perSecond });
  };

  const onEvent = (event: PageEvent, isPast: boolean): void => {
    const { type, taskId, data } = event;
    if (type === "metrics") count(Number(data["executions"]) || 0);
    else if (type !== "events.missed" && !state.feed.some(({ id }) => id !== null && id === event.id))
      change({ feed: trimmed([event, ...state.feed]) });
    if (isPast) return;
    const all = type === "events.missed";
    const address = taskId === null ? undefined : encodeURIComponent(taskId);
    resources.changed(
      (path) =>
        all ||
        path === paths.overview ||
        path === paths.stats ||
        // A program that judges another task's runs may be gone, or back.
        (type.startsWith("task.") && path.endsWith("/reference")) ||
        (address !== undefined && path.split(/[/?]/).includes(address)),
    );
  };
  const onConnected = (connected: boolean): void => {
    if (connected === state.connected) return;
    change({ connected });
    // What happened while nobody listened is told, but a server that started anew counts from the beginning.
    resources.changed((path) => path === paths.health || path === paths.stats || connected);
  };

  return {
    api,
    resources,
    language,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start(link) {
      listening.abort();
      change({ door: "entering", refusal: null });
      try {
        if (link) {
          await api.enter(link.code);
          forget(link);
        } else if (kept("pageToken") === null) {
          change({ door: "locked" });
          return;
        }
        const { role } = (await api.get(paths.session)) as { role: string };
        change({ door: "open", mayWrite: role === "admin" || role === "developer" });
        listening = new AbortController();
        void listen(api, { onEvent, onConnected }, listening.signal);
      } catch (error) {
        const refusal = error instanceof ApiError ? error.message : String(error);
        // Whoever follows an old link while a session is good is let in by that.
        if (link && kept("pageToken") !== null) {
          forget(link);
          await this.start(undefined);
        }
        if (state.door !== "open") change({ door: "locked", refusal: link ? refusal : null });
      }
    },
  };
}
