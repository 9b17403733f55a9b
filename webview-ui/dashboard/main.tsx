/** Entry of the dashboard: the language first, then the words, then the page. */
import "./begin.ts";
import "../shared/hidden.css";
import "./base.css";
import "./parts.css";
import "./chart.css";
import "./evidence.css";
import "./feed.css";
import "./settings.css";
import "./page.css";
import "./narrow.css";
import "../shared/review.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { createDashboard } from "./dashboard.ts";
import { readLink } from "./link.ts";
import { Services } from "./services.ts";
import { spokenFor, wordsFor } from "./words.ts";

function main(root: HTMLElement): void {
  // A screen reader speaks the language that the page says it has.
  const language = spokenFor(document.documentElement.lang);
  document.documentElement.lang = language;
  const now = (): number => Date.now();
  const dashboard = createDashboard(language, now);
  void dashboard.start(readLink(location.hash));
  window.addEventListener("hashchange", () => {
    const link = readLink(location.hash);
    if (link) void dashboard.start(link);
  });
  document.addEventListener("visibilitychange", () => dashboard.resources.wake());
  createRoot(root).render(
    <StrictMode>
      <Services value={{ dashboard, words: wordsFor(language), now }}>
        <App />
      </Services>
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root !== null) main(root);
