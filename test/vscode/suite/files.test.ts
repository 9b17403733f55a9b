/** Run Program on File, on the kinds of files people have. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import { type Tab, TabInputWebview, window, workspace } from "vscode";
import type { FileOutcome } from "../../../src/extension/commands/run-on-file.ts";
import { beginRun, describeSource, type RunOrder } from "../../../src/extension/files/journal.ts";
import { openFile as openRows } from "../../../src/extension/files/open.ts";
import { openWriter } from "../../../src/extension/files/result-writer.ts";
import { type RunInputs, runFile } from "../../../src/extension/files/run.ts";
import { saveTransformation } from "../support/backend.ts";
import { closeEditors, done, hapa, refused, temporaryFolder } from "../support/editors.ts";
import { report } from "./report.ts";

describe("running a program on a file", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let taskId = "";
  before(async () => {
    await hapa();
    folder = await temporaryFolder();
    taskId = await saveTransformation("turn names", [
      ["Lovelace, Ada", "Ada Lovelace"],
      ["Hopper, Grace", "Grace Hopper"],
      ["Turing, Alan", "Alan Turing"],
      ["Knuth, Donald", "Donald Knuth"],
    ]);
  });
  afterEach(closeEditors);
  after(() => folder.remove());

  const file = async (name: string, content: string | Buffer): Promise<string> => {
    const path = join(folder.path, name);
    await writeFile(path, content);
    return path;
  };
  const shown = (): string => window.activeTextEditor?.document.getText() ?? "";

  it("turns each line of a text file, in a new editor", async () => {
    const path = await file("a.txt", "Wirth, Niklaus\n\nHamilton, Margaret\n");
    const outcome = await done<FileOutcome>("hapa.runOnFile", { file: path, task: "turn names" });
    assert.equal(shown(), "Niklaus Wirth\n\nMargaret Hamilton\n");
    assert.equal(outcome.summary, "2 rows: 2 done.");
    assert.equal(await readFile(path, "utf8"), "Wirth, Niklaus\n\nHamilton, Margaret\n", "the file itself was touched");
  });

  it("names a broken CSV row by its line and does the rest", async () => {
    const path = await file("b.csv", 'id,name\n1,"Wirth, Niklaus"\n2,a,b,c\n3,"Allen, Frances"\n');
    const outcome = await done<FileOutcome>("hapa.runOnFile", { file: path, task: "turn names", inputColumn: "name" });
    assert.equal(
      shown(),
      'id,name,turn names\n1,"Wirth, Niklaus",Niklaus Wirth\n2,a,b,c\n3,"Allen, Frances",Frances Allen\n',
    );
    assert.equal(outcome.summary, "3 rows: 2 done, 1 failed (line 3).");
  });

  it("adds a field to JSON lines", async () => {
    const path = await file("c.jsonl", '{"who":"Wirth, Niklaus"}\nnot json\n');
    const outcome = await done<FileOutcome>("hapa.runOnFile", { file: path, task: "turn names", inputColumn: "who" });
    assert.equal(shown(), '{"who":"Wirth, Niklaus","turn names":"Niklaus Wirth"}\nnot json\n');
    assert.equal(outcome.summary, "2 rows: 1 done, 1 failed (line 2).");
  });

  it("adds a field to the elements of a JSON list, and leaves the rest of the file as it was", async () => {
    const path = await file("c.json", '{"n": 1.0, "people": [\n  {"who": "Wirth, Niklaus"}\n]}\n');
    const outcome = await done<FileOutcome>("hapa.runOnFile", { file: path, task: "turn names", inputColumn: "who" });
    assert.equal(shown(), '{"n": 1.0, "people": [\n  {"who": "Wirth, Niklaus", "turn names": "Niklaus Wirth"}\n]}\n');
    assert.equal(outcome.summary, "1 row: 1 done.");
  });

  it("shows the rows of the last run in a grid", async () => {
    const path = await file("f.txt", "Wirth, Niklaus\nHamilton, Margaret\n");
    await done("hapa.runOnFile", { file: path, task: "turn names" });
    const opening = new Promise<Tab>((resolve) => {
      const subscription = window.tabGroups.onDidChangeTabs(({ opened: [tab] }) => {
        if (tab?.label !== "Results: f.txt") return;
        subscription.dispose();
        resolve(tab);
      });
    });
    await done("hapa.showResults");
    assert.ok((await opening).input instanceof TabInputWebview);
  });

  it("goes on where an interrupted run stopped, and gives what an uninterrupted one gives", async () => {
    const rows = Array.from({ length: 5_000 }, (_, n) => `${n},"Family${n}, Given${n}"\n`);
    const path = await file("g.csv", `id,name\n${rows.join("")}`);
    const target = join(folder.path, "g.out.csv");
    const order: RunOrder = {
      source: await describeSource(path),
      program: { taskId, version: 1, language: "javascript" },
      ...{ name: "turn names", draft: false, inputColumn: "name", outputColumn: "turned", doubtful: [], target },
    };
    const { dataDir } = await hapa();
    const runFolder = await beginRun(join(dataDir, "runs"), order);
    const opened = await openRows(path);
    const writer = await openWriter(runFolder, order, opened.encoding, undefined, 0);
    let groups = 0;
    const some: RunInputs = async (inputs) => {
      if (++groups > 2) throw new Error("the window was closed");
      return inputs.map((input) => ({ ok: true, output: String(input).split(", ").reverse().join(" ") }));
    };
    const job = { file: opened, inputColumn: "name", outputColumn: "turned" };
    await assert.rejects(runFile(job, some, writer, { signal: new AbortController().signal }), /window was closed/);
    await writer.interrupt();
    await writer.close();
    const outcome = await done<FileOutcome>("hapa.runOnFile", { file: path, resume: true });
    assert.equal(outcome.summary, "5,000 rows: 5,000 done.");
    const wanted = Array.from({ length: 5_000 }, (_, n) => `${n},"Family${n}, Given${n}",Given${n} Family${n}\n`);
    assert.equal(await readFile(target, "utf8"), `id,name,turned\n${wanted.join("")}`);
  });

  it("labels ten thousand rows from two hundred, and is right on more than 95% of them", async function () {
    this.timeout(120_000);
    const source = join(workspace.workspaceFolders?.[0]?.uri.fsPath ?? "", "tickets.csv");
    const target = join(folder.path, "labelled.csv");
    const outcome = await done<FileOutcome>("hapa.runOnFile", {
      file: source,
      labelColumn: "label",
      inputColumn: "text",
      output: target,
    });
    assert.equal(
      outcome.summary,
      "10,000 rows: 9,800 done, 200 had a value already.",
      JSON.stringify(outcome.problems),
    );
    // One letter a row: the first of its label.
    const truth = (
      await readFile(join(import.meta.dirname, "../../test/vscode/fixtures/tickets-labels.txt"), "utf8")
    ).trim();
    const labels = (await readFile(target, "utf8"))
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((row) => row.split(",").at(-1));
    assert.equal(labels.length, 10_000);
    const right = labels.filter((label, at) => at >= 200 && label?.[0] === truth[at]).length;
    report({
      type: "note",
      text: `tickets: ${((100 * right) / 9_800).toFixed(1)}% right, ${Math.round(outcome.done / (outcome.elapsedMs / 1_000))} rows/s`,
    });
    assert.ok(right / 9_800 > 0.95, `${right} of 9800 are right`);
  });

  it("refuses a binary file, a missing one and an unknown column, saying what to do", async () => {
    const binary = await file("d.txt", Buffer.from([0x89, 0x50, 0, 1, 2]));
    assert.match((await refused("hapa.runOnFile", { file: binary, task: "turn names" })).message, /not a text file/);
    const missing = join(folder.path, "missing.txt");
    assert.match((await refused("hapa.runOnFile", { file: missing, task: "turn names" })).message, /cannot be read/);
    const csv = await file("e.csv", "id,name\n1,x\n");
    const { message } = await refused("hapa.runOnFile", { file: csv, task: "turn names", inputColumn: "nome" });
    assert.match(message, /no column “nome”.*id, name/);
    assert.match((await refused("hapa.runOnFile", { file: csv, labelColumn: "name" })).message, /.+/);
  });
});
