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
  /** What the program printed, of a run on one input; absent where nothing. */
  readonly logs?: string;
  /** Time inside the child, in ms; of a batch it may be the mean over some calls that were made in one crossing. */
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

/** The machine on which a Node is looked for; scripted in tests. */
export interface Machine {
  readonly execPath: string;
  /** VS Code's desktop builds: `execPath` is no Node there. */
  readonly isElectron: boolean;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What a program prints, or undefined where it cannot be run. */
  readonly output: (file: string, args: readonly string[]) => Promise<string | undefined>;
}

/** The Node that runs the children. */
export interface NodeRuntime {
  readonly path: string;
  /** The editor's own runtime, told to be Node (ELECTRON_RUN_AS_NODE): it loads no native engine. */
  readonly isElectron: boolean;
  /** How it was found, or why no better one was; for people. */
  readonly story?: string;
}

export interface SandboxOptions {
  /** File that runs inside the child: `src/sandbox/child/main.ts`, or its bundle. */
  readonly childPath: string;
  /** The Node to run children with, as the person set it. Absent, or none that fits: looked for (see find-node.ts). */
  readonly nodePath?: string;
  /** Where a Node is looked for; absent: on this machine. */
  readonly machine?: Machine;
  /** Of JavaScript and TypeScript: absent or "auto" is isolated-vm where it loads, else QuickJS. */
  readonly engine?: "auto" | "isolated-vm" | "quickjs";
  /**
   * Folder of the Python runtime (Pyodide), asked at the first Python program. Absent: Python programs are refused.
   * @throws HapaError("sandbox_unavailable") that says how to get it
   */
  readonly python?: () => Promise<string>;
  /** Of one program, in MB. */
  readonly memoryLimitMb?: number;
  /** Children end after so long without work, in ms (Python's, which take seconds to start, after ten times as long). Absent: they stay warm. */
  readonly restAfterMs?: number;
  /** Told of restarts and dead children, for the log. */
  readonly onEvent?: (event: {
    readonly kind: "started" | "exited" | "killed" | "recycled";
    readonly detail: string;
  }) => void;
}
