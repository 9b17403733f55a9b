/** Starts the whole backend: store, sandbox, generators, HTTP. Used by the extension (in-process) and by `cli.ts`. */
import { createAssistant } from "../assistant/assistant.ts";
import { createCompleter } from "../assistant/complete.ts";
import type { Stats } from "../contract/analytics.ts";
import { createAnswerCache } from "../generation/cache.ts";
import { type Answered, createGenerationService } from "../generation/service.ts";
import { createLog } from "../observability/log.ts";
import { createMetrics } from "../observability/metrics.ts";
import { createSandbox } from "../sandbox/lanes.ts";
import type { SandboxOptions } from "../sandbox/sandbox.ts";
import type { KeyRepository } from "../store/keys.ts";
import { openStore } from "../store/store.ts";
import { createSynthesizer } from "../synthesis/client.ts";
import { createValidator } from "../validation/client.ts";
import { createApp } from "./app.ts";
import { createDashboardSessions } from "./dashboard/sessions.ts";
import { createLearning } from "./learning.ts";
import { listen } from "./listen.ts";
import { refuseMalformed } from "./malformed.ts";
import { createTools } from "./mcp/tools.ts";
import { createRateLimit, type Limits } from "./middleware/rate-limit.ts";
import { createModels } from "./models.ts";
import type { BackendOptions, RunningBackend } from "./options.ts";
import { createPythonRuntime } from "./python-runtime.ts";
import { artifactRoutes } from "./routes/artifacts.ts";
import { codeRoutes } from "./routes/code.ts";
import { conversationRoutes } from "./routes/conversations.ts";
import { dashboardLink, dashboardRoutes } from "./routes/dashboard.ts";
import { executionRoutes } from "./routes/executions.ts";
import { keyRoutes } from "./routes/keys.ts";
import { mcpRoutes } from "./routes/mcp.ts";
import { spendingRoutes } from "./routes/spending.ts";
import { systemRoutes } from "./routes/system.ts";
import { taskRoutes } from "./routes/tasks.ts";
import { createRunner } from "./runner.ts";
import { selfTest } from "./self-test.ts";
import type { Handlers } from "./serve.ts";
import { createTelling } from "./telling.ts";
import { version } from "./version.ts";

export type { ConnectionReport } from "../models/connection.ts";
export type { Completion, Endpoint, Message, ModelSettings } from "../models/endpoint.ts";
export type { Listing } from "../models/listing.ts";
export type { LocalServer } from "../models/local-servers.ts";
export type { Network, NetworkSettings } from "../models/transport.ts";
export { type ModelSource, type ModelTools, withoutPassword } from "./models.ts";
export type { BackendOptions, RunningBackend } from "./options.ts";

const clearEveryMs = 3_600_000;
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
  const learning = await createLearning({
    dataDir,
    log,
    stopping: stopping.signal,
    generating,
    sandbox: sandboxOptions,
    synthesisWorker: options.files.synthesisWorker,
    listen: telling.listen,
    datasets: options.datasets,
    improvementRestMs: options.improvementRestMs,
  });
  const work = {
    ...codeRoutes({ generation, validator, log, complete: createCompleter({ endpoint: models.endpoint, metrics }) }),
    ...taskRoutes({ tasks: store.tasks, generation }),
    ...artifactRoutes({ store, generation }),
    ...executionRoutes({
      store,
      runner: createRunner({ store, sandbox, metrics, ...learning.runner }),
    }),
    ...learning.routes,
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
  const clear = (work: () => Promise<void>) => {
    work().catch((error: unknown) => log.warn({ err: error }, "clearing what has run out"));
  };
  const clearing = setInterval(() => clear(() => store.clearExpired().then(learning.tidy)), clearEveryMs);
  clearing.unref();

  const stopParts = async () => {
    clearInterval(clearing);
    await Promise.all([
      telling.close(),
      learning.stop(),
      sandbox.stop(),
      synthesizer.stop(),
      validator.stop(),
      python.settled(),
      models.close(),
      assistant.settled(),
    ]);
    await store.close();
  };
  try {
    const key = await adminKey(store.keys, options);
    const server = await listen(app, host, options.port ?? 8000, refuseMalformed(log));
    port = server.port;
    log.info({ host, port, version }, "listening");
    // The store cleared itself when it was opened.
    clear(learning.tidy);
    learning.recover();
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
