/** Runs the chosen tests: all examples of a file in one go, each told as right, wrong (with a diff) or failed. */
import * as vscode from "vscode";
import type { Client } from "../../client/client.ts";
import type { Task } from "../../contract/tasks.ts";
import { explain, Notice } from "../errors.ts";
import type { RowOutcome } from "../files/job.ts";
import { inWords } from "../in-words.ts";
import { runProgram } from "../programs.ts";
import { canonical } from "../task-files/canonical.ts";
import { type ExampleTest, listExamples } from "./examples.ts";
import type { TestingParts } from "./tests.ts";

export async function runTests(
  parts: TestingParts & { readonly controller: vscode.TestController },
  request: vscode.TestRunRequest,
  token: vscode.CancellationToken,
): Promise<void> {
  const { controller } = parts;
  const run = controller.createTestRun(request);
  const stop = new AbortController();
  const subscription = token.onCancellationRequested(() => stop.abort());
  const excluded = new Set(request.exclude);
  const bySuite = new Map<vscode.TestItem, vscode.TestItem[]>();
  const add = (item: vscode.TestItem): void => {
    if (excluded.has(item)) return;
    if (!item.parent) item.children.forEach(add);
    else bySuite.set(item.parent, [...(bySuite.get(item.parent) ?? []), item]);
  };
  if (request.include) request.include.forEach(add);
  else controller.items.forEach(add);
  try {
    for (const items of bySuite.values()) for (const item of items) run.enqueued(item);
    for (const [suite, items] of bySuite) {
      if (token.isCancellationRequested) for (const item of items) run.skipped(item);
      else await runSuite(parts, run, suite, [...new Set(items)], stop.signal);
    }
  } finally {
    subscription.dispose();
    run.end();
  }
}

async function runSuite(
  { backend, files }: TestingParts,
  run: vscode.TestRun,
  suite: vscode.TestItem,
  items: readonly vscode.TestItem[],
  signal: AbortSignal,
): Promise<void> {
  for (const item of items) run.started(item);
  try {
    if (!suite.uri) return;
    const task = await files.bring(suite.uri);
    const file = (await files.list()).find(({ uri }) => uri.toString() === suite.uri?.toString());
    const known = file ? new Map((await listExamples(files, file)).examples.map((one) => [one.id, one])) : new Map();
    const chosen = items.flatMap((item) => {
      const example: ExampleTest | undefined = known.get(item.id);
      if (!example) run.skipped(item); // It was taken out of the file meanwhile.
      return example ? [{ item, example }] : [];
    });
    const { client } = await backend.get();
    const version = await versionToTest(client, task);
    run.appendOutput(`${vscode.l10n.t("“{0}”, version {1}", task.name, version)}\r\n`, undefined, suite);
    const started = performance.now();
    const inputs = chosen.map(({ example }) => example.input);
    const outcomes = await runProgram(client, { taskId: task.id, version }, inputs, { log: false, signal });
    const each = (performance.now() - started) / Math.max(1, chosen.length);
    for (const [at, { item, example }] of chosen.entries()) {
      const outcome = outcomes[at];
      if (outcome?.ok && canonical(outcome.output) === canonical(example.output)) run.passed(item, each);
      else run.failed(item, failure(example, outcome), each);
    }
  } catch (error) {
    const { message, stopped } = explain(error);
    for (const item of items) {
      if (stopped) run.skipped(item);
      else run.errored(item, new vscode.TestMessage(inWords(message)));
    }
  }
}

/** The version that runs, else the newest that was proven. @throws Notice where there is none */
async function versionToTest(client: Client, task: Task): Promise<number> {
  if (task.activeVersion !== null) return task.activeVersion;
  const { items } = await client.call("listArtifacts", { params: { taskId: task.id } });
  const proven = items.find(({ state }) => state !== "rejected");
  if (!proven)
    throw new Notice(vscode.l10n.t("“{0}” has no proven program yet. Choose Generate above its file.", task.name));
  return proven.version;
}

function failure(example: ExampleTest, outcome: RowOutcome | undefined): vscode.TestMessage {
  const expected = textOf(example.output);
  const message = outcome?.ok
    ? vscode.TestMessage.diff(
        vscode.l10n.t("The program gives {0}, expected was {1}.", clip(textOf(outcome.output)), clip(expected)),
        expected,
        textOf(outcome.output),
      )
    : new vscode.TestMessage(vscode.l10n.t("The program failed: {0}", outcome?.error ?? ""));
  message.location = new vscode.Location(example.uri, example.outputRange);
  return message;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
