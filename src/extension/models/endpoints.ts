/** Known addresses of OpenAI-compatible endpoints, and what models an endpoint has. No VS Code here. */

export interface Preset {
  readonly label: string;
  readonly baseUrl: string;
  readonly detail: string;
  readonly needsKey: boolean;
}

export const presets: readonly Preset[] = [
  { label: "Ollama", baseUrl: "http://127.0.0.1:11434/v1", detail: "On this computer", needsKey: false },
  { label: "LM Studio", baseUrl: "http://127.0.0.1:1234/v1", detail: "On this computer", needsKey: false },
  { label: "OpenAI", baseUrl: "https://api.openai.com/v1", detail: "Needs a key", needsKey: true },
  { label: "OpenRouter", baseUrl: "https://openrouter.ai/api/v1", detail: "Needs a key", needsKey: true },
];

export type Listing =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly needsKey: boolean; readonly message: string };

const timeoutMs = 5_000;

/** `GET {baseUrl}/models`. The message of a failure says what to do. */
export async function listModels(baseUrl: string, key: string | undefined, signal?: AbortSignal): Promise<Listing> {
  const signals = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
  let response: Response;
  try {
    response = await fetch(`${baseUrl.replace(/\/+$/, "")}/models`, {
      headers: key ? { authorization: `Bearer ${key}` } : {},
      redirect: "error", // A key is not carried to another address.
      signal: AbortSignal.any(signals),
    });
  } catch {
    return { ok: false, needsKey: false, message: `Nothing answers at ${baseUrl}. Is the server running?` };
  }
  if (response.status === 401 || response.status === 403)
    return { ok: false, needsKey: true, message: `${baseUrl} does not accept the key.` };
  if (!response.ok) return { ok: false, needsKey: false, message: `${baseUrl} answered ${response.status}.` };
  const names = namesIn(await response.json().catch(() => undefined));
  return names.length > 0
    ? { ok: true, names }
    : { ok: false, needsKey: false, message: `${baseUrl} did not list its models.` };
}

function namesIn(body: unknown): string[] {
  if (typeof body !== "object" || body === null || !("data" in body) || !Array.isArray(body.data)) return [];
  const names = body.data.map((entry: unknown) =>
    typeof entry === "object" && entry !== null && "id" in entry && typeof entry.id === "string" ? entry.id : "",
  );
  return [...new Set(names.filter((name) => name !== ""))].sort();
}

/** What is wrong with an address a person typed; undefined where it will do. */
export function addressProblem(text: string): string | undefined {
  const address = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!address || !/^https?:$/.test(address.protocol)) return "An address starts with https:// or http://";
  if (address.username || address.password) return "Leave the password out; the key is asked for and kept safely.";
  if (address.search || address.hash) return "Leave out what follows ? or #";
  return undefined;
}
