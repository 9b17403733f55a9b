/** Completion in a real editor: off until switched on, shown and accepted by VS Code's own commands, never in secrets. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { after, afterEach, before, describe, it } from "mocha";
import { ConfigurationTarget, commands, extensions, Selection, type TextEditor, workspace } from "vscode";
import { type FakeModel, startFakeModel } from "../../support/fake-model.ts";
import { closeEditors, done, hapa, openFile, temporaryFolder } from "../support/editors.ts";

const start = "const sum = (a, b) => ";

describe("completion", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let model: FakeModel;
  let count = 0;

  before(async () => {
    await hapa();
    folder = await temporaryFolder();
    model = await startFakeModel({ fillIn: "a + b;" });
    await done("hapa.chooseModel", { baseUrl: model.baseUrl, name: "fills-in" });
  });
  afterEach(async () => {
    await done("hapa.toggleCompletion", { on: false });
    await workspace.getConfiguration("hapa.completion").update("exclude", undefined, ConfigurationTarget.Global);
    await closeEditors();
  });
  after(async () => {
    await done("hapa.chooseModel", { offline: true });
    await model.stop();
    await folder.remove();
  });

  /** A file whose cursor stands at its end; each has another first line, so that nothing is known of it. */
  const open = async (name: string): Promise<TextEditor> => {
    const editor = await openFile(join(folder.path, name), `// ${++count}\n${start}`, 0, 0);
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    editor.selection = new Selection(end, end);
    return editor;
  };
  /** Accepts what is shown as soon as something is, by the command that the person's Tab key runs; false after 5 s. */
  const accept = async ({ document }: TextEditor): Promise<boolean> => {
    const before = document.getText();
    for (let turn = 0; turn < 50; turn++) {
      await commands.executeCommand("editor.action.inlineSuggest.commit");
      if (document.getText() !== before) return true;
      await pause(100);
    }
    return false;
  };
  const trigger = () => commands.executeCommand("editor.action.inlineSuggest.trigger");

  it("is off until it is switched on, and then shows what the model proposes, which is one undo step", async () => {
    const editor = await open("a.ts");
    await trigger();
    await pause(300);
    assert.equal(model.fillIns.length, 0, "nothing is sent while it is off");
    assert.deepEqual(await done("hapa.toggleCompletion"), { on: true });
    await trigger();
    assert.ok(await accept(editor));
    assert.equal(editor.document.lineAt(1).text, `${start}a + b;`);
    assert.equal(model.fillIns.at(-1)?.prompt, `// ${count}\n${start}`);
    await commands.executeCommand("undo");
    assert.equal(editor.document.lineAt(1).text, start);
  });

  it("proposes by itself while the person types, and does not ask again for what it proposed", async () => {
    await done("hapa.toggleCompletion", { on: true });
    const editor = await open("b.ts");
    const asked = model.fillIns.length;
    await commands.executeCommand("type", { text: " " });
    for (let turn = 0; turn < 50 && model.fillIns.length === asked; turn++) await pause(100);
    assert.equal(model.fillIns.length, asked + 1, "typing asks, by itself");
    await commands.executeCommand("type", { text: "a" });
    assert.ok(await accept(editor));
    assert.equal(editor.document.lineAt(1).text, `${start} a + b;`);
    assert.equal(model.fillIns.length, asked + 1);
  });

  it("asks nothing in files that hold secrets, that are excluded, or whose language it is off for", async () => {
    await done("hapa.toggleCompletion", { on: true });
    await workspace
      .getConfiguration("hapa.completion")
      .update("exclude", ["**/hidden/**", "**/*.mine.ts"], ConfigurationTarget.Global);
    const asked = model.fillIns.length;
    for (const name of [".env", "server.pem", "credentials.json", ".npmrc", "keys.mine.ts", "notes.md"]) {
      await open(name);
      await trigger();
      await pause(200);
      assert.equal(model.fillIns.length, asked, name);
    }
    const editor = await open("c.ts");
    await trigger();
    assert.ok(await accept(editor), "and goes on elsewhere");
  });

  it("leaves the person's keys alone", () => {
    const manifest: unknown = extensions.getExtension("hapa.hapa")?.packageJSON;
    assert.ok(!/"key":"(shift\+)?tab"/i.test(JSON.stringify(manifest)));
  });
});
