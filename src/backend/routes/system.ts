/** Health, numbers and the description of the API. */
import type { Health, ModelInfo, Stats } from "../../contract/analytics.ts";
import type { Metrics } from "../../observability/metrics.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Store } from "../../store/store.ts";
import { type DocsPage, docsPage } from "../docs.ts";
import { openApi } from "../openapi.ts";
import type { Handlers, RequestContext } from "../serve.ts";

type SystemRoutes = Pick<Handlers, "health" | "live" | "ready" | "stats" | "metrics" | "openapi" | "docs">;

export interface SystemParts {
  readonly version: string;
  readonly store: Store;
  readonly sandbox: Sandbox;
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
    const sandbox = parts.sandbox.info().state;
    const well = database === "ok" && sandbox !== "unavailable";
    return {
      status: parts.stopping.aborted ? "stopping" : well ? "ok" : "degraded",
      version: parts.version,
      checks: { database, sandbox },
    };
  };
  const answer = async (context: RequestContext, unfit: (health: Health) => boolean) => {
    const health = await check();
    if (unfit(health)) context.status(503);
    return health;
  };
  return {
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
