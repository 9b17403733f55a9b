/** Known addresses of OpenAI-compatible endpoints, and which addresses will do. No VS Code here. */
import { type Said, say } from "../../contract/say.ts";

export interface Preset {
  readonly label: string;
  readonly baseUrl: string;
  readonly needsKey: boolean;
}

export const presets: readonly Preset[] = [
  { label: "Ollama", baseUrl: "http://127.0.0.1:11434/v1", needsKey: false },
  { label: "LM Studio", baseUrl: "http://127.0.0.1:1234/v1", needsKey: false },
  { label: "OpenAI", baseUrl: "https://api.openai.com/v1", needsKey: true },
  { label: "OpenRouter", baseUrl: "https://openrouter.ai/api/v1", needsKey: true },
];

/** What is wrong with an address a person typed; undefined where it will do. */
export function addressProblem(text: string): Said | undefined {
  const address = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!address || !/^https?:$/.test(address.protocol)) return say`An address starts with https:// or http://`;
  if (address.username || address.password) return say`Leave the password out; the key is asked for and kept safely.`;
  if (address.search || address.hash) return say`Leave out what follows ? or #`;
  return undefined;
}
