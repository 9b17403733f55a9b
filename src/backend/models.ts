/** Puts the models together: how they are reached, one endpoint for each use, what they cost, and what is told of them. */
import type { ModelInfo } from "../contract/analytics.ts";
import type { Ledger } from "../contract/dashboard.ts";
import { type ModelUse, modelUses } from "../contract/model-use.ts";
import type { Spending } from "../contract/spending.ts";
import { type ConnectionReport, testConnection } from "../models/connection.ts";
import { createEndpoint, type Endpoint, type ModelSettings } from "../models/endpoint.ts";
import { adoptEndpoint } from "../models/foreign.ts";
import { type Address, type Listing, listModels } from "../models/listing.ts";
import { findLocalServers, type LocalPort, type LocalServer } from "../models/local-servers.ts";
import { createSpendingLedger } from "../models/spending.ts";
import { createTransport, type Network, networkOfNode } from "../models/transport.ts";
import type { SpendingRepository } from "../store/spending.ts";

/** An endpoint to be talked to by HTTP, or whatever else answers like one. */
export type ModelSource = ModelSettings | Endpoint;

export interface ModelOptions {
  readonly model: (use: ModelUse) => Promise<ModelSource | undefined>;
  readonly monthlyCapUsd?: (() => number | undefined) | undefined;
  readonly network?: Network | undefined;
  readonly modelSilenceMs?: number | undefined;
  readonly modelRetries?: number | undefined;
}

/** Asked while a model is chosen, before it is set. */
export interface ModelTools {
  /** The models of an OpenAI-compatible endpoint. */
  list(address: Address, signal: AbortSignal): Promise<Listing>;
  /** Ollama and LM Studio on this computer. @param ports where to look instead of at the usual ones */
  findLocal(signal: AbortSignal, ports?: readonly LocalPort[]): Promise<LocalServer[]>;
  /** @throws HapaError("client_closed_request" | "spend_cap_reached") */
  test(source: ModelSource, signal: AbortSignal): Promise<ConnectionReport>;
}

export interface Models extends ModelTools {
  /** For the settings of this moment; undefined where no model is set up for that use. */
  endpoint(use: ModelUse): Promise<Endpoint | undefined>;
  /** Of the one for chat. */
  info(): Promise<ModelInfo>;
  spending(): Promise<Spending>;
  /** Of the one for chat, in USD per million tokens; null where there is none, or they are not set. */
  prices(): Promise<Ledger["prices"]>;
  close(): Promise<void>;
}

export function createModels(options: ModelOptions, spending: SpendingRepository): Models {
  const transport = createTransport(options.network ?? networkOfNode);
  const ledger = createSpendingLedger({ spending, capUsd: () => options.monthlyCapUsd?.() });
  const limits = {
    silenceMs: options.modelSilenceMs ?? 60_000,
    retries: options.modelRetries ?? 2,
    fetch: transport.fetch,
  };
  // An endpoint for as long as its settings stay the same, so that what it learned of the server is kept.
  const current = new Map<ModelUse, { readonly key: string; readonly endpoint: Endpoint }>();
  return {
    async endpoint(use) {
      const source = await options.model(use);
      if (!source) return undefined;
      if (isEndpoint(source)) return ledger.guard(adoptEndpoint(source, limits.silenceMs), use);
      const key = JSON.stringify(source);
      const known = current.get(use);
      if (known?.key === key) return known.endpoint;
      const endpoint = ledger.guard(createEndpoint(source, limits), use);
      current.set(use, { key, endpoint });
      return endpoint;
    },
    async info() {
      const source = await options.model("chat");
      if (!source) return { configured: false, name: null, baseUrl: null };
      const { name, baseUrl } = settingsOf(source);
      return { configured: true, name, baseUrl: withoutPassword(baseUrl) };
    },
    async spending() {
      const sources = await Promise.all(modelUses.map((use) => options.model(use)));
      return ledger.thisMonth(sources.filter((source) => source !== undefined).map(settingsOf));
    },
    async prices() {
      const source = await options.model("chat");
      const { name, prices } = source ? settingsOf(source) : {};
      return name !== undefined && prices
        ? { model: name, prompt: prices.prompt, completion: prices.completion }
        : null;
    },
    list: (address, signal) => listModels(address, transport.fetch, signal),
    findLocal: (signal, ports) => findLocalServers(transport.fetch, signal, ports),
    test(source, signal) {
      const endpoint = isEndpoint(source)
        ? adoptEndpoint(source, limits.silenceMs)
        : createEndpoint(source, { ...limits, retries: 0 });
      return testConnection(ledger.guard(endpoint, "chat"), transport.fetch, signal);
    },
    close: () => transport.close(),
  };
}

function isEndpoint(source: ModelSource): source is Endpoint {
  return "ask" in source;
}

function settingsOf(source: ModelSource): ModelSettings {
  return isEndpoint(source) ? source.settings : source;
}

/** The part of a model's address that may be shown. */
export function withoutPassword(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url ? `${url.protocol}//${url.host}${url.pathname}` : address.slice(address.lastIndexOf("@") + 1);
}
