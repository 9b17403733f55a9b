/** What Run Program on File… is to do: which program, from which column, into which. */
import * as vscode from "vscode";
import type { Client } from "../../client/client.ts";
import type { Artifact } from "../../contract/artifacts.ts";
import { Notice } from "../errors.ts";
import type { RowFile } from "../files/format.ts";
import type { FileJob } from "../files/job.ts";
import { readLabelledRows } from "../files/learn.ts";
import { inWords } from "../in-words.ts";
import { describeTask, findRunnable, listRunnable, type RunnableTask } from "../pick-task.ts";
import { describeProof, type KnownProgram, makeProgram } from "../programs.ts";
import { withProgress } from "../progress.ts";
import type { Arguments } from "./arguments.ts";

export interface Work {
  readonly program: KnownProgram;
  readonly name: string;
  /** Made just now; may be kept as a task. */
  readonly draft: boolean;
  /** How well it did when it was learned; only where that was just now. */
  readonly proof?: string;
  readonly columns: Pick<FileJob, "inputColumn" | "outputColumn" | "onlyEmpty">;
  /** JSON texts of the inputs on which programs that fit the examples disagree. */
  readonly doubtful: readonly string[];
}

/** Undefined where the person gave up. */
export async function chooseWork(client: Client, file: RowFile, given: Arguments): Promise<Work | undefined> {
  const [task, label] = [given.text("task"), given.text("labelColumn")];
  if (label !== undefined) return learn(client, file, given, label);
  if (task !== undefined) return withTask(file, given, await findRunnable(client, task));
  const chosen = await pick(await listRunnable(client), file);
  if (chosen === undefined) return undefined;
  return chosen === "learn" ? learn(client, file, given) : withTask(file, given, chosen);
}

async function pick(runnable: readonly RunnableTask[], file: RowFile): Promise<RunnableTask | "learn" | undefined> {
  const canLearn = file.columns.length >= 2;
  if (!canLearn && runnable.length === 0)
    throw new Notice(
      vscode.l10n.t("No program is saved yet. Use Transform Selection… first and save its program as a task."),
    );
  const learnItem = {
    label: vscode.l10n.t("$(mortar-board) Learn from labelled rows…"),
    detail: vscode.l10n.t("Some rows have a value in a column; the others are filled with what those teach."),
    value: "learn" as const,
  };
  const items = [
    ...(canLearn ? [learnItem] : []),
    ...runnable.map((entry) => ({ ...describeTask(entry), value: entry })),
  ];
  const title = vscode.l10n.t("Run which program on the file?");
  return (await vscode.window.showQuickPick<(typeof items)[number]>(items, { title, matchOnDetail: true }))?.value;
}

async function withTask(file: RowFile, given: Arguments, { task, artifact }: RunnableTask): Promise<Work | undefined> {
  const version = given.number("version") ?? artifact.version;
  const program = { taskId: task.id, version, language: artifact.language };
  const work = { program, name: task.name, draft: task.draft, doubtful: doubtfulInputs(artifact) };
  if (file.columns.length === 0) return { ...work, columns: {} };
  const inputColumn = await askColumn(
    file.columns,
    given.text("inputColumn"),
    vscode.l10n.t("Which column is the input?"),
  );
  if (inputColumn === undefined) return undefined;
  const outputColumn = given.text("outputColumn") ?? freeName(file.columns, task.draft ? "output" : task.name);
  return { ...work, columns: { inputColumn, outputColumn } };
}

async function learn(client: Client, file: RowFile, given: Arguments, knownLabel?: string): Promise<Work | undefined> {
  if (file.columns.length < 2)
    throw new Notice(
      vscode.l10n.t(
        "To learn from labelled rows, the file needs two columns: one to read and one with some labels in it.",
      ),
    );
  const which = vscode.l10n.t("Which column has labels in some of its rows?");
  const label = await askColumn(file.columns.toReversed(), knownLabel, which);
  if (label === undefined) return undefined;
  const others = file.columns.filter((column) => column !== label);
  const input = await askColumn(
    others,
    given.text("inputColumn"),
    vscode.l10n.t("From which column does “{0}” follow?", label),
  );
  if (input === undefined) return undefined;

  const program = await withProgress(
    vscode.l10n.t("learning “{0}” from labelled rows", label),
    async (signal, report) => {
      const { examples, inputs } = await readLabelledRows(file, { input, label }, signal);
      if (examples.length < 2)
        throw new Notice(
          examples.length === 0
            ? vscode.l10n.t("No row has a value in “{0}”. Fill in more (a few dozen work well) and try again.", label)
            : vscode.l10n.t(
                "Only one row has a value in “{0}”. Fill in more (a few dozen work well) and try again.",
                label,
              ),
        );
      report(vscode.l10n.t("{0} labelled rows", examples.length.toLocaleString("en-US")));
      const question = vscode.l10n.t('Fill the column "{0}" from the column "{1}".', label, input);
      const handlers = {
        onProgress: (progress: { message: string; fraction?: number | undefined }) =>
          report(progress.message, progress.fraction),
      };
      // Whatever new programs are written in: for ten thousand rows, JavaScript is there at once.
      return makeProgram(client, { question, language: "javascript", examples, inputs }, handlers, signal);
    },
  );
  return {
    program,
    name: vscode.l10n.t("{0} from {1}", label, input),
    draft: true,
    proof: inWords(describeProof(program.verification)),
    doubtful: doubtfulInputs(program),
    columns: { inputColumn: input, outputColumn: label, onlyEmpty: true },
  };
}

function doubtfulInputs({ verification }: Pick<Artifact, "verification">): string[] {
  return verification.ambiguous.map(({ input }) => JSON.stringify(input));
}

async function askColumn(
  columns: readonly string[],
  known: string | undefined,
  title: string,
): Promise<string | undefined> {
  if (known !== undefined && !columns.includes(known))
    throw new Notice(vscode.l10n.t("There is no column “{0}”. The file has: {1}.", known, columns.join(", ")));
  if (known !== undefined || columns.length === 1) return known ?? columns[0];
  return vscode.window.showQuickPick([...columns], { title });
}

/** A column of the file is never overwritten by accident. */
function freeName(columns: readonly string[], wanted: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!columns.includes(name)) return name;
  }
}
