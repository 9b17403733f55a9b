/**
 * The three kinds of secrets, in VS Code's SecretStorage: the key of the local HTTP API, the lesser one that agents are
 * handed, and a model key for each endpoint (so that a key is never sent to another address than the one it was entered for).
 */
import type * as vscode from "vscode";
import { say } from "../contract/say.ts";
import { Notice } from "./errors.ts";

export interface Secrets {
  apiKey(): Promise<string | undefined>;
  keepApiKey(key: string): Promise<void>;
  agentKey(): Promise<string | undefined>;
  keepAgentKey(key: string): Promise<void>;
  modelKey(baseUrl: string): Promise<string | undefined>;
  /** Keeps, reads and forgets something. @throws where the storage does not give back what it was given. */
  probe(): Promise<void>;
  /** An undefined key forgets it. */
  keepModelKey(baseUrl: string, key: string | undefined): Promise<void>;
}

export function createSecrets(storage: vscode.SecretStorage): Secrets {
  return {
    apiKey: async () => storage.get("hapa.apiKey"),
    keepApiKey: async (key) => storage.store("hapa.apiKey", key),
    agentKey: async () => storage.get("hapa.agentKey"),
    keepAgentKey: async (key) => storage.store("hapa.agentKey", key),
    modelKey: async (baseUrl) => storage.get(modelKeyName(baseUrl)),
    async probe() {
      const value = crypto.randomUUID();
      await storage.store("hapa.probe", value);
      const kept = await storage.get("hapa.probe");
      await storage.delete("hapa.probe");
      if (kept !== value) throw new Notice(say`The secret storage did not give back what was kept in it.`);
    },
    keepModelKey: async (baseUrl, key) => {
      if (key) await storage.store(modelKeyName(baseUrl), key);
      else await storage.delete(modelKeyName(baseUrl));
    },
  };
}

function modelKeyName(baseUrl: string): string {
  return `hapa.modelKey:${new URL(baseUrl).origin}`;
}
