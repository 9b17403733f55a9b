/** Starts the whole backend: store, sandbox, generators, HTTP. Used by the extension (in-process) and by `cli.ts`. */
import { join } from "node:path";
import { createAssistant } from "../assistant/assistant.ts";
import { createCompleter } from "../assistant/complete.ts";
import type { ModelInfo, SandboxInfo, Stats } from "../contract/analytics.ts";
import type { HapaEvent } from "../contract/events.ts";
import type { ModelUse } from "../contract/model-use.ts";
import { createAnswerCache } from "../generation/cache.ts";
import { type Answered, createGenerationService } from "../generation/service.ts";
import { createDatasets } from "../learning/dataset/dataset.ts";
import type { DatasetLimits } from "../learning/dataset/files.ts";
import { createImproving, type Improving } from "../learning/improving/improving.ts";
import { createJudge } from "../learning/judge.ts";
import { createKnowing } from "../learning/knowing/knowing.ts";
import { createReplay } from "../learning/rollouts/replay.ts";
import { createRollouts } from "../learning/rollouts/rollouts.ts";
import type { Network } from "../models/transport.ts";
import { createLog, type LogLevel } from "../observability/log.ts";
import { createMetrics } from "../observability/metrics.ts";
import { createSandbox } from "../sandbox/lanes.ts";
import type { SandboxOptions } from "../sandbox/sandbox.ts";
import type { KeyRepository } from "../store/keys.ts";
import type { ExecutionRow } from "../store/schema.ts";
import { openStore } from "../store/store.ts";
import { createSynthesizer } from "../synthesis/client.ts";
import { createValidator } from "../validation/client.ts";
import { createApp } from "./app.ts";
import { createDashboardSessions } from "./dashboard/sessions.ts";
import type { BackendListener } from "./events.ts";
import { listen } from "./listen.ts";
import { refuseMalformed } from "./malformed.ts";
import { createTools } from "./mcp/tools.ts";
import { createRateLimit, type Limits } from "./middleware/rate-limit.ts";
import { createModels, type ModelSource, type ModelTools } from "./models.ts";
import { createPythonRuntime, type PythonOptions, type PythonSetup } from "./python-runtime.ts";
import { artifactRoutes } from "./routes/artifacts.ts";
import { codeRoutes } from "./routes/code.ts";
import { conversationRoutes } from "./routes/conversations.ts";
import { dashboardLink, dashboardRoutes } from "./routes/dashboard.ts";
import { datasetRoutes } from "./routes/datasets.ts";
import { executionRoutes } from "./routes/executions.ts";
import { improvingRoutes } from "./routes/improving.ts";
import { keyRoutes } from "./routes/keys.ts";
import { knowingRoutes } from "./routes/knowing.ts";
import { mcpRoutes } from "./routes/mcp.ts";
import { rolloutRoutes } from "./routes/rollouts.ts";
import { spendingRoutes } from "./routes/spending.ts";
import { systemRoutes } from "./routes/system.ts";
import { taskRoutes } from "./routes/tasks.ts";
import { validationRoutes } from "./routes/validations.ts";
import { createRunner } from "./runner.ts";
import { type SelfTest, selfTest } from "./self-test.ts";
import type { Handlers } from "./serve.ts";
import { createTelling, type EventSettings, type WebhookSettings } from "./telling.ts";
import { version } from "./version.ts";

export type { ConnectionReport } from "../models/connection.ts";
export type { Completion, Endpoint, Message, ModelSettings } from "../models/endpoint.ts";
export type { Listing } from "../models/listing.ts";
export type { LocalServer } from "../models/local-servers.ts";
export type { Network, NetworkSettings } from "../models/transport.ts";
export { type ModelSource, type ModelTools, withoutPassword } from "./models.ts";

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

const clearEveryMs = 3_600_000;
/** Of the children that candidates run in. */
const trialRestMs = 30_000;
const defaultLimits: Limits = { requestsPerMinute: 60_000, modelTokensPerMinute: 1_000_000 };

/**
 * @throws HapaError("storage_failed") where the data folder or the database cannot be used, "conflict" where no port is
 * free; the message says why and what to do. What was started until then is stopped.
 */
export async function startBackend(options: BackendOptions): Promise<RunningBackend> {
  const log = createLog(options.onLog ?? (() => {}), options.logLevel);
  const metrics = createMetrics();
  const { dataDir, events, webhooks } = options;
  const opened = await openStore(dataDir, { events });
  const telling = await createTelling({ store: opened, dataDir, log, events, webhooks });
  const { store } = telling;
  const datasets = createDatasets({
    folder: join(options.dataDir, "datasets"),
    key: await store.installationKey("datasets"),
    privacyOf: async (taskId) => (await store.tasks.getRunSettings(taskId))?.privacyMode,
    limits: options.datasets,
    log,
    onRows: metrics.datasetRows,
  });
  const python = createPythonRuntime(options.dataDir, options.python);
  const sandboxOptions: SandboxOptions = {
    childPath: options.files.sandboxChild,
    ...options.sandbox,
    python: () => python.folder(),
    onEvent: ({ kind, detail }) => {
      if (kind === "killed") metrics.sandboxRestart();
      log[kind === "killed" ? "warn" : "info"]({ event: kind, detail }, "sandbox");
    },
  };
  const sandbox = createSandbox(sandboxOptions);
  // What candidates do holds up nobody; its children start with a rollout and end soon after.
  const trialSandbox = createSandbox({ ...sandboxOptions, restAfterMs: trialRestMs });
  const synthesizer = createSynthesizer(options.files.synthesisWorker);
  const validator = createValidator(options.files.validationWorker);
  const stopping = new AbortController();
  const models = createModels(options, store.spending);
  const cache = createAnswerCache<Answered>(store.cache);
  const generating = {
    store,
    sandbox,
    synthesizer,
    cache,
    metrics,
    endpoint: models.endpoint,
    offlineBudgetMs: options.offlineBudgetMs ?? 5_000,
  };
  const generation = createGenerationService(generating);
  const assistant = createAssistant({
    store,
    generation,
    endpoint: models.endpoint,
    metrics,
    stopping: stopping.signal,
    check: async (code, language, signal) => (await validator.check({ code, language, fragment: true }, signal)).issues,
  });
  const knowing = createKnowing({ store, log, stopping: stopping.signal });
  const rollouts = createRollouts({
    store,
    sandbox: trialSandbox,
    log,
    endpoint: () => models.endpoint("judge"),
    stopping: stopping.signal,
  });
  // Searches of its own, for which no person's request waits.
  const improvingSynthesizer = createSynthesizer(options.files.synthesisWorker);
  const improving = createImproving({
    store,
    sandbox,
    log,
    stopping: stopping.signal,
    rollouts,
    generation: createGenerationService({ ...generating, synthesizer: improvingSynthesizer }),
  });
  telling.listen(
    (event) => {
      rollouts.onEvent(event);
      considerImproving(improving, event);
    },
    { metrics: false },
  );
  const judge = createJudge({
    store,
    log,
    endpoint: () => models.endpoint("judge"),
    stopping: stopping.signal,
    onJudged(taskId, verdicts) {
      datasets.append("validations", taskId, verdicts);
      rollouts.onJudged(taskId, verdicts);
      knowing.wake(taskId);
      if (verdicts.some(({ correct }) => correct === 0)) improving.consider(taskId, "corrections");
    },
    onReference: rollouts.onReference,
  });
  const onSampled = (taskId: string, rows: readonly ExecutionRow[]) => {
    datasets.append("executions", taskId, rows);
    judge.sampled(taskId, rows);
    knowing.wake(taskId);
  };
  const work = {
    ...codeRoutes({ generation, validator, log, complete: createCompleter({ endpoint: models.endpoint, metrics }) }),
    ...taskRoutes({ tasks: store.tasks, generation }),
    ...artifactRoutes({ store, generation }),
    ...executionRoutes({
      store,
      runner: createRunner({
        store,
        sandbox,
        metrics,
        rollouts: rollouts.live,
        onSampled,
        profileOf: knowing.profileOf,
      }),
    }),
    ...validationRoutes({ store, judge }),
    ...datasetRoutes({ tasks: store.tasks, datasets }),
    ...rolloutRoutes({ store, rollouts, replay: createReplay({ store, sandbox: trialSandbox }) }),
    ...knowingRoutes({ tasks: store.tasks, knowing }),
    ...improvingRoutes({ tasks: store.tasks, improving }),
  };
  let port = 0;
  const also = new Set<string>();
  const sessions = createDashboardSessions(() => port);
  const handlers: Handlers = {
    ...work,
    ...mcpRoutes({ version, log, tools: createTools({ handlers: work, active: () => store.tasks.listActive() }) }),
    ...keyRoutes({ keys: store.keys }),
    ...spendingRoutes(models),
    ...systemRoutes({
      version,
      store,
      sandbox,
      python,
      metrics,
      stopping: stopping.signal,
      cacheStats: (): Stats["cache"] => cache.stats(),
      model: models.info,
    }),
    ...conversationRoutes({ store, assistant }),
    ...telling.routes,
    ...dashboardRoutes({ ...store, sessions, prices: models.prices, folder: options.files.dashboard }),
  };
  // An empty name would mean every network of this machine.
  const host = options.host || "127.0.0.1";
  const app = createApp({
    handlers,
    keys: store.keys,
    sessions,
    rateLimit: createRateLimit({ ...defaultLimits, ...options.limits }),
    log,
    metrics,
    stopping: stopping.signal,
    guard: { hosts: hostNames(host, options.allowedHosts ?? []), port: () => port, also },
  });

  // A server may run for weeks: what runs out is not left to its next start.
  const tidyDatasets = () => datasets.tidy(store.tasks.known);
  const clear = (work: () => Promise<void>) => {
    work().catch((error: unknown) => log.warn({ err: error }, "clearing what has run out"));
  };
  const clearing = setInterval(() => clear(() => store.clearExpired().then(tidyDatasets)), clearEveryMs);
  clearing.unref();

  const stopParts = async () => {
    clearInterval(clearing);
    await Promise.all([
      telling.close(),
      judge.settled(),
      rollouts.settled(),
      knowing.settled(),
      improving.settled(),
      improvingSynthesizer.stop(),
      sandbox.stop(),
      trialSandbox.stop(),
      synthesizer.stop(),
      validator.stop(),
      python.settled(),
      models.close(),
      assistant.settled(),
      datasets.stop(),
    ]);
    await store.close();
  };
  try {
    const key = await adminKey(store.keys, options);
    const server = await listen(app, host, options.port ?? 8000, refuseMalformed(log));
    port = server.port;
    log.info({ host, port, version }, "listening");
    // The store cleared itself when it was opened.
    clear(tidyDatasets);
    rollouts.recover();
    let stopped: Promise<void> | undefined;
    return {
      url: `http://${urlHost(host)}:${port}`,
      apiKey: key.secret,
      isNewKey: key.isNew,
      sandbox: () => sandbox.info(),
      model: models.info,
      models,
      python: () => python.about(),
      selfTest: (signal) => selfTest({ dataDir: options.dataDir, store, sandbox, synthesizer }, signal),
      async dashboardLink() {
        const admin = (await store.keys.list()).find(
          ({ role, revokedAt, expiresAt }) => role === "admin" && revokedAt === null && expiresAt === null,
        );
        return admin && `http://${urlHost(host)}:${port}${dashboardLink(sessions, admin.id).path}`;
      },
      alsoAt(address) {
        const isHere = /^(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/.test(address);
        if (isHere) also.add(address);
        return isHere;
      },
      onEvent: (listener) => telling.listen(listener),
      stop() {
        stopped ??= stop(stopping, server.close, stopParts);
        return stopped;
      },
    };
  } catch (error) {
    await stopParts();
    throw error;
  }
}

async function stop(
  stopping: AbortController,
  close: () => Promise<void>,
  stopParts: () => Promise<void>,
): Promise<void> {
  stopping.abort();
  await close();
  await stopParts();
}

async function adminKey(
  keys: KeyRepository,
  options: BackendOptions,
): Promise<{ secret: string | null; isNew: boolean }> {
  const make = options.makeKey ?? "unless-valid";
  if (options.apiKey && make !== "always") {
    const check = await keys.check(options.apiKey);
    if (check.ok && check.key.role === "admin") return { secret: options.apiKey, isNew: false };
  }
  const fields = { name: "admin", role: "admin" } as const;
  const made = make === "first-start" ? await keys.createFirst(fields) : await keys.create(fields);
  return made ? { secret: made.secret, isNew: true } : { secret: null, isNew: false };
}

function hostNames(host: string, more: readonly string[]): string[] {
  return [...new Set(["127.0.0.1", "localhost", "[::1]", urlHost(host), ...more].map((name) => name.toLowerCase()))];
}

function urlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** What is told of a task, by whichever process, may call for a better version. */
function considerImproving(improving: Improving, { type, taskId, data }: HapaEvent): void {
  if (taskId === null) return;
  if (type === "alert" && data.kind === "inputs.changed") improving.consider(taskId, "drift");
  else if (type === "alert" && data.kind === "accuracy.fell") improving.consider(taskId, "accuracy");
  else if (type.startsWith("rollout.")) improving.rolloutEnded(taskId);
}
