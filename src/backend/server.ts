/** Starts the whole backend: store, sandbox, generators, HTTP. Used by the extension (in-process) and by `cli.ts`. */
import type { ModelInfo, SandboxInfo } from "../contract/analytics.ts";

export interface ModelSettings {
  /** OpenAI-compatible, with its version path: `https://api.openai.com/v1`, `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  readonly name: string;
  /** Absent for local endpoints that need none. */
  readonly apiKey?: string;
  /** USD per million tokens, where the person set them. */
  readonly prices?: { readonly prompt: number; readonly completion: number };
}

export interface BackendOptions {
  /** Folder for the database and logs; made where missing. */
  readonly dataDir: string;
  readonly host?: string;
  /** First port tried; the next free one is taken where it is in use. 8000 unless told; 0 for any. */
  readonly port?: number;
  /** Bundled or source files that other threads and processes run. */
  readonly files: { readonly sandboxChild: string; readonly synthesisWorker: string };
  /** Node for the sandbox child; absent: this process's own. */
  readonly nodePath?: string;
  /** Asked at each use, so that a changed setting counts at once. */
  readonly model: () => Promise<ModelSettings | undefined>;
  /** A key that must work (kept by the caller from an earlier start); where it does not, a new admin key is made. */
  readonly apiKey?: string;
  /** Receives log lines (JSON objects), besides the log file. */
  readonly onLog?: (line: string) => void;
}

export interface RunningBackend {
  readonly url: string;
  /** An admin key: the one given, or a new one (`isNewKey`). */
  readonly apiKey: string;
  readonly isNewKey: boolean;
  sandbox(): SandboxInfo;
  model(): Promise<ModelInfo>;
  /** Refuses new work, ends streams, stops children, checkpoints the WAL, closes the database. */
  stop(): Promise<void>;
}

/** @throws HapaError("storage_failed") where the data folder or the database cannot be used; the message says why. */
export async function startBackend(_options: BackendOptions): Promise<RunningBackend> {
  throw new Error("under construction");
}
