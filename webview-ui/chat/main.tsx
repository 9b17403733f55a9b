/** Entry of the chat panel: connects it to VS Code, shows it, and keeps its state while the view is hidden. */
import "@vscode/codicons/dist/codicon.css";
import "../shared/hidden.css";
import "./base.css";
import "./menu.css";
import "./history.css";
import "./composer.css";
import "./chips.css";
import "./conversation.css";
import "./turn.css";
import "./card.css";
import "./doubts.css";
import "./code.css";
import "../shared/review.css";
import "./review-page.css";
import "./forced.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { FromWebview, ToWebview } from "../../src/contract/webview.ts";
import { createMarkdownRenderer } from "../shared/markdown.ts";
import { connectHost } from "../shared/vscode.ts";
import { App } from "./app.tsx";
import { createPanel } from "./panel.ts";
import { Services } from "./services.ts";

/** Quiet time before the state is kept: not on each frame of a streamed answer. */
const saveDelayMs = 300;

/** Random and unique; `crypto.randomUUID` is missing where VS Code in a browser is not served over HTTPS. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Frames for streamed text: the longer drawing one took, the longer the next one waits, so that a long answer leaves
 * the page at least two thirds of the time for the person.
 */
function pacedFrames(): (run: () => void) => void {
  let restUntil = 0;
  return (run) => {
    const frame = (): void => {
      requestAnimationFrame(() => {
        const begun = performance.now();
        run();
        // React draws in a microtask that was queued before this one.
        queueMicrotask(() => {
          const ended = performance.now();
          restUntil = ended + 2 * (ended - begun);
        });
      });
    };
    const rest = restUntil - performance.now();
    if (rest > 16) setTimeout(frame, rest);
    else frame();
  };
}

function isMessage(data: unknown): data is ToWebview {
  return typeof data === "object" && data !== null && "type" in data && typeof data.type === "string";
}

function main(root: HTMLElement): void {
  const now = (): number => Date.now();
  const panel = createPanel({ host: connectHost<FromWebview>(), nextFrame: pacedFrames(), newId, now });
  const renderer = createMarkdownRenderer(window);

  let saving: ReturnType<typeof setTimeout> | undefined;
  panel.subscribe(() => {
    clearTimeout(saving);
    saving = setTimeout(panel.save, saveDelayMs);
  });
  window.addEventListener("pagehide", panel.save);
  document.addEventListener("visibilitychange", () => document.hidden && panel.save());
  window.addEventListener("focus", () => {
    panel.post({ type: "getContext" });
    // Whoever comes by keyboard or by command means to ask; a click goes where it went.
    if (document.activeElement === document.body) panel.dispatch({ type: "focus" });
  });
  window.addEventListener("message", ({ data }: MessageEvent<unknown>) => isMessage(data) && panel.receive(data));

  createRoot(root).render(
    <StrictMode>
      <Services value={{ panel, renderer, now }}>
        <App />
      </Services>
    </StrictMode>,
  );
  panel.post({ type: "ready" });
  panel.post({ type: "getContext" });
}

const root = document.getElementById("root");
if (root !== null) main(root);
