/** Whether the parts of a running backend do their work: one tiny job for each. */
import { stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { HapaError } from "../contract/errors.ts";
import { type Said, say, verbatim } from "../contract/say.ts";
import type { Synthesizer } from "../generation/generators/offline.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Store } from "../store/store.ts";

/** How a part did: `why` where it did not. */
export interface PartTest {
  readonly ok: boolean;
  readonly ms: number;
  readonly why?: Said;
}

export interface SelfTest {
  readonly database: PartTest & { readonly path: string; readonly bytes: number; readonly freeBytes: number };
  readonly sandbox: PartTest;
  readonly generator: PartTest;
}

export interface SelfTestParts {
  readonly dataDir: string;
  readonly store: Store;
  readonly sandbox: Sandbox;
  readonly synthesizer: Synthesizer;
}

/** A machine that sleeps or swaps may take long; a part that takes longer does not work. */
const budgetMs = 1_000;

/** Never throws: what is wrong stands in the answer. */
export async function selfTest(parts: SelfTestParts, signal: AbortSignal): Promise<SelfTest> {
  const path = join(parts.dataDir, "hapa.db");
  const [database, sandbox, generator] = await Promise.all([
    timed(async () => ((await parts.store.ping()) ? undefined : say`it does not answer`)),
    timed(() => runOne(parts.sandbox, signal)),
    timed(() => learnOne(parts.synthesizer, signal)),
  ]);
  const bytes = await sizes(path);
  const freeBytes = await statfs(parts.dataDir).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  return { database: { ...database, path, bytes, freeBytes }, sandbox, generator };
}

async function timed(work: () => Promise<Said | undefined>): Promise<PartTest> {
  const startedAt = performance.now();
  const why = await work().catch((error: unknown) =>
    error instanceof HapaError ? error.said : verbatim(error instanceof Error ? error.message : String(error)),
  );
  const ms = performance.now() - startedAt;
  return why === undefined ? { ok: true, ms } : { ok: false, ms, why };
}

async function runOne(sandbox: Sandbox, signal: AbortSignal): Promise<Said | undefined> {
  const code = "function run(input) { return input.toUpperCase(); }";
  const program = { key: "self test", code, language: "javascript" } as const;
  const { status, output, errorMessage } = await sandbox.run(program, '"hapa"', { budgetMs, signal });
  return status === "success" && output === '"HAPA"' ? undefined : verbatim(errorMessage ?? status);
}

async function learnOne(synthesizer: Synthesizer, signal: AbortSignal): Promise<Said | undefined> {
  const examples = [
    { input: "Lovelace, Ada", output: "Ada" },
    { input: "Hopper, Grace", output: "Grace" },
  ];
  const result = await synthesizer.synthesize(examples, { budgetMs, signal });
  return "program" in result ? undefined : verbatim(result.reason);
}

/** The database with its write-ahead log, in bytes. */
async function sizes(path: string): Promise<number> {
  const of = (file: string) =>
    stat(file).then(
      ({ size }) => size,
      () => 0,
    );
  return (await of(path)) + (await of(`${path}-wal`));
}
