/** Known addresses of OpenAI-compatible endpoints, and which addresses will do. No VS Code here. */

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

/** What is wrong with an address a person typed; undefined where it will do. */
export function addressProblem(text: string): string | undefined {
  const address = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!address || !/^https?:$/.test(address.protocol)) return "An address starts with https:// or http://";
  if (address.username || address.password) return "Leave the password out; the key is asked for and kept safely.";
  if (address.search || address.hash) return "Leave out what follows ? or #";
  return undefined;
}
