/** What a backend is started with, and what can be done with it once it runs. */
import type { ModelInfo, SandboxInfo } from "../contract/analytics.ts";
import type { ModelUse } from "../contract/model-use.ts";
import type { DatasetLimits } from "../learning/dataset/files.ts";
import type { Network } from "../models/transport.ts";
import type { LogLevel } from "../observability/log.ts";
import type { SandboxOptions } from "../sandbox/sandbox.ts";
import type { BackendListener } from "./events.ts";
import type { Limits } from "./middleware/rate-limit.ts";
import type { ModelSource, ModelTools } from "./models.ts";
import type { PythonOptions, PythonSetup } from "./python-runtime.ts";
import type { SelfTest } from "./self-test.ts";
import type { EventSettings, WebhookSettings } from "./telling.ts";

export interface BackendOptions {
  /** Folder for the database; made where missing. */
  readonly dataDir: string;
  /** 127.0.0.1 unless told. */
  readonly host?: string;
  /** First port tried; the next free one is taken where it is in use. 8000 unless told; 0 for any. */
  readonly port?: number;
  /** Further host names this server may be called by. */
  readonly allowedHosts?: readonly string[];
  /** Bundled or source files that other threads and processes run. */
  readonly files: {
    readonly sandboxChild: string;
    readonly synthesisWorker: string;
    readonly validationWorker: string;
    /** Folder of the dashboard's script and style sheet; a server without says so on its page. */
    readonly dashboard?: string;
  };
  /** How programs are run: see `SandboxOptions`. */
  readonly sandbox?: Pick<SandboxOptions, "nodePath" | "machine" | "engine" | "memoryLimitMb" | "restAfterMs">;
  /** Where the runtime of Python programs comes from. */
  readonly python?: PythonOptions;
  /** Asked at each use, so that a changed setting counts at once. Undefined: no model for that use. */
  readonly model: (use: ModelUse) => Promise<ModelSource | undefined>;
  /** What models may cost in a month, in USD; asked at each call. It holds for models with prices only. */
  readonly monthlyCapUsd?: () => number | undefined;
  /** By which proxy and certificates models are reached; by Node's own environment unless told. */
  readonly network?: Network;
  /** A key the caller kept from an earlier start. */
  readonly apiKey?: string;
  /** When to make an admin key: where `apiKey` does not work (the default), or only where there is no key at all. */
  readonly makeKey?: "unless-valid" | "first-start" | "always";
  readonly limits?: Partial<Limits>;
  /** How many events are kept for those who come back, and how long. */
  readonly events?: EventSettings;
  readonly webhooks?: WebhookSettings;
  /** Longest silence of a model, in ms; 60,000 unless told. */
  readonly modelSilenceMs?: number;
  readonly modelRetries?: number;
  /** Time for the offline generator, in ms; 5,000 unless told. */
  readonly offlineBudgetMs?: number;
  /** Of the datasets in the data folder: 90 days, 256 MB of a task, 2 GB of all, unless told. */
  readonly datasets?: Partial<DatasetLimits>;
  /** After an improvement that came to nothing the next one waits for so long, in ms; 30 s unless told. */
  readonly improvementRestMs?: number;
  /** Receives log lines (JSON objects). */
  readonly onLog?: (line: string) => void;
  readonly logLevel?: LogLevel;
}

export interface RunningBackend {
  readonly url: string;
  /** A working admin key, given or new; null where none was given and none was to be made. */
  readonly apiKey: string | null;
  readonly isNewKey: boolean;
  sandbox(): SandboxInfo;
  model(): Promise<ModelInfo>;
  /** For choosing a model, and testing it. */
  readonly models: ModelTools;
  /** Whether Python is set up, and what setting it up would fetch. */
  python(): Promise<PythonSetup>;
  /** Does one tiny job with every part. */
  selfTest(signal: AbortSignal): Promise<SelfTest>;
  /** Opens the dashboard once, within five minutes; undefined where there is no admin key to open it with. */
  dashboardLink(): Promise<string | undefined>;
  /**
   * Lets this server be called by another port of this computer, `host:port`, that leads to it.
   * @returns whether it may be: false for any other computer's name
   */
  alsoAt(address: string): boolean;
  /** Calls `listener` with everything that happens in this data folder; gives what ends it. */
  onEvent(listener: BackendListener): () => void;
  /** Refuses new work, ends streams, stops children, checkpoints the WAL, closes the database. */
  stop(): Promise<void>;
}
