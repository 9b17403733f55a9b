/** The view "Programs" and its commands, as they act on what is kept. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { after, afterEach, before, describe, it } from "mocha";
import {
  commands,
  extensions,
  type MarkdownString,
  TabInputText,
  TabInputTextDiff,
  type TreeItem,
  window,
} from "vscode";
import type { Artifact } from "../../../src/contract/artifacts.ts";
import type { HapaApi } from "../../../src/extension/main.ts";
import type { ProgramNode } from "../../../src/extension/programs-view/items.ts";
import { eventually } from "../../support/eventually.ts";
import { saveTransformation } from "../support/backend.ts";
import { closeEditors, done, hapa, openFile, previewText, refused, temporaryFolder } from "../support/editors.ts";

const pairs = [
  ["Lovelace, Ada", "Ada Lovelace"],
  ["Hopper, Grace", "Grace Hopper"],
  ["Turing, Alan", "Alan Turing"],
] as const;

describe("the view of programs", () => {
  let api: HapaApi;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let task: string;
  const name = `names ${Date.now()}`;
  before(async () => {
    api = await hapa();
    folder = await temporaryFolder();
    task = await saveTransformation(name, pairs);
    await done("hapa.programs.refresh");
  });
  afterEach(closeEditors);
  after(() => folder.remove());

  const children = async (node?: ProgramNode) => (await api.programs.tree.getChildren(node)) ?? [];
  const node = async (id = task) => (await children()).find((one) => one.task === id);
  const item = async (one: ProgramNode): Promise<TreeItem> => api.programs.tree.getTreeItem(one);
  const need = async (id = task) => {
    const found = await node(id);
    assert.ok(found, "the task is not in the tree");
    return found;
  };
  const states = async () => {
    const versions = await children(await need());
    return versions.map(({ artifact }) => `${artifact?.version} ${artifact?.state}`);
  };

  it("shows a task with what runs of it, and its versions below, each in words for eyes and for screen readers", async () => {
    const shown = await item(await need());
    assert.equal(shown.label, name);
    assert.match(String(shown.description), /^version 1 · 100% · [\d.]+ ms$/);
    assert.match(shown.accessibilityInformation?.label ?? "", /: version 1 runs, accuracy 100%/);
    const [version] = await children(await need());
    assert.ok(version);
    const below = await item(version);
    assert.match(`${below.label} ${below.description}`, /^version 1 active · 100% · [\d.]+ ms · offline$/);
    assert.match(below.accessibilityInformation?.label ?? "", /version 1: active, accuracy 100%.*made by offline/);
    assert.equal(below.contextValue, "version active");
    const resolved = await api.programs.tree.resolveTreeItem?.(shown, await need(), undefined as never);
    const tooltip = resolved?.tooltip as MarkdownString;
    assert.match(tooltip.value.replaceAll("&nbsp;", " "), /3 examples/);
    assert.ok(!tooltip.isTrusted && !tooltip.supportHtml, "a tooltip of a person's own words is trusted");
  });

  it("follows by itself: a version that is made, activated, rolled back", async () => {
    const made = await done<Artifact>("hapa.taskFile.generate", { task });
    assert.deepEqual([made.version, made.state], [2, "active"]);
    await eventually(async () => assert.deepEqual(await states(), ["2 active", "1 verified"]));
    await done("hapa.programs.rollBack", { task });
    await eventually(async () => assert.deepEqual(await states(), ["2 verified", "1 active"]));
    assert.match((await refused("hapa.programs.rollBack", { task })).message, /no earlier version/);
    await done("hapa.programs.activate", { task, version: 2 });
    await eventually(async () => assert.match(String((await item(await need())).description), /^version 2/));
  });

  it("opens the code read-only, in its language", async () => {
    await done("hapa.programs.open", { task, version: 1 });
    const editor = window.activeTextEditor;
    assert.ok(editor);
    assert.match(editor.document.getText(), /function run\(/);
    assert.equal(editor.document.languageId, "javascript");
    const code = editor.document.getText();
    await commands.executeCommand("type", { text: "x" });
    assert.equal(editor.document.getText(), code, "the code can be edited");
    const tab = window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof TabInputText);
    assert.equal(tab.label, `${name} v1.js`);
  });

  it("compares two versions, the older on the left", async () => {
    await done("hapa.programs.compare", { task, version: 2, with: 1 });
    const tab = window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof TabInputTextDiff);
    assert.equal(tab.label, `${name}: version 1 ↔ version 2`);
    assert.match(decodeURIComponent(tab.input.original.path), /v1\.js$/);
  });

  it("runs a version on the selection", async () => {
    await openFile(`${folder.path}/run.txt`, "Curie, Marie\nNoether, Emmy");
    await done("hapa.runOnSelection", { task, version: 1 });
    assert.equal(await previewText(), "Marie Curie\nEmmy Noether");
  });

  it("runs on a value", async () => {
    assert.deepEqual(await done("hapa.taskFile.run", { task, input: "Curie, Marie" }), {
      status: "success",
      output: "Marie Curie",
    });
  });

  it("renames", async () => {
    await done("hapa.programs.rename", { task, name: `${name} again` });
    await eventually(async () => assert.equal((await item(await need())).label, `${name} again`));
    await done("hapa.programs.rename", { task, name });
  });

  it("deletes, and Undo brings everything back", async () => {
    await done("hapa.programs.delete", { task });
    await eventually(async () => assert.equal(await node(), undefined));
    assert.match((await refused("hapa.programs.open", { task })).message, /no task/);
    await done("hapa.programs.undelete", { tasks: [task] });
    await eventually(async () => assert.deepEqual(await states(), ["2 active", "1 verified"]));
    const run = await done<{ output: string }>("hapa.taskFile.run", { task, input: "Curie, Marie" });
    assert.equal(run.output, "Marie Curie");
  });

  it("improves: the same examples give the same program, and nothing is switched", async () => {
    const { made, before: was } = await done<{ made: Artifact; before: Artifact }>("hapa.taskFile.improve", { task });
    assert.deepEqual([made.state, was.version], ["verified", 2]);
    await eventually(async () => assert.deepEqual(await states(), ["3 verified", "2 active", "1 verified"]));
  });

  it("exports JavaScript and TypeScript that pass their own tests", async () => {
    for (const language of ["javascript", "typescript"]) {
      const paths = await done<string[]>("hapa.programs.export", { task, language, folder: folder.path });
      const [program = "", test = ""] = paths;
      assert.match(basename(program), /^names-\d+\.(js|ts)$/);
      assert.match(await readFile(program, "utf8"), /version 2: learned from examples/);
      const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...env } = process.env;
      const { stdout } = await promisify(execFile)(process.execPath, ["--test", test], { env });
      assert.match(stdout, /pass 3/);
      await closeEditors();
    }
  });

  it("exports Python, made and proven first where the program is none, without switching what runs", async function () {
    const path = extensions.getExtension("hapa.hapa")?.extensionPath ?? "";
    if (!existsSync(join(path, "node_modules", "pyodide"))) this.skip();
    this.timeout(120_000);
    const [program = "", test = ""] = await done<string[]>("hapa.programs.export", {
      task,
      language: "python",
      folder: folder.path,
    });
    assert.match(await readFile(program, "utf8"), /version 4: learned from examples[\s\S]*def run\(input\)/);
    await eventually(async () =>
      assert.deepEqual((await states()).slice(0, 3), ["4 verified", "3 verified", "2 active"]),
    );
    const run = promisify(execFile);
    const python = await run("python3", ["--version"]).then(
      () => true,
      () => false,
    );
    if (!python) return;
    const { stderr } = await run("python3", ["-m", "unittest", basename(test)], { cwd: folder.path });
    assert.match(stderr, /OK/);
  });

  it("a version is not deleted alone", async () => {
    assert.match((await refused("hapa.programs.delete", { task, version: 1 })).message, /Versions stay/);
  });

  it("where nothing is selected, a command says what to do", async () => {
    if (api.programs.selected().length === 0)
      assert.match((await refused("hapa.programs.rename", {})).message, /Select a task or a version/);
    assert.match((await refused("hapa.programs.activate", { task })).message, /Select the version/);
  });

  it("the sample is learned, proven and shown without any setup", async () => {
    const artifact = await done<Artifact>("hapa.trySample", { sample: "program" });
    assert.equal(artifact.state, "active");
    assert.match(window.activeTextEditor?.document.getText() ?? "", /function run/);
    await done("hapa.programs.delete", { task: artifact.taskId });
    await commands.executeCommand("notifications.clearAll");
  });
});
