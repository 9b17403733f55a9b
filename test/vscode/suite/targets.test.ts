/** Code goes where its question was asked, whatever the person does meanwhile; else nothing is changed. */
import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import {
  commands,
  Diagnostic,
  DiagnosticSeverity,
  EndOfLine,
  languages,
  Range,
  Selection,
  type TextEditor,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { type FakeModel, fencedAnswer, startFakeModel } from "../../support/fake-model.ts";
import {
  closeEditors,
  done,
  hapa,
  openFile,
  previewText,
  replaceLine,
  select,
  temporaryFolder,
} from "../support/editors.ts";
import { type PanelHost, panelHost } from "../support/panel.ts";

const text = "zero\none\ntwo\nthree\nfour";
const fixed = "ONE\nTWO";

describe("code where its question was asked", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let model: FakeModel;
  let host: PanelHost;
  let count = 0;
  let path: string;
  before(async function () {
    await hapa();
    folder = await temporaryFolder();
    host = await panelHost(this);
    model = await startFakeModel();
    model.script({ say: fencedAnswer(fixed) });
    await done("hapa.chooseModel", { baseUrl: model.baseUrl, name: "scripted-targets" });
  });
  beforeEach(() => {
    path = join(folder.path, `target ${++count}.txt`);
  });
  afterEach(closeEditors);
  after(async () => {
    host?.dispose();
    await done("hapa.chooseModel", { offline: true });
    await model?.stop();
    await folder.remove();
  });

  /** Asks to fix lines one and two of a fresh file. */
  const askedAbout = async (): Promise<{ editor: TextEditor; requestId: string }> => {
    const editor = await openFile(path, text, 1, 2);
    return { editor, requestId: await host.ask("Fix it", { command: "fix", context: ["selection"] }) };
  };
  const insert = (requestId: string, code = fixed) => host.say({ type: "insertCode", requestId, code });
  const textNow = async (at = path) => (await workspace.openTextDocument(Uri.file(at))).getText();
  const other = () => openFile(join(folder.path, `other ${count}.txt`), "another file\n");

  it("the question carries the whole lines, and the fix takes their place in one undo step", async () => {
    const editor = await openFile(path, text, 1, 2);
    const { start, end } = editor.selection;
    editor.selection = new Selection(start.translate(0, 1), end.translate(0, -1));
    const requestId = await host.ask("Fix it", { command: "fix", context: ["selection"] });
    const asked = model.requests.at(-1)?.messages.at(-1)?.content ?? "";
    assert.match(asked, /The selected text \(.*target.*, lines 2 to 3\):\n```plaintext\none\ntwo\n```$/);
    await insert(requestId, `${fixed}\n`);
    assert.equal(await textNow(), "zero\nONE\nTWO\nthree\nfour");
    await commands.executeCommand("undo");
    assert.equal(await textNow(), text);
    await insert(requestId);
    assert.equal(await textNow(), "zero\nONE\nTWO\nthree\nfour", "pressed again after undo, it goes to the same place");
  });

  it("another editor is in front: it is left alone", async () => {
    const { requestId } = await askedAbout();
    const { document } = await other();
    await insert(requestId);
    assert.equal(await textNow(), "zero\nONE\nTWO\nthree\nfour");
    assert.equal(document.getText(), "another file\n");
    assert.equal(window.activeTextEditor?.document.uri.fsPath, path);
  });

  it("the file was edited above and below: the same lines are replaced", async () => {
    const { editor, requestId } = await askedAbout();
    await editor.edit((edit) => {
      edit.insert(editor.document.lineAt(0).range.start, "new\nlines\n");
      edit.insert(editor.document.lineAt(4).range.end, "!");
    });
    await replaceLine(editor, 2, "ZERO");
    await other();
    await insert(requestId);
    assert.equal(await textNow(), "new\nlines\nZERO\nONE\nTWO\nthree\nfour!");
  });

  it("the line ends of the file were changed meanwhile: the same lines are replaced", async () => {
    const { editor, requestId } = await askedAbout();
    await editor.edit((edit) => edit.setEndOfLine(EndOfLine.CRLF));
    await insert(requestId);
    assert.equal((await textNow()).replaceAll("\r\n", "|"), "zero|ONE|TWO|three|four");
  });

  it("the lines themselves were edited: nothing is changed", async () => {
    const { editor, requestId } = await askedAbout();
    await replaceLine(editor, 1, "one, but better");
    await insert(requestId);
    assert.equal(await textNow(), "zero\none, but better\ntwo\nthree\nfour");
  });

  it("the whole text was replaced by the same lines elsewhere (a formatter): they are found again", async () => {
    const { editor, requestId } = await askedAbout();
    const whole = editor.document.validateRange(new Range(0, 0, 99, 0));
    await editor.edit((edit) => edit.replace(whole, "start\n\nzero\none\ntwo\nthree"));
    await insert(requestId);
    assert.equal(await textNow(), "start\n\nzero\nONE\nTWO\nthree");
  });

  it("the file was closed: it is opened again", async () => {
    const { requestId } = await askedAbout();
    await closeEditors();
    await insert(requestId);
    assert.equal(await textNow(), "zero\nONE\nTWO\nthree\nfour");
    assert.equal(window.activeTextEditor?.document.uri.fsPath, path);
  });

  for (const [title, onDisk, expected] of [
    ["other lines", "zero\nsomething else\nthree\n", "zero\nsomething else\nthree\n"],
    ["the same lines elsewhere", "before\nzero\none\ntwo\nthree\n", "before\nzero\nONE\nTWO\nthree\n"],
    ["the same lines twice", "one\ntwo\none\ntwo\n", "one\ntwo\none\ntwo\n"],
  ] as const) {
    it(`closed, and written by another program meanwhile, with ${title}: ${onDisk === expected ? "nothing is changed" : "they are found again"}`, async () => {
      await openByHand(path, text, 1, 2);
      const requestId = await host.ask("Fix it", { command: "fix", context: ["selection"] });
      await closed(path);
      await writeFile(path, onDisk);
      await insert(requestId);
      assert.equal(await textNow(), expected);
    });
  }

  it("its language was changed, which closes and opens it: it is followed", async () => {
    const { editor, requestId } = await askedAbout();
    await languages.setTextDocumentLanguage(editor.document, "javascript");
    await insert(requestId);
    assert.equal(await textNow(), "zero\nONE\nTWO\nthree\nfour");
  });

  it("the file was deleted: no file is made, and nothing else is changed", async () => {
    const { requestId } = await askedAbout();
    await closeEditors();
    await rm(path);
    const { document } = await other();
    await insert(requestId);
    assert.equal(document.getText(), "another file\n");
    await assert.rejects(async () => workspace.fs.stat(Uri.file(path)));
  });

  it("the file was renamed: it is followed", async () => {
    const { requestId } = await askedAbout();
    const moved = join(folder.path, `moved ${count}.txt`);
    const edit = new WorkspaceEdit();
    edit.renameFile(Uri.file(path), Uri.file(moved));
    assert.ok(await workspace.applyEdit(edit));
    await insert(requestId);
    assert.equal(await textNow(moved), "zero\nONE\nTWO\nthree\nfour");
  });

  it("an untitled text that was closed is not made anew", async () => {
    const document = await workspace.openTextDocument({ content: text });
    select(await window.showTextDocument(document), 1, 2);
    const requestId = await host.ask("Fix it", { command: "fix", context: ["selection"] });
    await closeEditors();
    await insert(requestId);
    assert.ok(!workspace.textDocuments.some((open) => open.isUntitled && open.getText().includes(fixed)));
  });

  it("without a selection code goes to the cursor of then; tests go below what they test, and piece by piece", async () => {
    const editor = await openFile(path, text, 0, 0);
    const at = editor.document.lineAt(2).range.end;
    editor.selection = new Selection(at, at);
    const requestId = await host.ask("What comes next?");
    select(editor, 4, 4);
    await insert(requestId, "-and-a-half");
    assert.equal(await textNow(), "zero\none\ntwo-and-a-half\nthree\nfour");
    await insert(requestId, "!");
    assert.equal(await textNow(), "zero\none\ntwo-and-a-half!\nthree\nfour");
    select(editor, 0, 1);
    const tests = await host.ask("Test it", { command: "test", context: ["selection"] });
    await insert(tests, "a test");
    assert.equal(await textNow(), "zero\none\n\na test\ntwo-and-a-half!\nthree\nfour");
  });

  it("a question about a place, from a command: its surroundings and problems go along, its code goes there", async () => {
    const editor = await openFile(path, text, 0, 0);
    const range = editor.document.lineAt(3).range;
    const problem = new Diagnostic(range, "3 is wrong", DiagnosticSeverity.Error);
    await other();
    const composed = host.next("compose");
    await host.panel.compose({
      question: "Fix this",
      command: "fix",
      about: { uri: Uri.file(path), range, problems: [problem] },
      send: false,
    });
    const { chips = [] } = await composed;
    assert.deepEqual(
      chips.map(({ kind, count: many, lines }) => [kind, many, lines]),
      [
        ["selection", 5, [1, 5]],
        ["problems", 1, undefined],
      ],
    );
    const edit = new WorkspaceEdit();
    edit.insert(Uri.file(path), range.start, "> ");
    await workspace.applyEdit(edit);
    const requestId = await host.ask("Fix this", { command: "fix", context: chips.map(({ id }) => id) });
    const asked = model.requests.at(-1)?.messages.at(-1)?.content ?? "";
    assert.match(asked, /line 4: error: 3 is wrong/);
    await insert(requestId, "all of it");
    assert.equal(await textNow(), "all of it");
  });

  it("a program is applied to the lines it was made for, where they stand now", async () => {
    const names = "# people\nLovelace, Ada\nHopper, Grace\nTuring, Alan\nend";
    const editor = await openFile(path, names, 1, 3);
    const examples = "Lovelace, Ada => Ada Lovelace\nHopper, Grace => Grace Hopper";
    const requestId = await host.ask("First name first", { examples, context: ["selection"] });
    const shown = host.told("showResult").find((message) => message.requestId === requestId);
    assert.equal(shown?.program?.preview.length, 3);
    await editor.edit((edit) => {
      edit.insert(editor.document.lineAt(1).range.start, "added\n");
      edit.insert(editor.document.lineAt(2).range.start, "between\n");
    });
    await other();
    await host.say({ type: "applyProgram", requestId });
    assert.equal(await previewText(), "# people\nadded\nAda Lovelace\nbetween\nGrace Hopper\nAlan Turing\nend");
    await done("hapa.preview.accept");
    assert.equal(await textNow(), "# people\nadded\nAda Lovelace\nbetween\nGrace Hopper\nAlan Turing\nend");
    await assert.rejects(host.say({ type: "applyProgram", requestId }), /changed meanwhile.*nothing was replaced/);
  });
});

/** Opens a file as a person does: unlike `openTextDocument`, VS Code lets go of it when its tab is closed. */
async function openByHand(path: string, content: string, from: number, to: number): Promise<void> {
  await writeFile(path, content);
  await commands.executeCommand("vscode.open", Uri.file(path), { preview: false });
  select(window.activeTextEditor ?? assert.fail(), from, to);
}

/** Closes a file, and waits until VS Code has let go of it. */
async function closed(path: string): Promise<void> {
  const isOpen = () => workspace.textDocuments.some(({ uri, isClosed }) => uri.fsPath === path && !isClosed);
  const gone = new Promise<void>((resolve) => {
    const subscription = workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.fsPath !== path) return;
      subscription.dispose();
      resolve();
    });
  });
  await closeEditors();
  if (isOpen()) await gone;
}
