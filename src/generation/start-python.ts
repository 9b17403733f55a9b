/** Has the sandbox load Python, which takes seconds at the first program. */
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Listener } from "./candidate.ts";
import { programKey } from "./verify.ts";

const simplest = { code: "def run(input):\n    return input\n", language: "python" } as const;
const budgetMs = 1_000;

/**
 * Resolves when Python programs run.
 * @throws HapaError("sandbox_unavailable") where Python is not set up, or does not come up
 */
export async function startPython(
  sandbox: Sandbox,
  listener: Pick<Listener, "progress">,
  signal: AbortSignal,
): Promise<void> {
  if (sandbox.info().python.state !== "ready") {
    listener.progress({ stage: "loading", message: say`Loading Python (once, a few seconds)`, fraction: undefined });
  }
  const verdict = await sandbox.run({ ...simplest, key: programKey(simplest) }, "null", { budgetMs, signal });
  if (verdict.status === "success") return;
  throw new HapaError(
    "sandbox_unavailable",
    say`Python was loaded but does not work: ${verdict.errorMessage ?? verdict.status}. Try again; if it stays so, remove the folder "engines" from HAPA's data folder and set Python up anew.`,
  );
}
