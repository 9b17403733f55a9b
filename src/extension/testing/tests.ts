/**
 * Task files in VS Code's Testing view: a file is a suite, each of its examples a test, run in the sandbox on the version
 * that runs (else the newest proven one). Nothing is listed before the view asks, nor runs by itself.
 */
import * as vscode from "vscode";
import type { TaskFile, TaskFiles } from "../task-files/task-files.ts";
import type { Workshop } from "../workshop.ts";
import { listExamples } from "./examples.ts";
import { runTests } from "./run.ts";

export interface TestingParts extends Pick<Workshop, "backend" | "log"> {
  readonly files: TaskFiles;
}

/** The controller is made when there is a task file: without one, VS Code shows no Testing view for it. */
export function registerTests(parts: TestingParts): vscode.Disposable {
  const { files, log } = parts;
  let controller: vscode.TestController | undefined;
  const look = async (): Promise<void> => {
    const found = await files.list();
    if (found.length > 0) controller ??= createController(parts);
  };
  const lookSafely = (): void =>
    void look().catch((error: unknown) => log.error("The tests of task files cannot be listed.", error));
  const subscription = files.onDidChange(lookSafely);
  lookSafely();
  return {
    dispose() {
      subscription.dispose();
      controller?.dispose();
    },
  };
}

function createController(parts: TestingParts): vscode.TestController {
  const { files } = parts;
  const controller = vscode.tests.createTestController("hapa.taskFiles", vscode.l10n.t("HAPA programs"));
  let isAsked = false;

  const list = async (): Promise<void> => {
    const found = await files.list();
    controller.items.replace(found.map((file) => suiteOf(file, controller.items.get(file.uri.toString()))));
    for (const file of found) {
      const suite = controller.items.get(file.uri.toString());
      if (suite) await fill(suite, file);
    }
  };
  const suiteOf = (file: TaskFile, before: vscode.TestItem | undefined): vscode.TestItem => {
    const suite = before ?? controller.createTestItem(file.uri.toString(), file.name, file.uri);
    suite.label = file.name;
    // No description: screen readers would hear it instead of the name.
    suite.range = new vscode.Range(0, 0, 0, 0);
    return suite;
  };
  const fill = async (suite: vscode.TestItem, file: TaskFile): Promise<void> => {
    const { examples, error } = await listExamples(files, file);
    if (error === undefined) suite.error = undefined;
    else suite.error = error;
    suite.children.replace(
      examples.map(({ id, label, uri, range }) => {
        const item = controller.createTestItem(id, label, uri);
        item.range = range;
        item.sortText = id;
        return item;
      }),
    );
  };

  controller.resolveHandler = async (item) => {
    if (item) return;
    isAsked = true;
    await list();
  };
  controller.refreshHandler = list;
  controller.createRunProfile(
    vscode.l10n.t("Run in the Sandbox"),
    vscode.TestRunProfileKind.Run,
    async (request, token) => {
      if (!isAsked) await list();
      await runTests({ ...parts, controller }, request, token);
    },
    true,
  );
  const subscription = files.onDidChange(() => {
    if (isAsked)
      void list().catch((error: unknown) => parts.log.error("The tests of task files cannot be listed.", error));
  });
  const dispose = controller.dispose.bind(controller);
  controller.dispose = () => {
    subscription.dispose();
    dispose();
  };
  return controller;
}
