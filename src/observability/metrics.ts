/** Counters and histograms, in Prometheus form. One registry per backend, so that two in one process do not mix. */
import { Counter, Histogram, Registry } from "prom-client";

export interface Metrics {
  readonly request: (route: string, status: number, seconds: number) => void;
  readonly executions: (status: string, count: number) => void;
  readonly generation: (generator: string, outcome: "verified" | "rejected" | "failed") => void;
  readonly modelTokens: (kind: "prompt" | "completion", count: number) => void;
  readonly cache: (level: string) => void;
  readonly sandboxRestart: () => void;
  readonly datasetRows: (outcome: "written" | "dropped", count: number) => void;
  /** Prometheus text. */
  readonly text: () => Promise<string>;
}

export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const requests = new Histogram({
    name: "hapa_http_request_duration_seconds",
    help: "Time to answer, by route and status",
    labelNames: ["route", "status"],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5, 30],
    registers,
  });
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  const executions = counter("hapa_executions_total", "Program runs, by how they ended", ["status"]);
  const generations = counter("hapa_generations_total", "Programs made, by generator and outcome", [
    "generator",
    "outcome",
  ]);
  const tokens = counter("hapa_model_tokens_total", "Model tokens used", ["kind"]);
  const cache = counter("hapa_cache_requests_total", "Cache look-ups, by where they ended", ["level"]);
  const restarts = counter("hapa_sandbox_restarts_total", "Sandbox children that were replaced", []);
  const datasetRows = counter("hapa_dataset_rows_total", "Rows for datasets, by what became of them", ["outcome"]);
  return {
    request: (route, status, seconds) => requests.observe({ route, status: String(status) }, seconds),
    executions: (status, count) => executions.inc({ status }, count),
    generation: (generator, outcome) => generations.inc({ generator, outcome }),
    modelTokens: (kind, count) => tokens.inc({ kind }, count),
    cache: (level) => cache.inc({ level }),
    sandboxRestart: () => restarts.inc(),
    datasetRows: (outcome, count) => datasetRows.inc({ outcome }, count),
    text: () => registers[0]?.metrics() ?? Promise.resolve(""),
  };
}
