/** Transform by Example: edits in the document are the examples, the others follow when they are accepted. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import {
  ConfigurationTarget,
  commands,
  Position,
  Range,
  Selection,
  type TextEditor,
  type Uri,
  ViewColumn,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import type { Standing } from "../../../src/extension/by-example/standing.ts";
import { closeEditors, done, hapa, openFile, refused, select, temporaryFolder } from "../support/editors.ts";

const names = ["Lovelace, Ada", "Hopper, Grace", "Turing, Alan", "Johnson, Katherine", "Perlman, Radia"];
const turned = ["Ada Lovelace", "Grace Hopper", "Alan Turing", "Katherine Johnson", "Radia Perlman"];

/** Writes a line anew as a person does: selects it and types. */
async function typeLine(editor: TextEditor, line: number, text: string): Promise<void> {
  await window.showTextDocument(editor.document, {
    preview: false,
    ...(editor.viewColumn ? { viewColumn: editor.viewColumn } : {}),
  });
  const own = window.activeTextEditor ?? editor;
  select(own, line, line);
  await commands.executeCommand("type", { text });
}

const start = () => done<Standing>("hapa.byExample.start");
const show = () => done<Standing>("hapa.byExample.show");
const accept = () => done<Standing>("hapa.byExample.accept");
/** Edits the document without the person's cursor, as other extensions do. */
async function editElsewhere(uri: Uri, range: Range, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(uri, range, text);
  assert.ok(await workspace.applyEdit(edit));
}

describe("Transform by Example", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let count = 0;
  const autoSave = (mode: string | undefined) =>
    workspace.getConfiguration("files").update("autoSave", mode, ConfigurationTarget.Global);
  const open = (lines: readonly string[], extension = "txt") => {
    count += 1;
    return openFile(join(folder.path, `example ${count}.${extension}`), lines.join("\n"));
  };
  before(async () => {
    await hapa();
    await autoSave("off");
    folder = await temporaryFolder();
  });
  afterEach(closeEditors);
  after(async () => {
    await autoSave(undefined);
    await folder.remove();
  });

  it("edited lines are examples, the rest is a preview; accepted, one undo brings back what was before", async () => {
    const editor = await open(names);
    const begun = await start();
    assert.deepEqual([begun.state, begun.rows, begun.examples], ["waiting", 5, 0]);
    assert.ok(editor.selection.isEmpty, "typing would replace the selected lines");
    await typeLine(editor, 0, "Ada Lovelace");
    await typeLine(editor, 1, "Grace Hopper");
    const ready = await show();
    assert.deepEqual([ready.state, ready.examples, ready.changes, ready.failed], ["ready", 2, 3, 0]);
    const edited = [...turned.slice(0, 2), ...names.slice(2)].join("\n");
    assert.equal(editor.document.getText(), edited, "the text was touched before it was accepted");
    assert.equal((await accept()).state, "accepted");
    assert.equal(editor.document.getText(), turned.join("\n"));
    await commands.executeCommand("undo");
    assert.equal(editor.document.getText(), edited);
  });

  it("a preview that has just changed is shown before it is accepted", async () => {
    const editor = await open(names);
    await start();
    await typeLine(editor, 0, "Ada Lovelace");
    await typeLine(editor, 1, "Grace Hopper");
    assert.equal((await accept()).state, "changed");
    assert.equal(editor.document.lineAt(2).text, "Turing, Alan");
    assert.equal((await accept()).state, "accepted");
    assert.equal(editor.document.getText(), turned.join("\n"));
  });

  it("leaving keeps the person's own edits and nothing else", async () => {
    const editor = await open(names);
    await start();
    await typeLine(editor, 0, "Ada Lovelace");
    await show();
    assert.equal((await done<Standing>("hapa.byExample.leave")).state, "left");
    assert.equal(editor.document.getText(), ["Ada Lovelace", ...names.slice(1)].join("\n"));
    assert.match((await refused("hapa.byExample.accept")).message, /Start Transform by Example first/);
  });

  it("undo takes an example back, redo gives it again; a line written back is none", async () => {
    const editor = await open(names);
    await start();
    await typeLine(editor, 0, "Ada Lovelace");
    assert.equal((await show()).examples, 1);
    // Undo goes back by words.
    for (let steps = 0; steps < 5 && editor.document.lineAt(0).text !== "Lovelace, Ada"; steps++)
      await commands.executeCommand("undo");
    const none = await show();
    assert.deepEqual([none.state, none.examples, editor.document.lineAt(0).text], ["waiting", 0, "Lovelace, Ada"]);
    await commands.executeCommand("redo");
    assert.equal((await show()).examples, 1);
    await typeLine(editor, 0, "Lovelace, Ada");
    assert.equal((await show()).examples, 0);
  });

  it("lines inserted above, deleted inside and changed by another hand are followed: edits go where they belong", async () => {
    const editor = await open(names);
    const { uri } = editor.document;
    await start();
    await typeLine(editor, 0, "Ada Lovelace");
    await typeLine(editor, 1, "Grace Hopper");
    await editElsewhere(uri, new Range(0, 0, 0, 0), "# names\n\n");
    await editElsewhere(uri, new Range(6, 0, 6, 14), "Perlman, R");
    await editElsewhere(uri, new Range(4, 0, 5, 0), "");
    const ready = await show();
    assert.deepEqual([ready.examples, ready.changes], [2, 2], "another hand's change is no example");
    assert.equal((await accept()).state, "accepted");
    assert.equal(
      editor.document.getText(),
      ["# names", "", "Ada Lovelace", "Grace Hopper", "Katherine Johnson", "R Perlman"].join("\n"),
    );
  });

  it("a line the examples leave open is named; the answer is one more example", async () => {
    const editor = await open([...names.slice(0, 3), "van Rossum, Guido"]);
    await start();
    await typeLine(editor, 0, "Ada Lovelace");
    await typeLine(editor, 1, "Grace Hopper");
    const { doubts } = await show();
    assert.deepEqual(doubts, [{ input: "van Rossum, Guido", line: 3 }]);
    const answered = await done<Standing>("hapa.byExample.ask", {
      input: "van Rossum, Guido",
      output: "van Rossum, Guido",
    });
    assert.deepEqual([answered.examples, answered.state], [3, "ready"]);
    assert.equal(answered.doubts.length, 0);
    await accept();
    assert.equal(editor.document.getText(), [...turned.slice(0, 3), "van Rossum, Guido"].join("\n"));
  });

  it("contradicting edits are told with their lines, and typing goes on", async () => {
    const editor = await open(["a, b", "c, d", "a, b", "e, f"]);
    await start();
    await typeLine(editor, 0, "b a");
    await typeLine(editor, 2, "a and b");
    const stuck = await show();
    assert.equal(stuck.state, "disagreeing");
    assert.match(stuck.problem ?? "", /Lines 1 and 3 were both “a, b”/);
    await typeLine(editor, 2, "b a");
    assert.equal((await show()).state, "ready");
    assert.equal((await done<Standing>("hapa.byExample.leave")).state, "left");
  });

  it("a CSV column: cells are learned without their quotes and written with them where needed", async () => {
    const editor = await open(["id,name,x", '1,"Lovelace, Ada",a', '2,"Hopper, Grace",b', '3,"Turing, Alan",c'], "csv");
    editor.selection = new Selection(new Position(1, 6), new Position(1, 6));
    const begun = await done<Standing>("hapa.byExample.startColumn");
    assert.equal(begun.rows, 3);
    await typeLine(editor, 1, "1,Ada Lovelace,a");
    editor.selection = new Selection(2, 2, 2, 17);
    await commands.executeCommand("type", { text: "Grace Hopper" });
    const ready = await show();
    assert.deepEqual([ready.examples, ready.changes], [2, 1]);
    await accept();
    assert.equal(editor.document.lineAt(3).text, '3,"Alan Turing",c');
  });

  it("parts of lines, chosen with several selections", async () => {
    const editor = await open(["x = foo_bar;", "y = one_two;", "z = red_car;"]);
    editor.selections = [0, 1, 2].map((line) => new Selection(line, 4, line, 11));
    assert.equal((await start()).rows, 3);
    editor.selection = new Selection(0, 4, 0, 11);
    await commands.executeCommand("type", { text: "fooBar" });
    editor.selection = new Selection(1, 4, 1, 11);
    await commands.executeCommand("type", { text: "oneTwo" });
    assert.equal((await show()).examples, 2);
    await accept();
    assert.equal(editor.document.lineAt(2).text, "z = redCar;");
  });

  it("two documents at once, each with its own session; the second in a document is refused", async () => {
    const first = await open(names);
    await start();
    await typeLine(first, 0, "Ada Lovelace");
    await typeLine(first, 1, "Grace Hopper");
    const second = await open(["a-b", "c-d", "e-f"]);
    await start();
    await typeLine(second, 0, "a+b");
    await typeLine(second, 1, "c+d");
    assert.equal((await show()).changes, 1);
    select(second, 0, 2);
    assert.match((await refused("hapa.byExample.start")).message, /is on in .* already/);
    await window.showTextDocument(first.document, { preview: false });
    assert.equal((await show()).changes, 3);
    await accept();
    assert.equal(first.document.getText(), turned.join("\n"));
    assert.equal(second.document.getText(), "a+b\nc+d\ne-f");
    await window.showTextDocument(second.document, { preview: false });
    await accept();
    assert.equal(second.document.getText(), "a+b\nc+d\ne+f");
  });

  it("two editors on one document share the session", async () => {
    const editor = await open(names);
    await start();
    await typeLine(editor, 0, "Ada Lovelace");
    const beside = await window.showTextDocument(editor.document, { viewColumn: ViewColumn.Beside, preview: false });
    await typeLine(beside, 1, "Grace Hopper");
    const { examples, changes } = await show();
    assert.deepEqual([examples, changes], [2, 3]);
    await accept();
    assert.equal(editor.document.getText(), turned.join("\n"));
  });

  it("a document that is closed, reverted or written by another program ends the session", async () => {
    const gone = /Start Transform by Example first/;
    const reverted = await open(names);
    await start();
    await typeLine(reverted, 0, "Ada Lovelace");
    await commands.executeCommand("workbench.action.files.revert");
    assert.match((await refused("hapa.byExample.show")).message, gone);

    select(reverted, 0, 4);
    await start();
    const readAnew = new Promise<void>((resolve) => {
      const listener = workspace.onDidChangeTextDocument(({ document }) => {
        if (document !== reverted.document) return;
        listener.dispose();
        resolve();
      });
    });
    await writeFile(reverted.document.uri.fsPath, "something else\nentirely");
    await readAnew;
    assert.match((await refused("hapa.byExample.show")).message, gone);
    assert.equal(reverted.document.getText(), "something else\nentirely");

    select(reverted, 0, 1);
    await start();
    await commands.executeCommand("workbench.action.closeActiveEditor");
    assert.match((await refused("hapa.byExample.show")).message, gone);
  });

  it("lines that were edited before it was started are examples, too", async () => {
    const editor = await open(names);
    await typeLine(editor, 0, "Ada Lovelace");
    await typeLine(editor, 1, "Grace Hopper");
    select(editor, 0, 4);
    const begun = await start();
    assert.equal(begun.examples, 2);
    assert.equal((await show()).changes, 3);
    await accept();
    assert.equal(editor.document.getText(), turned.join("\n"));
    select(editor, 0, 4);
    assert.equal((await start()).examples, 0, "what was accepted is no example: another program may follow");
  });

  it("saving in between changes nothing", async () => {
    const editor = await open(names);
    await start();
    await typeLine(editor, 0, "Ada Lovelace");
    assert.ok(await editor.document.save());
    await typeLine(editor, 1, "Grace Hopper");
    assert.ok(await editor.document.save());
    assert.equal((await show()).changes, 3);
    await accept();
    assert.equal(editor.document.getText(), turned.join("\n"));
  });

  it("a document that has become read-only is not changed, and the person is told", async () => {
    const editor = await open(names);
    await start();
    await typeLine(editor, 0, "Ada Lovelace");
    await typeLine(editor, 1, "Grace Hopper");
    await show();
    await commands.executeCommand("workbench.action.files.setActiveEditorReadonlyInSession");
    assert.match((await refused("hapa.byExample.accept")).message, /cannot be changed/);
    assert.equal(editor.document.lineAt(2).text, "Turing, Alan");
    await commands.executeCommand("workbench.action.files.setActiveEditorWriteableInSession");
  });

  it("nothing selected, and a column where there is none, end in a sentence that says what to do", async () => {
    const editor = await open(names);
    editor.selection = new Selection(0, 0, 0, 0);
    assert.match((await refused("hapa.byExample.start")).message, /Select the lines/);
    editor.selection = new Selection(0, 0, 0, 0);
    await open(["plain", "lines"]);
    assert.match((await refused("hapa.byExample.startColumn")).message, /Put the cursor into a cell/);
  });

  it("ten thousand lines: learned, previewed and replaced at once", async () => {
    const many = Array.from({ length: 10_000 }, (_, line) => `Name${line}, First${line}`);
    const editor = await open(many);
    await start();
    await typeLine(editor, 0, "First0 Name0");
    await typeLine(editor, 1, "First1 Name1");
    const { changes } = await show();
    assert.equal(changes, 9_998);
    await accept();
    assert.equal(editor.document.lineAt(9_999).text, "First9999 Name9999");
    await commands.executeCommand("undo");
    assert.equal(editor.document.lineAt(9_999).text, "Name9999, First9999");
  });
});
