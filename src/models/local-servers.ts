/** Servers of models on this computer: Ollama and LM Studio, at the ports they take by themselves, by IPv4 and IPv6. */
import { listModels } from "./listing.ts";
import type { Fetch } from "./transport.ts";

export interface LocalServer {
  /** "Ollama", "LM Studio" */
  readonly label: string;
  readonly baseUrl: string;
  /** Its models; empty where none is installed yet. */
  readonly names: readonly string[];
}

/** Where one looks. */
export interface LocalPort {
  readonly label: string;
  readonly port: number;
}

export const usualPorts: readonly LocalPort[] = [
  { label: "Ollama", port: 11_434 },
  { label: "LM Studio", port: 1_234 },
];

const timeoutMs = 1_500;

/** Looks once, at all of them at the same time. A server found by both families is told once, by IPv4. */
export async function findLocalServers(
  fetch: Fetch,
  signal: AbortSignal,
  ports: readonly LocalPort[] = usualPorts,
): Promise<LocalServer[]> {
  const found = await Promise.all(
    ports.map(async ({ label, port }) => {
      const answers = await Promise.all(
        ["127.0.0.1", "[::1]"].map(async (host) => {
          const baseUrl = `http://${host}:${port}/v1`;
          const late = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
          const listing = await listModels({ baseUrl }, fetch, late).catch(() => undefined); // too late is not there
          return listing?.ok ? { label, baseUrl, names: listing.names } : undefined;
        }),
      );
      return answers.find((answer) => answer !== undefined);
    }),
  );
  signal.throwIfAborted();
  return found.filter((server) => server !== undefined);
}
