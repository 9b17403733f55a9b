/** Asks each model that is set up for one token, as Test Connection does. */
import * as vscode from "vscode";
import type { RunningBackend } from "../../backend/server.ts";
import { modelUses } from "../../contract/model-use.ts";
import type { App } from "../app.ts";
import { explain } from "../errors.ts";
import { inWords } from "../in-words.ts";
import { modelSource } from "../models/source.ts";
import type { ModelChoice } from "../settings.ts";
import type { Finding } from "./report.ts";

export async function modelFindings(app: App, backend: RunningBackend, signal: AbortSignal): Promise<Finding[]> {
  const { t } = vscode.l10n;
  const choices = new Map<string, ModelChoice>();
  for (const use of modelUses) {
    const choice = app.settings.model(use);
    if (choice) choices.set(`${choice.baseUrl} ${choice.name}`, choice);
  }
  if (choices.size === 0)
    return [{ name: t("Model"), state: "off", found: t("none is chosen: HAPA works offline, from examples") }];
  return Promise.all(
    [...choices.values()].map(async (choice): Promise<Finding> => {
      const name = t("Model {0}", choice.name);
      try {
        const report = await backend.models.test(await modelSource(choice, app.secrets), signal);
        const found = inWords(report.message);
        return report.ok
          ? { name, state: "ok", found }
          : { name, state: "problem", found, advice: t("Run “HAPA: Test Connection”, which offers what helps.") };
      } catch (error) {
        return { name, state: "problem", found: inWords(explain(error).message) };
      }
    }),
  );
}
