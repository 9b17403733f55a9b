/** Doctor: looks at every part, and shows a report without secrets that may be sent to whoever helps. */
import { arch, platform, release } from "node:os";
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { examine } from "../doctor/examine.ts";
import { doctorReport, type ReportWords, type State } from "../doctor/report.ts";

/** Gives the worst that was found, for whoever calls it by name. */
export async function run(app: App): Promise<{ readonly worst: State; readonly report: string }> {
  const { t } = vscode.l10n;
  const findings = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t("HAPA: looking at every part"),
      cancellable: true,
    },
    async (_, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return examine(app, controller.signal);
    },
  );
  const order: readonly State[] = ["problem", "warning", "off", "ok"];
  const worst = order.find((state) => findings.some((finding) => finding.state === state)) ?? "ok";
  const words: ReportWords = {
    title: t("HAPA's Doctor"),
    summary:
      worst === "problem"
        ? t("Something does not work. What to do stands below.")
        : worst === "warning"
          ? t("Everything works, but something could be better.")
          : t("Everything works."),
    columns: [t("State"), t("Part"), t("What was found")],
    states: { ok: t("fine"), off: t("not in use"), warning: t("look at this"), problem: t("does not work") },
    toDo: t("What to do"),
    about: t("About this computer"),
  };
  const about = [
    ["HAPA", app.version],
    [
      "VS Code",
      `${vscode.version}, ${vscode.env.appName}${vscode.env.remoteName ? ` (${vscode.env.remoteName})` : ""}`,
    ],
    [t("System"), `${platform()} ${release()} ${arch()}`],
    [
      "Node",
      `${process.versions.node}${process.versions["electron"] ? `, Electron ${process.versions["electron"]}` : ""}`,
    ],
    [t("Language"), vscode.env.language],
  ] as const;
  const report = doctorReport(findings, about, words);
  await app.reports.show(words.title, report);
  const copy = t("Copy Report");
  void vscode.window.showInformationMessage(`HAPA: ${words.summary}`, copy).then(async (chosen) => {
    if (chosen === copy) await vscode.env.clipboard.writeText(report);
  });
  return { worst, report };
}
