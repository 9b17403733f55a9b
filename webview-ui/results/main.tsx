/** Entry of the results grid: connects it to VS Code and shows it. */
import "@vscode/codicons/dist/codicon.css";
import "../shared/hidden.css";
import "./results.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { FromResults, ToResults } from "../../src/contract/results.ts";
import { connectHost } from "../shared/vscode.ts";
import { App } from "./app.tsx";
import { createGridStore } from "./store.ts";

function isMessage(data: unknown): data is ToResults {
  return typeof data === "object" && data !== null && "type" in data && typeof data.type === "string";
}

function main(root: HTMLElement): void {
  const store = createGridStore(connectHost<FromResults>());
  window.addEventListener("message", ({ data }: MessageEvent<unknown>) => isMessage(data) && store.receive(data));
  createRoot(root).render(
    <StrictMode>
      <App store={store} />
    </StrictMode>,
  );
  store.post({ type: "ready" });
}

const root = document.getElementById("root");
if (root !== null) main(root);
