/** The models VS Code itself offers (`vscode.lm`): no key, and VS Code asks the person for consent. */
import * as vscode from "vscode";
import type { Endpoint } from "../../backend/server.ts";
import { vscodeModels } from "../settings.ts";

/** Those on offer now; asking for them needs no consent. */
export async function offeredModels(): Promise<readonly vscode.LanguageModelChat[]> {
  return vscode.lm.selectChatModels({});
}

/** How a model stands in the settings. */
export function nameOf({ vendor, id }: vscode.LanguageModelChat): string {
  return `${vendor}/${id}`;
}

/** "Copilot", for `copilot`. */
export function vendorLabel(vendor: string): string {
  return vendor.charAt(0).toUpperCase() + vendor.slice(1);
}

/**
 * What asks one of them. Its usage is unknown, because VS Code does not tell it, and so is its price. What it throws
 * carries `trouble` for the backend.
 * @param name `vendor/id`
 */
export function createVsCodeEndpoint(name: string): Endpoint {
  return {
    settings: { baseUrl: vscodeModels, name },
    async ask(messages, { signal, onText, schema, maxTokens }) {
      const model = await find(name);
      const stop = new vscode.CancellationTokenSource();
      const cancel = () => stop.cancel();
      signal.addEventListener("abort", cancel, { once: true });
      try {
        // VS Code's messages know no system; its models are told in the person's name.
        const said = messages.map(({ role, content }) =>
          role === "assistant"
            ? vscode.LanguageModelChatMessage.Assistant(content)
            : vscode.LanguageModelChatMessage.User(content),
        );
        const asJson = schema
          ? [
              vscode.LanguageModelChatMessage.User(
                `Answer with one JSON document of this schema and nothing else: ${JSON.stringify(schema.schema)}`,
              ),
            ]
          : [];
        const options: vscode.LanguageModelChatRequestOptions = {
          justification: vscode.l10n.t(
            "HAPA asks it what you ask HAPA: your question, your examples and what you choose to send along.",
          ),
          ...(maxTokens === undefined ? {} : { modelOptions: { max_tokens: maxTokens } }),
        };
        const response = await model.sendRequest([...said, ...asJson], options, stop.token);
        let text = "";
        for await (const piece of response.text) {
          signal.throwIfAborted();
          text += piece;
          onText?.(piece);
        }
        return { text, usage: null };
      } catch (error) {
        throw explained(error, name);
      } finally {
        signal.removeEventListener("abort", cancel);
        stop.dispose();
      }
    },
  };
}

async function find(name: string): Promise<vscode.LanguageModelChat> {
  const [vendor = "", ...rest] = name.split("/");
  const [model] = await vscode.lm.selectChatModels({ vendor, id: rest.join("/") });
  if (model) return model;
  const message = vscode.l10n.t(
    "VS Code does not offer it now. Sign in with the extension that offers it, or choose another model.",
  );
  throw Object.assign(new Error(message), { trouble: "model_unknown" });
}

function explained(error: unknown, name: string): unknown {
  if (!(error instanceof vscode.LanguageModelError)) return error;
  const { code } = error;
  if (code === vscode.LanguageModelError.NoPermissions.name)
    return troubled(
      "key_refused",
      vscode.l10n.t("HAPA may not use it. Allow it when VS Code asks, or choose another model."),
    );
  if (code === vscode.LanguageModelError.Blocked.name)
    return troubled(
      "limited",
      vscode.l10n.t("VS Code blocks it for now ({0}). Its limit may be used up: try again later.", error.message),
    );
  if (code === vscode.LanguageModelError.NotFound.name)
    return troubled("model_unknown", vscode.l10n.t("VS Code no longer offers {0}. Choose another model.", name));
  return error;
}

function troubled(trouble: string, message: string): Error {
  return Object.assign(new Error(message), { trouble });
}
