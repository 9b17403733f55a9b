/** Tasks as files: taken over when they change, helped with while they are written, run from above. */
import assert from "node:assert/strict";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import {
  type CodeLens,
  type CompletionList,
  commands,
  DiagnosticSeverity,
  type Hover,
  languages,
  type MarkdownString,
  Position,
  Uri,
  window,
  workspace,
} from "vscode";
import type { Artifact } from "../../../src/contract/artifacts.ts";
import type { HapaApi } from "../../../src/extension/main.ts";
import type { ProgramNode } from "../../../src/extension/programs-view/items.ts";
import { eventually } from "../../support/eventually.ts";
import { saveTransformation } from "../support/backend.ts";
import { closeEditors, done, hapa, refused } from "../support/editors.ts";

const id = `task_file-${Date.now()}`;
const names = `# People
id: ${id}
name: People
examples:
  - input: Lovelace, Ada
    output: Ada Lovelace
  - input: Hopper, Grace
    output: Grace Hopper
  - input: Turing, Alan
    output: Alan Turing
`;

describe("tasks as files", () => {
  let api: HapaApi;
  let folder: string;
  before(async () => {
    api = await hapa();
    folder = join(workspace.workspaceFolders?.[0]?.uri.fsPath ?? "", ".hapa");
    await mkdir(folder, { recursive: true });
    await done("hapa.programs.refresh");
  });
  afterEach(closeEditors);
  after(() => rm(folder, { recursive: true, force: true }));

  const path = (name: string) => join(folder, `${name}.task.yaml`);
  const write = (name: string, text: string) => writeFile(path(name), text);
  const node = async (task: string): Promise<ProgramNode> => {
    const found = ((await api.programs.tree.getChildren()) ?? []).find((one) => one.task === task);
    assert.ok(found, `${task} is not in the tree`);
    return found;
  };
  const open = async (name: string) => {
    const document = await workspace.openTextDocument(Uri.file(path(name)));
    await window.showTextDocument(document);
    return document;
  };
  const lenses = async (name: string) => {
    const found = await commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", Uri.file(path(name)), 9);
    return found.map(({ command }) => command?.title ?? "");
  };

  it("a file that appears is a task, and what changes in it changes there, without generating anything", async () => {
    await write("people", names);
    const { entry } = await eventually(() => node(id));
    assert.deepEqual([entry.name, entry.exampleCount, entry.activeVersion], ["People", 3, null]);
    await write("people", `${names}  - input: Curie, Marie\n    output: Marie Curie\naccuracy_target: 1\n`);
    await eventually(async () => {
      const { entry: now } = await node(id);
      assert.deepEqual([now.exampleCount, now.accuracyTarget, now.activeVersion], [4, 1, null]);
    });
  });

  it("above it stand Generate, then what runs, Run and Improve; they do what they say", async () => {
    await open("people");
    await eventually(async () =>
      assert.deepEqual(await lenses("people"), ["$(circle-large-outline) no program yet", "$(sparkle) Generate"]),
    );
    const file = Uri.file(path("people")).toString();
    const made = await done<Artifact>("hapa.taskFile.generate", { file });
    assert.deepEqual([made.taskId, made.state, made.version], [id, "active", 1]);
    await eventually(async () => {
      const [state, ...others] = await lenses("people");
      assert.match(state ?? "", /version 1 runs: right on 4 of 4 examples/);
      assert.deepEqual(others, ["$(sparkle) Generate", "$(play) Run…", "$(arrow-up) Improve"]);
    });
    assert.deepEqual(await done("hapa.taskFile.run", { file, input: "Knuth, Donald" }), {
      status: "success",
      output: "Donald Knuth",
    });
    const { made: second } = await done<{ made: Artifact }>("hapa.taskFile.improve", { file });
    assert.deepEqual([second.version, second.state], [2, "verified"]);
  });

  it("renaming the task writes the name into its file, and nothing else", async () => {
    await done("hapa.programs.rename", { task: id, name: "Người: people" });
    const text = await readFile(path("people"), "utf8");
    assert.match(text, /^# People\nid: .*\nname: "Người: people"\nexamples:\n {2}- input: Lovelace, Ada\n/);
    await eventually(async () => assert.equal((await node(id)).entry.name, "Người: people"));
  });

  it("what was changed in HAPA stays while the file stays; when the file changes, it counts", async () => {
    const { withSecondBackend } = await import("../support/backend.ts");
    await withSecondBackend((client) => client.call("changeTask", { params: { id }, body: { accuracyTarget: 0.5 } }));
    await write("other", "examples: [{input: 1, output: 2}]");
    await eventually(async () => {
      const tasks = (await api.programs.tree.getChildren()) ?? [];
      assert.ok(tasks.some(({ entry }) => entry.name === "other"));
    });
    await done("hapa.programs.refresh");
    assert.equal((await node(id)).entry.accuracyTarget, 0.5);
    await write(
      "people",
      (await readFile(path("people"), "utf8")).replace("accuracy_target: 1", "accuracy_target: 0.75"),
    );
    await eventually(async () => assert.equal((await node(id)).entry.accuracyTarget, 0.75));
  });

  it("how it learns is taken over; what it would send, spend or keep unmasked waits until it is allowed", async () => {
    const { withSecondBackend } = await import("../support/backend.ts");
    const text = await readFile(path("people"), "utf8");
    await withSecondBackend(async (client) => {
      const settings = async () => {
        const task = await client.call("getTask", { params: { id } });
        const { samplingRate, samplingStrategy, improve, privacyMode, modelVerdictsPerDay } = task;
        return { samplingRate, samplingStrategy, improve, privacyMode, modelVerdictsPerDay };
      };
      const calm = { samplingRate: 0.2, samplingStrategy: "edge", improve: "ask", privacyMode: "strict" } as const;
      await write(
        "people",
        `${text}sampling_rate: 0.2\nsampling_strategy: edge\nimprove: ask\nprivacy_mode: strict\nmodel_verdicts_per_day: 20\n`,
      );
      await eventually(async () => assert.deepEqual(await settings(), { ...calm, modelVerdictsPerDay: 0 }));
      await eventually(async () => {
        await commands.executeCommand("notification.acceptPrimaryAction");
        assert.deepEqual(await settings(), { ...calm, modelVerdictsPerDay: 20 });
      });
      // Whoever allows less afterwards is not asked again, also when something else changes in the file.
      await client.call("changeTask", { params: { id }, body: { modelVerdictsPerDay: 0 } });
      const now = await readFile(path("people"), "utf8");
      await write("people", now.replace("sampling_rate: 0.2", "sampling_rate: 0.3"));
      await eventually(async () => assert.equal((await settings()).samplingRate, 0.3));
      await commands.executeCommand("notification.acceptPrimaryAction");
      assert.deepEqual(await settings(), { ...calm, samplingRate: 0.3, modelVerdictsPerDay: 0 });
    });
    await write("people", text);
    await eventually(async () => assert.equal((await node(id)).entry.accuracyTarget, 0.75));
  });

  it("deleting the file keeps the task; deleting the task keeps the file, which brings it back when it changes", async () => {
    await rm(path("other"));
    await write("people", `${await readFile(path("people"), "utf8")}# seen\n`);
    await done("hapa.programs.refresh");
    assert.ok(((await api.programs.tree.getChildren()) ?? []).some(({ entry }) => entry.name === "other"));
    await done("hapa.programs.delete", { task: id });
    await write("people", (await readFile(path("people"), "utf8")).replace("0.75", "0.8"));
    await eventually(async () => assert.equal((await node(id)).entry.accuracyTarget, 0.8));
    assert.equal((await node(id)).entry.activeVersion, 1, "it came back without its programs");
  });

  it("what is wrong stands in the editor where it is, and such a file is not taken over", async () => {
    await write(
      "wrong",
      "id: task_wrong\nexampels: []\nexamples:\n  - input: a\n  - input: b\n    output: x\n  - input: b\n    output: y\n",
    );
    const document = await open("wrong");
    await eventually(async () => {
      const found = languages.getDiagnostics(document.uri).map(({ range, message, severity }) => {
        assert.equal(severity, DiagnosticSeverity.Error);
        return `${range.start.line + 1}: ${message}`;
      });
      assert.deepEqual(found.sort(), [
        "2: “exampels” is not known here. Is “examples” meant?",
        "4: This example has no “output”.",
        "7: This contradicts the example in line 5: the same input, another output. Remove one of them.",
      ]);
    });
    const { message } = await refused("hapa.taskFile.generate", { file: document.uri.toString() });
    assert.match(message, /wrong\.task\.yaml, line 2: “exampels” is not known/);
    await rm(path("wrong"));
  });

  it("completion offers what may stand there, and hover says what it means", async () => {
    await write("help", "name: x\nlanguage: \nexamples:\n  - input: a\n    \n");
    const document = await open("help");
    const offered = async (line: number, character: number) => {
      const at = new Position(line, character);
      const { items } = await commands.executeCommand<CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        at,
      );
      return items.map(({ label }) => (typeof label === "string" ? label : label.label));
    };
    assert.deepEqual(new Set(await offered(1, 10)), new Set(["javascript", "typescript", "python"]));
    assert.ok((await offered(4, 4)).includes("output"));
    const keys = await offered(5, 0);
    assert.ok(keys.includes("accuracy_target") && !keys.includes("name"), keys.join());
    const [hover] = await commands.executeCommand<Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new Position(2, 3),
    );
    const said = hover?.contents[0] as MarkdownString | undefined;
    assert.match(said?.value ?? "", /What the program must do/);
    await rm(path("help"));
  });

  it("a kept task becomes a file, with its examples, which is the same task", async () => {
    const task = await saveTransformation("Initials & co", [
      ["Lovelace, Ada", "A. L."],
      ["Hopper, Grace", "G. H."],
    ]);
    const made = await done<string>("hapa.programs.createFile", { task });
    assert.equal(made, path("initials-co"));
    const text = await readFile(made, "utf8");
    assert.match(text, new RegExp(`id: ${task}\nname: Initials & co\n`));
    assert.equal(await done("hapa.programs.createFile", { task, overwrite: true }), made);
    await eventually(async () => assert.match((await lenses("initials-co"))[0] ?? "", /version 1 runs/));
  });

  it("examples in a file beside it count with the others", async () => {
    await writeFile(
      join(folder, "more.csv"),
      'input,output\n"Lovelace, Ada",Ada Lovelace\n"Hopper, Grace",Grace Hopper\n',
    );
    await write(
      "more",
      `id: ${id}-more\nexamples_file: more.csv\nexamples:\n  - {input: "Turing, Alan", output: Alan Turing}\n`,
    );
    await eventually(async () => assert.equal((await node(`${id}-more`)).entry.exampleCount, 3));
    const made = await done<Artifact>("hapa.taskFile.generate", { file: Uri.file(path("more")).toString() });
    assert.equal(made.state, "active");
    await writeFile(join(folder, "more.csv"), "wrong,columns\n1,2\n");
    const { message } = await refused("hapa.taskFile.generate", { file: Uri.file(path("more")).toString() });
    assert.match(message, /more\.csv needs a column “input”/);
  });
});
