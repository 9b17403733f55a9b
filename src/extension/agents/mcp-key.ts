/** The key that VS Code's MCP host is handed: a developer's, since an agent has no business with keys themselves. */
import { type Client, createClient } from "../../client/client.ts";
import { HapaError } from "../../contract/errors.ts";

/** Where the key is kept between windows. */
export interface KeyPlace {
  agentKey(): Promise<string | undefined>;
  keepAgentKey(key: string): Promise<void>;
}

/**
 * The kept key where it still works, else a new one. A key that the person revoked is not used again.
 * @param admin a client that may make keys
 * @throws HapaError where the backend does not answer
 */
export async function agentKey(admin: Client, url: string, place: KeyPlace): Promise<string> {
  const kept = await place.agentKey();
  if (kept !== undefined && (await works(url, kept))) return kept;
  const { apiKey } = await admin.call("createKey", {
    params: {},
    body: { name: "Agents in VS Code", role: "developer" },
  });
  await place.keepAgentKey(apiKey);
  return apiKey;
}

async function works(url: string, apiKey: string): Promise<boolean> {
  try {
    await createClient({ baseUrl: url, apiKey }).call("listTasks", { params: {}, query: { limit: 1 } });
    return true;
  } catch (error) {
    if (error instanceof HapaError && (error.code === "unauthorized" || error.code === "forbidden")) return false;
    throw error;
  }
}
