/** Health, numbers and the description of the API. */
import { homedir } from "node:os";
import type { Health, ModelInfo, Stats } from "../../contract/analytics.ts";
import { startPython } from "../../generation/start-python.ts";
import type { Metrics } from "../../observability/metrics.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Store } from "../../store/store.ts";
import { type DocsPage, docsPage } from "../docs.ts";
import { openApi } from "../openapi.ts";
import type { PythonRuntime } from "../python-runtime.ts";
import type { Handlers, RequestContext } from "../serve.ts";

type SystemRoutes = Pick<
  Handlers,
  "setUpPython" | "health" | "live" | "ready" | "stats" | "metrics" | "openapi" | "docs"
>;

export interface SystemParts {
  readonly version: string;
  readonly store: Store;
  readonly sandbox: Sandbox;
  readonly python: PythonRuntime;
  readonly metrics: Metrics;
  readonly stopping: AbortSignal;
  readonly cacheStats: () => Stats["cache"];
  readonly model: () => Promise<ModelInfo>;
}

export function systemRoutes(parts: SystemParts): SystemRoutes {
  const startedAt = performance.now();
  const document = openApi(parts.version);
  const page: DocsPage = docsPage(document);
  const check = async (): Promise<Health> => {
    const database = (await parts.store.ping()) ? "ok" : "failed";
    const { state, engine, nodeVersion, nodePath } = parts.sandbox.info();
    const well = database === "ok" && state !== "unavailable";
    return {
      status: parts.stopping.aborted ? "stopping" : well ? "ok" : "degraded",
      version: parts.version,
      checks: { database, sandbox: state },
      sandbox: { engine, nodeVersion, nodePath: withoutHome(nodePath) },
    };
  };
  const answer = async (context: RequestContext, unfit: (health: Health) => boolean) => {
    const health = await check();
    if (unfit(health)) context.status(503);
    return health;
  };
  return {
    async setUpPython(_, { signal, listener }) {
      await parts.python.setUp(signal, (message, fraction) =>
        listener.progress({ stage: "fetching", message, fraction }),
      );
      await startPython(parts.sandbox, listener, signal);
      return parts.sandbox.info().python;
    },
    health: (_, context) =>
      answer(context, (health) => health.status === "stopping" || health.checks.database === "failed"),
    live: (_, context) => answer(context, () => false),
    ready: (_, context) =>
      answer(context, (health) => health.status === "stopping" || health.checks.database === "failed"),
    async stats() {
      return {
        version: parts.version,
        uptimeS: (performance.now() - startedAt) / 1000,
        sandbox: parts.sandbox.info(),
        model: await parts.model(),
        cache: parts.cacheStats(),
        tasks: await parts.store.tasks.count(),
        executions: await parts.store.executions.count(),
        memoryRssMb: process.memoryUsage.rss() / 1_048_576,
      };
    },
    metrics: () => parts.metrics.text(),
    openapi: () => document,
    docs: () => page,
  };
}

/** Anyone may ask for the health: it does not say who the person is. */
function withoutHome(path: string): string {
  const home = homedir();
  return path.startsWith(`${home}/`) || path.startsWith(`${home}\\`) ? `~${path.slice(home.length)}` : path;
}
