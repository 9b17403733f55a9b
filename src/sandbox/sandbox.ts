/**
 * The door of this room: run a program on inputs, outside this process, within a budget.
 * JSON text goes in and comes out; a verdict always comes back.
 */
import type { SandboxInfo } from "../contract/analytics.ts";
import type { ExecutionStatus } from "../contract/artifacts.ts";
import type { ProgramLanguage } from "../contract/tasks.ts";

export interface Program {
  /** Names this exact code for the warm-isolate cache: an artifact id, or a hash of the code. Same key, same code. */
  readonly key: string;
  readonly code: string;
  readonly language: ProgramLanguage;
}

export interface Verdict {
  readonly status: ExecutionStatus;
  /** JSON text of the output; null where the call did not succeed. */
  readonly output: string | null;
  readonly errorMessage?: string;
  /** Time inside the child, in ms. */
  readonly latencyMs: number;
}

export interface RunOptions {
  /** Budget of one call, in ms (1 to 1,000). */
  readonly budgetMs: number;
  readonly signal?: AbortSignal;
}

export interface BatchOptions extends RunOptions {
  readonly stopOnFirstError?: boolean;
}

export interface Sandbox {
  /** Runs a program once. `input` is JSON text. Throws `HapaError("sandbox_unavailable")` where no engine can be started. */
  run(program: Program, input: string, options: RunOptions): Promise<Verdict>;
  /** Runs a program on many inputs; verdicts in their order (fewer where `stopOnFirstError` stopped it). */
  runBatch(program: Program, inputs: readonly string[], options: BatchOptions): Promise<Verdict[]>;
  info(): SandboxInfo;
  /** Ends every child; calls under way end as `crashed`. */
  stop(): Promise<void>;
}

export interface SandboxOptions {
  /** File that runs inside the child: `src/sandbox/child/main.ts`, or its bundle. */
  readonly childPath: string;
  /** The Node that runs the child (≥ 24); absent: this process's own. */
  readonly nodePath?: string;
  /** Of one isolate, in MB. */
  readonly memoryLimitMb?: number;
  /** Told of restarts and dead children, for the log. */
  readonly onEvent?: (event: { readonly kind: "started" | "exited" | "killed"; readonly detail: string }) => void;
}
