/** What the person hears of Python, which takes seconds to load at its first program. */
import { type Said, say } from "../contract/say.ts";
import type { LazyBackend } from "./backend.ts";
import type { KnownProgram } from "./programs.ts";

/** Says so where a run is about to wait for it. */
export function tellOfPython(
  backend: Pick<LazyBackend, "running">,
  { language }: Pick<KnownProgram, "language">,
  report: (message: Said) => void,
): void {
  const isReady = backend.running()?.sandbox().python.state === "ready";
  if (language === "python" && !isReady) report(say`Loading Python (once, a few seconds)…`);
}
