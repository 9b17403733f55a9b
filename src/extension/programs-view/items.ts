/** What the tree shows of tasks and versions: words, icons, tooltips, and what a screen reader says. */
import * as vscode from "vscode";
import type { Artifact } from "../../contract/artifacts.ts";
import { noted } from "../../contract/notes.ts";
import { inWords } from "../in-words.ts";
import { describeProof } from "../programs.ts";
import type { TaskEntry } from "./program-list.ts";

/** Also the argument of the commands in its menu: `task` and, of a version, `version`. */
export interface ProgramNode {
  /** The task's id. */
  readonly task: string;
  /** Absent: the task itself. */
  readonly version?: number;
  readonly entry: TaskEntry;
  readonly artifact?: Artifact;
}

export function nodeId({ task, version }: Pick<ProgramNode, "task" | "version">): string {
  return version === undefined ? task : `${task}/${version}`;
}

export function itemOf(node: ProgramNode, file: vscode.Uri | undefined): vscode.TreeItem {
  return node.artifact ? versionItem(node.entry, node.artifact) : taskItem(node.entry, file);
}

function taskItem(entry: TaskEntry, file: vscode.Uri | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(entry.name, vscode.TreeItemCollapsibleState.Collapsed);
  const { active } = entry;
  item.id = nodeId({ task: entry.id });
  item.iconPath = active
    ? new vscode.ThemeIcon("symbol-method", new vscode.ThemeColor("testing.iconPassed"))
    : new vscode.ThemeIcon("circle-large-outline");
  item.description = active
    ? vscode.l10n.t("version {0} · {1} · {2}", active.version, percent(active.verification.accuracy), latency(active))
    : vscode.l10n.t("no program yet");
  item.contextValue = ["task", active ? "active" : "idle", ...(file ? ["file"] : [])].join(" ");
  item.accessibilityInformation = {
    label: active
      ? vscode.l10n.t(
          "{0}: version {1} runs, accuracy {2}, {3} a call",
          entry.name,
          active.version,
          percent(active.verification.accuracy),
          latency(active),
        )
      : vscode.l10n.t("{0}: no program yet", entry.name),
  };
  return item;
}

function versionItem(entry: TaskEntry, artifact: Artifact): vscode.TreeItem {
  const { version, state, verification } = artifact;
  const item = new vscode.TreeItem(vscode.l10n.t("version {0}", version));
  item.id = nodeId({ task: entry.id, version });
  item.iconPath = stateIcon(state);
  item.description = [
    stateName(state),
    percent(verification.accuracy),
    latency(artifact),
    artifact.model ?? makerName(artifact),
    ...(artifact.language === entry.language ? [] : [artifact.language]),
  ].join(" · ");
  item.contextValue = `version ${state}`;
  item.accessibilityInformation = {
    label: vscode.l10n.t(
      "{0}, version {1}: {2}, accuracy {3}, {4} a call, made by {5}",
      entry.name,
      version,
      stateName(state),
      percent(verification.accuracy),
      latency(artifact),
      artifact.model ?? makerName(artifact),
    ),
  };
  return item;
}

/** What a hover says of a task; `runs` is how often its programs ran, and how many of those went well. */
export function taskTooltip(entry: TaskEntry, runs: { total: number; succeeded: number }, file?: vscode.Uri) {
  const text = new vscode.MarkdownString();
  text.appendMarkdown("**").appendText(entry.name).appendMarkdown("**\n\n");
  if (entry.description) text.appendText(clip(entry.description, 500)).appendMarkdown("\n\n");
  const rows = [
    vscode.l10n.t("{0} examples", entry.exampleCount.toLocaleString("en-US")),
    vscode.l10n.t("{0} wanted, within {1} ms", percent(entry.accuracyTarget), entry.latencyTargetMs),
    entry.active
      ? vscode.l10n.t("version {0} is {1}", entry.active.version, inWords(describeProof(entry.active.verification)))
      : vscode.l10n.t("no program yet: generate one"),
    vscode.l10n.t(
      "run {0} times, {1} of them with success",
      runs.total.toLocaleString("en-US"),
      runs.succeeded.toLocaleString("en-US"),
    ),
    ...(file ? [vscode.l10n.t("its specification is the file {0}", vscode.workspace.asRelativePath(file))] : []),
  ];
  for (const row of rows) text.appendMarkdown("- ").appendText(row).appendMarkdown("\n");
  return text;
}

export function versionTooltip(entry: TaskEntry, artifact: Artifact): vscode.MarkdownString {
  const { verification } = artifact;
  const text = new vscode.MarkdownString();
  text.appendMarkdown("**").appendText(vscode.l10n.t("{0}, version {1}", entry.name, artifact.version));
  text.appendMarkdown("**\n\n");
  if (artifact.explanation) text.appendText(clip(artifact.explanation, 500)).appendMarkdown("\n\n");
  const { usage } = artifact;
  const rows = [
    vscode.l10n.t("{0}: {1}", stateName(artifact.state), inWords(describeProof(verification))),
    vscode.l10n.t(
      "{0} a call (mean), {1} ms at most in 99 of 100",
      latency(artifact),
      short(verification.latencyP99Ms),
    ),
    vscode.l10n.t("made by {0} in {1} s", artifact.model ?? makerName(artifact), short(artifact.durationMs / 1_000)),
    ...(usage && usage.promptTokens + usage.completionTokens > 0
      ? [vscode.l10n.t("{0} + {1} tokens", usage.promptTokens, usage.completionTokens)]
      : []),
    ...(usage?.costUsd ? [vscode.l10n.t("cost {0} USD", short(usage.costUsd))] : []),
    ...verification.notes.map((note) => inWords(noted(note))),
  ];
  for (const row of rows) text.appendMarkdown("- ").appendText(row).appendMarkdown("\n");
  return text;
}

function stateIcon(state: Artifact["state"]): vscode.ThemeIcon {
  switch (state) {
    case "active":
      return new vscode.ThemeIcon("pass-filled", new vscode.ThemeColor("testing.iconPassed"));
    case "verified":
      return new vscode.ThemeIcon("pass");
    case "rejected":
      return new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed"));
  }
}

export function stateName(state: Artifact["state"]): string {
  switch (state) {
    case "active":
      return vscode.l10n.t("active");
    case "verified":
      return vscode.l10n.t("verified");
    case "rejected":
      return vscode.l10n.t("rejected");
  }
}

function makerName({ generator }: Artifact): string {
  switch (generator) {
    case "offline":
      return vscode.l10n.t("offline");
    case "model":
      return vscode.l10n.t("a model");
    case "person":
      return vscode.l10n.t("hand");
  }
}

export function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10}%`;
}

function latency({ verification }: Artifact): string {
  return `${short(verification.latencyMeanMs)} ms`;
}

/** Two digits that count: 0.0034, 0.12, 3.4, 120. */
function short(value: number): string {
  return String(value >= 100 ? Math.round(value) : Number(value.toPrecision(2)));
}

function clip(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
