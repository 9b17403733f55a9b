/** Validation in the editor: problems, light bulbs, on save, formatting; all with what the person has not asked for left alone. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import {
  type CodeAction,
  CodeActionKind,
  ConfigurationTarget,
  commands,
  type Diagnostic,
  DiagnosticSeverity,
  languages,
  Range,
  type TextDocument,
  type TextEdit,
  Uri,
  window,
  workspace,
} from "vscode";
import type { Validated } from "../../../src/extension/commands/validate.ts";
import {
  closeEditors,
  done,
  hapa,
  openFile,
  refused,
  replaceLine,
  select,
  temporaryFolder,
} from "../support/editors.ts";

const own = (uri: Uri): Diagnostic[] => languages.getDiagnostics(uri).filter(({ source }) => source === "HAPA");
const codes = (uri: Uri): string[] => own(uri).map(({ code }) => String(typeof code === "object" ? code.value : code));

/** Resolves when the problems of a document are as wanted. */
async function untilProblems(uri: Uri, wanted: (found: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!wanted(own(uri))) return;
      listening.dispose();
      resolve(own(uri));
    };
    const listening = languages.onDidChangeDiagnostics(look);
    look();
  });
}

const actionsAt = (uri: Uri, range: Range, kind?: string): Thenable<CodeAction[]> =>
  commands.executeCommand<CodeAction[]>("vscode.executeCodeActionProvider", uri, range, kind);

const setting = (name: string, value: unknown): Thenable<void> =>
  workspace.getConfiguration("hapa").update(name, value, ConfigurationTarget.Global);

const untidy = 'import os\nimport sys\n\n\ndef run(x):\n    label = "한😀"; return x == None\n';

describe("validation", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let count = 0;
  const open = (text: string, ending = "py") => {
    count += 1;
    return openFile(join(folder.path, `code ${count}.${ending}`), text);
  };
  before(async () => {
    await hapa();
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await setting("validation.onSave", undefined);
    await setting("validation.formatPython", undefined);
    await closeEditors();
  });
  after(() => folder.remove());

  it("Validate File shows what is wrong where it stands, with a link to the rule", async () => {
    const { document } = await open(untidy);
    assert.deepEqual(own(document.uri), [], "nothing was asked for yet");
    const counts = await done<Validated>("hapa.validateFile");
    assert.equal(counts.errors, 0);
    assert.deepEqual(codes(document.uri), ["F401", "F401", "F841", "E702", "E711"]);
    const none = own(document.uri).find(({ code }) => typeof code === "object" && code.value === "E711");
    assert.equal(document.getText(none?.range), "None");
    assert.equal(none?.severity, DiagnosticSeverity.Warning);
    assert.equal(
      typeof none?.code === "object" ? none.code.target.toString() : "",
      "https://docs.astral.sh/ruff/rules/E711",
    );
  });

  it("a quick fix puts one thing right in one undo step, and the rest is looked at again", async () => {
    const { document } = await open(untidy);
    await done("hapa.validateFile");
    const actions = await actionsAt(document.uri, new Range(0, 8, 0, 8));
    const fix = actions.find(({ title }) => title === "Remove unused import: os");
    assert.ok(fix?.edit, `only: ${actions.map(({ title }) => title).join(", ")}`);
    assert.ok(fix.isPreferred);
    await workspace.applyEdit(fix.edit);
    assert.equal(document.getText(), untidy.replace("import os\n", ""));
    assert.deepEqual(codes(document.uri), ["F401", "F841", "E702", "E711"], "what was put right is still shown");
    assert.equal(own(document.uri)[0]?.range.start.line, 0, "the others have not moved with their text");
    await commands.executeCommand("undo");
    assert.equal(document.getText(), untidy);
  });

  it("Fix all applies what is safe, at once, also where nothing was checked before", async () => {
    const { document } = await open(untidy);
    const [all] = await actionsAt(document.uri, new Range(0, 0, 0, 0), "source.fixAll.hapa");
    assert.ok(all?.edit && all.kind?.value === CodeActionKind.SourceFixAll.append("hapa").value);
    await workspace.applyEdit(all.edit);
    assert.equal(document.getText(), untidy.replace("import os\nimport sys\n", ""));
    await commands.executeCommand("undo");
    assert.equal(document.getText(), untidy);
  });

  it("problems move with the text; what is edited is no longer known", async () => {
    const editor = await open("import os\n\nx = nope\n");
    const { uri } = editor.document;
    await done("hapa.validateFile");
    await editor.edit((edit) => edit.insert(editor.document.positionAt(10), "# 한😀\n"));
    assert.deepEqual(
      own(uri).map(({ range }) => range.start.line),
      [0, 3],
    );
    assert.equal(editor.document.getText(own(uri)[1]?.range), "nope");
    await replaceLine(editor, 0, "import sys");
    assert.deepEqual(codes(uri), ["F821"]);
  });

  it("closing the document clears its problems", async () => {
    const uri = Uri.file(join(folder.path, "closed.py"));
    await writeFile(uri.fsPath, "import os\n");
    // As a person opens it: `openTextDocument` would keep the document for minutes.
    await commands.executeCommand("vscode.open", uri);
    await done("hapa.validateFile");
    assert.deepEqual(codes(uri), ["F401"]);
    await closeEditors();
    await untilProblems(uri, (found) => found.length === 0);
  });

  it("Validate Selection shows only what the selection touches", async () => {
    const editor = await open("import os\nimport sys\nimport re\n");
    select(editor, 1, 1);
    const counts = await done<Validated>("hapa.validateSelection");
    assert.equal(counts.warnings, 1);
    assert.equal(own(editor.document.uri)[0]?.range.start.line, 1);
  });

  it("documents that were never saved are checked like others", async () => {
    const document = await workspace.openTextDocument({ content: "import os\n", language: "python" });
    await window.showTextDocument(document);
    await done("hapa.validateFile");
    assert.deepEqual(codes(document.uri), ["F401"]);
  });

  it("JavaScript is checked, and what VS Code's own TypeScript shows already is not shown twice", async () => {
    const { document } = await open('export const c = "a".toUppercase();\nconst n = 1;\nn = 2;\nmissing();\n', "js");
    const counts = await done<Validated>("hapa.validateFile");
    assert.equal(counts.errors, 3);
    const all = languages.getDiagnostics(document.uri).map((one) => {
      const code = typeof one.code === "object" ? one.code.value : one.code;
      return `${one.range.start.line}:${String(code).replace(/^TS/, "")}`;
    });
    assert.equal(new Set(all).size, all.length, `twice: ${all.join(", ")}`);
    assert.ok(all.includes("0:2551") && all.includes("3:2304"), all.join(", "));
  });

  it("another language, or no editor, is told", async () => {
    await open("# Title\n", "md");
    assert.match((await refused("hapa.validateFile")).message, /Python, JavaScript and TypeScript/);
    await closeEditors();
    assert.match((await refused("hapa.validateFile")).message, /Open a file/);
  });

  const saved = async (document: TextDocument, text: string): Promise<void> => {
    const editor = await window.showTextDocument(document);
    await replaceLine(editor, 0, text);
    await document.save();
  };

  it("saving checks nothing unless it is set, and then the languages that are set", async () => {
    const { document } = await open("import os\n");
    const other = await open("let a = 1;\n", "js");
    await saved(document, "import sys");
    assert.deepEqual(own(document.uri), []);
    await setting("validation.onSave", ["python"]);
    await saved(other.document, "let a = ;");
    await saved(document, "import re");
    const found = await untilProblems(document.uri, (all) => all.length > 0);
    assert.equal(found[0]?.message, "`re` imported but unused");
    assert.deepEqual(own(other.document.uri), []);
  });

  it("Python is formatted by HAPA only where that is set", async () => {
    const { document } = await open("x = {  'a':1 }\n");
    const edits = (): Thenable<TextEdit[] | undefined> =>
      commands.executeCommand("vscode.executeFormatDocumentProvider", document.uri, { tabSize: 4, insertSpaces: true });
    assert.ok(!(await edits())?.length);
    await setting("validation.formatPython", true);
    assert.ok((await edits())?.length);
    await commands.executeCommand("editor.action.formatDocument");
    assert.equal(document.getText(), 'x = {"a": 1}\n');
  });

  describe("Fix with HAPA and Explain with HAPA", () => {
    const foreign = languages.createDiagnosticCollection("another");
    after(async () => {
      foreign.dispose();
      await done("hapa.chooseModel", { offline: true });
    });

    it("are offered on anybody's problem, in any language, where a model is set up, and never preferred", async () => {
      const { document } = await open("Some text\n", "txt");
      const range = new Range(0, 0, 0, 4);
      foreign.set(document.uri, [{ range, message: "Not some.", severity: DiagnosticSeverity.Error, source: "other" }]);
      const titles = async () => (await actionsAt(document.uri, range)).filter(({ title }) => /HAPA/.test(title));
      assert.deepEqual(await titles(), [], "offered without a model");
      await done("hapa.chooseModel", { baseUrl: "http://127.0.0.1:9/v1", name: "small" });
      const offered = await titles();
      assert.deepEqual(
        offered.map(({ title }) => title),
        ["Fix with HAPA", "Explain with HAPA"],
      );
      for (const { kind, isPreferred, command } of offered) {
        assert.equal(kind?.value, "quickfix");
        assert.ok(!isPreferred);
        assert.ok(command);
      }
      assert.deepEqual(await actionsAt(document.uri, new Range(0, 6, 0, 6)), [], "offered beside the problem");
    });
  });
});
