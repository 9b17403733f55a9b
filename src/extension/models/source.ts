/** From a choice in the settings to what the backend asks. */
import type { ModelSource } from "../../backend/server.ts";
import type { Secrets } from "../secrets.ts";
import { type ModelChoice, vscodeModels } from "../settings.ts";

/** The endpoint's settings with its key, or one of VS Code's own models. */
export async function modelSource(choice: ModelChoice, secrets: Secrets): Promise<ModelSource> {
  if (choice.baseUrl === vscodeModels) {
    const { createVsCodeEndpoint } = await import("./language-models.ts");
    return createVsCodeEndpoint(choice.name);
  }
  const apiKey = await secrets.modelKey(choice.baseUrl);
  return apiKey === undefined ? choice : { ...choice, apiKey };
}
