/** Python programs in the editor, written by a scripted model. A packaged HAPA brings no Python, and nothing is fetched here. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import { ConfigurationTarget, extensions, workspace } from "vscode";
import type { FileOutcome } from "../../../src/extension/commands/run-on-file.ts";
import type { PythonReady } from "../../../src/extension/commands/set-up-python.ts";
import type { Previewed } from "../../../src/extension/editor/apply-program.ts";
import { type FakeModel, startFakeModel, structuredAnswer } from "../../support/fake-model.ts";
import { withSecondBackend } from "../support/backend.ts";
import { closeEditors, done, hapa, openFile, previewText, temporaryFolder } from "../support/editors.ts";

const numbers = { iron: 26, gold: 79, tin: 50, lead: 82, zinc: 30, neon: 10, silver: 47, argon: 18 };
const text = Object.keys(numbers).join("\n");
const turned = Object.values(numbers).join("\n");
const examples = Object.entries(numbers)
  .slice(0, 7)
  .map((pair) => pair.join(" => "))
  .join("\n");
const names = "Lovelace, Ada\nHopper, Grace\nTuring, Alan";
const nameExamples = "Lovelace, Ada => Ada Lovelace\nHopper, Grace => Grace Hopper";
const right = `def run(input):\n    return str(${JSON.stringify(numbers)}[input])\n`;

describe("Python in the editor", function () {
  this.timeout(120_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let model: FakeModel;
  const chooseLanguage = (language: string | undefined) =>
    workspace.getConfiguration("hapa").update("program.language", language, ConfigurationTarget.Global);

  before(async function () {
    await hapa();
    const path = extensions.getExtension("hapa.hapa")?.extensionPath ?? "";
    if (!existsSync(join(path, "node_modules", "pyodide"))) this.skip();
    folder = await temporaryFolder();
    model = await startFakeModel();
    await done("hapa.chooseModel", { baseUrl: model.baseUrl, name: "scripted-python" });
    await chooseLanguage("python");
  });
  afterEach(closeEditors);
  after(async () => {
    await chooseLanguage(undefined);
    await done("hapa.chooseModel", { offline: true });
    await model?.stop();
    await folder?.remove();
  });

  it("is set up by a command that fetches nothing where Python is there", async () => {
    const ready = await done<PythonReady>("hapa.setUpPython");
    assert.deepEqual(ready, { state: "ready", engine: "pyodide" });
  });

  it("a selection is transformed by a Python program with a preview like any other", async () => {
    model.script({ say: structuredAnswer(right) });
    await openFile(join(folder.path, "numbers.txt"), text);
    const question = "The element's atomic number.";
    assert.equal((await done<Previewed>("hapa.transformSelection", { examples, question })).state, "previewing");
    assert.equal(await previewText(), turned);
    assert.match(model.requests[0]?.messages[0]?.content ?? "", /Python 3 program/);
    await done("hapa.preview.accept");
  });

  it("a saved Python task runs on a selection and on a file", async () => {
    const task = await withSecondBackend(async (client) => {
      const given = { description: "", language: "python" as const, accuracyTarget: 0.9, latencyTargetMs: 50 };
      const body = { ...given, name: "numbers", examples: [{ input: "tin", output: "50" }], samplingRate: 0 };
      const { id } = await client.call("createTask", { params: {}, body });
      const program = { taskId: id, code: right, language: "python" as const };
      assert.equal((await client.call("createArtifact", { params: {}, body: program })).state, "active");
      return id;
    });
    const path = join(folder.path, "saved.txt");
    await openFile(path, text, 1, 2);
    assert.equal((await done<Previewed>("hapa.runOnSelection", { task })).state, "previewing");
    assert.equal(await previewText(), text.replace("gold\ntin", "79\n50"));
    await closeEditors();
    const { summary } = await done<FileOutcome>("hapa.runOnFile", { file: path, task, output: `${path}.out` });
    assert.equal(summary, "8 rows: 8 done.");
    assert.equal(await readFile(`${path}.out`, "utf8"), turned);
  });

  it("without a model, it is learned from examples", async () => {
    await done("hapa.chooseModel", { offline: true });
    await openFile(join(folder.path, "names.txt"), names);
    assert.equal((await done<Previewed>("hapa.transformSelection", { examples: nameExamples })).state, "previewing");
    assert.equal(await previewText(), "Ada Lovelace\nGrace Hopper\nAlan Turing");
  });

  it("without a model, TypeScript as the language does not stand in the way of learning offline", async () => {
    await chooseLanguage("typescript");
    await openFile(join(folder.path, "names again.txt"), names);
    assert.equal((await done<Previewed>("hapa.transformSelection", { examples: nameExamples })).state, "previewing");
    assert.equal(await previewText(), "Ada Lovelace\nGrace Hopper\nAlan Turing");
  });
});
