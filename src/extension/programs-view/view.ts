/**
 * The view "Programs": tasks, below them the versions of their programs. Starts the backend when it is first looked at
 * (not when VS Code opens), and follows its events from then on.
 */
import * as vscode from "vscode";
import type { LazyBackend } from "../backend.ts";
import type { Log } from "../log.ts";
import { itemOf, nodeId, type ProgramNode, taskTooltip, versionTooltip } from "./items.ts";
import { createProgramList, type TaskEntry } from "./program-list.ts";

export interface ProgramsView {
  readonly tree: vscode.TreeDataProvider<ProgramNode>;
  /**
   * Selected in the tree, in its order. VS Code does not say what has the focus, so the keys of package.json select it
   * first: `list.select`, twice, as it also folds and unfolds.
   */
  selected(): readonly ProgramNode[];
  entry(taskId: string): TaskEntry | undefined;
  /** Reads everything anew: what another window did is not told to this one. */
  refresh(): Promise<void>;
  /** Shows a task, or a version of it, in the view. */
  reveal(task: string, version?: number): Promise<void>;
  dispose(): void;
}

export interface ProgramsParts {
  readonly backend: LazyBackend;
  readonly log: Log;
  /** The file that specifies a task, where one does. */
  readonly fileOf: (taskId: string) => vscode.Uri | undefined;
  readonly onDidChangeFiles: vscode.Event<unknown>;
}

const viewId = "hapa.programs";

export function createProgramsView({ backend, log, fileOf, onDidChangeFiles }: ProgramsParts): ProgramsView {
  const list = createProgramList();
  const changed = new vscode.EventEmitter<undefined>();
  let endListening: (() => void) | undefined;
  let loading: Promise<void> | undefined;
  let loaded = false;

  const nodeOfTask = (entry: TaskEntry): ProgramNode => ({ task: entry.id, entry });
  const load = (): Promise<void> => {
    loading ??= (async () => {
      const { client, backend: running } = await backend.get();
      // Before reading: what happens meanwhile is not missed.
      endListening ??= running.onEvent(({ type, taskId }) => {
        if (type !== "metrics" && taskId !== null) void follow(taskId);
      });
      await list.load(client);
      loaded = true;
    })().finally(() => {
      loading = undefined;
      changed.fire(undefined);
    });
    return loading;
  };
  const follow = async (taskId: string): Promise<void> => {
    try {
      if (await list.update(taskId)) changed.fire(undefined);
    } catch (error) {
      log.warn(`The view of programs may be behind: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const lookedAt = (): void => {
    if (!view.visible || loaded || loading) return;
    void vscode.window.withProgress({ location: { viewId } }, () =>
      load().catch((error: unknown) => log.error("The programs cannot be listed.", error)),
    );
  };

  const tree: vscode.TreeDataProvider<ProgramNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => itemOf(node, node.artifact ? undefined : fileOf(node.task)),
    async getChildren(node) {
      if (!node) return list.entries().map(nodeOfTask);
      if (node.artifact) return [];
      const versions = await list.versions(node.task);
      return versions.map((artifact) => ({ ...node, version: artifact.version, artifact }));
    },
    getParent: ({ artifact, entry }) => (artifact ? nodeOfTask(entry) : undefined),
    async resolveTreeItem(item, { task, entry, artifact }) {
      if (artifact) item.tooltip = versionTooltip(entry, artifact);
      else {
        const { client } = await backend.get();
        item.tooltip = taskTooltip(
          entry,
          await client.call("getAnalytics", { params: { taskId: task } }),
          fileOf(task),
        );
      }
      return item;
    },
  };
  const view = vscode.window.createTreeView(viewId, { treeDataProvider: tree, canSelectMany: true });
  const tellState = (): void => {
    const { state } = backend.state();
    void vscode.commands.executeCommand("setContext", "hapa.programs.state", state);
  };
  const subscriptions = vscode.Disposable.from(
    view,
    changed,
    view.onDidChangeVisibility(lookedAt),
    onDidChangeFiles(() => changed.fire(undefined)),
    backend.onDidChange(({ state }) => {
      tellState();
      if (state === "ready") lookedAt();
    }),
  );
  tellState();
  lookedAt();

  return {
    tree,
    selected: () => view.selection,
    entry: (taskId) => list.entry(taskId),
    async refresh() {
      await loading;
      await load();
    },
    async reveal(task, version) {
      if (!loaded) await load();
      await follow(task); // It may have been made a moment ago.
      const entry = list.entry(task);
      if (!entry) return;
      const nodes = version === undefined ? [nodeOfTask(entry)] : ((await tree.getChildren(nodeOfTask(entry))) ?? []);
      const node = nodes.find((one) => nodeId(one) === nodeId(version === undefined ? { task } : { task, version }));
      if (node) await view.reveal(node, { select: true, focus: false });
    },
    dispose() {
      endListening?.();
      subscriptions.dispose();
    },
  };
}
