/** The frame of the page: where one is, whether it is live, and the colours. */
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Overview } from "../../src/contract/dashboard.ts";
import { keep, kept } from "./kept.ts";
import { overviewAddress, type Place, readPlace, reviewAddress } from "./link.ts";
import { Locked } from "./locked.tsx";
import { OverviewPage } from "./overview.tsx";
import { paths } from "./paths.ts";
import { ReviewPage } from "./review-page.tsx";
import { useDashboardState, useRead, useServices } from "./services.ts";
import { TaskPage } from "./task-page.tsx";

export function App() {
  const { words, dashboard } = useServices();
  const { door, connected } = useDashboardState();
  const place = usePlace();
  const main = useRef<HTMLElement>(null);
  const key = place.page === "overview" ? place.page : `${place.page} ${place.taskId ?? ""}`;
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top, for eyes and for screen readers
  useEffect(() => {
    if (!first.current) main.current?.focus();
    first.current = false;
    window.scrollTo(0, 0);
  }, [key]);
  if (door !== "open") return <Locked />;
  return (
    <>
      {/* No link: what comes after # is where one is. */}
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        {words.skip}
      </button>
      <header className="top">
        <a className="brand" href={overviewAddress}>
          HAPA
        </a>
        <nav aria-label={words.nav}>
          <a href={overviewAddress} aria-current={place.page === "overview" ? "page" : undefined}>
            {words.overview}
          </a>
          <ReviewLink current={place.page === "review"} />
        </nav>
        <span className={connected ? "live on" : "live"} role="status">
          {connected ? words.live : words.connecting}
        </span>
        <ThemeSwitch />
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {place.page === "overview" ? <OverviewPage /> : null}
        {place.page === "task" ? <TaskPage key={key} taskId={place.taskId} /> : null}
        {place.page === "review" ? <ReviewPage key={key} taskId={place.taskId} /> : null}
      </main>
      <footer>
        <button type="button" className="button" onClick={() => void dashboard.api.leave()}>
          {words.leave}
        </button>
      </footer>
    </>
  );
}

function ReviewLink({ current }: { readonly current: boolean }) {
  const { words } = useServices();
  const { data } = useRead<Overview>(paths.overview);
  const waiting = data?.tasks.reduce((sum, task) => sum + task.waiting, 0) ?? 0;
  return (
    <a href={reviewAddress()} aria-current={current ? "page" : undefined}>
      {words.review.title}
      {waiting > 0 ? (
        <>
          {" "}
          <span className="count" aria-hidden="true">
            {words.format.number(waiting)}
          </span>
          <span className="visually-hidden">{words.attention.waiting(waiting)}</span>
        </>
      ) : null}
    </a>
  );
}

type Theme = "system" | "light" | "dark";

function ThemeSwitch() {
  const { words } = useServices();
  const known = kept("theme");
  const [theme, setTheme] = useState<Theme>(known === "light" || known === "dark" ? known : "system");
  const choose = (next: Theme): void => {
    setTheme(next);
    keep("theme", next === "system" ? null : next);
    if (next === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = next;
  };
  return (
    <select
      className="theme"
      aria-label={words.theme}
      value={theme}
      onChange={({ target }) => choose(target.value as Theme)}
    >
      {(["system", "light", "dark"] as const).map((one) => (
        <option key={one} value={one}>
          {words.themes[one]}
        </option>
      ))}
    </select>
  );
}

/** Where the address says one is. */
function usePlace(): Place {
  const hash = useSyncExternalStore(
    (listener) => {
      window.addEventListener("hashchange", listener);
      return () => window.removeEventListener("hashchange", listener);
    },
    () => location.hash,
  );
  return readPlace(hash);
}
