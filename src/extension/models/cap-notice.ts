/** Says so when a monthly cap is set that cannot hold: a model in use has no prices, so its calls cannot be counted. */
import * as vscode from "vscode";
import { modelUses } from "../../contract/model-use.ts";
import type { Settings } from "../settings.ts";

export function watchCap(settings: Settings): vscode.Disposable {
  let told = settings.monthlyCapUsd();
  return settings.onDidChange(() => {
    const cap = settings.monthlyCapUsd();
    if (cap === told) return;
    told = cap;
    const unpriced = modelUses.map((use) => settings.model(use)).find((model) => model && !model.prices);
    if (cap === undefined || !unpriced) return;
    const prices = vscode.l10n.t("Set Prices…");
    const message = vscode.l10n.t(
      "HAPA: the monthly cap of {0} USD cannot hold for {1}: without its prices, what a call costs is not known, and none is refused.",
      cap,
      unpriced.name,
    );
    void vscode.window.showWarningMessage(message, prices).then((chosen) => {
      if (chosen === prices) void vscode.commands.executeCommand("workbench.action.openSettings", "hapa.model");
    });
  });
}
