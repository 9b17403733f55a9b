/** Transform Selection and Run Program on Selection, as a person uses them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import { commands, window } from "vscode";
import type { Previewed } from "../../../src/extension/editor/apply-program.ts";
import {
  closeEditors,
  done,
  hapa,
  openFile,
  previewText,
  refused,
  replaceLine,
  temporaryFolder,
} from "../support/editors.ts";

const names = ["Lovelace, Ada", "Hopper, Grace", "Turing, Alan", "", "Knuth, Donald", "Liskov, Barbara"].join("\n");
const turned = ["Ada Lovelace", "Grace Hopper", "Alan Turing", "", "Donald Knuth", "Barbara Liskov"].join("\n");
const examples = "Lovelace, Ada => Ada Lovelace\nHopper, Grace => Grace Hopper\nTuring, Alan => Alan Turing";

describe("transforming the selected lines", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let count = 0;
  /** A file of its own for each text: VS Code does not see at once what changes on disk. */
  const open = (text: string, from?: number, to?: number) => {
    count += 1;
    return openFile(join(folder.path, `names ${count}.txt`), text, from, to);
  };
  before(async () => {
    await hapa();
    folder = await temporaryFolder();
  });
  afterEach(closeEditors);
  after(() => folder.remove());

  it("three examples make a preview; accepting replaces the lines, and one undo brings them back", async () => {
    const { document } = await open(names);
    const previewed = await done<Previewed>("hapa.transformSelection", { examples });
    assert.deepEqual(previewed, { state: "previewing", lines: 5, failed: 0, doubts: [] });
    assert.equal(document.getText(), names, "the text was touched before it was accepted");
    assert.equal(await previewText(), turned);

    await done("hapa.preview.accept");
    assert.equal(document.getText(), turned);
    assert.equal(await previewText(), undefined, "the preview stayed open");
    assert.equal(window.activeTextEditor?.document.uri.toString(), document.uri.toString());

    await commands.executeCommand("undo");
    assert.equal(document.getText(), names);
  });

  it("only the selected lines change, and CRLF stays", async () => {
    const { document } = await open("Keep, Me\r\nLovelace, Ada\r\nHopper, Grace\r\nAnd, Me\r\n", 1, 2);
    await done("hapa.transformSelection", { examples });
    await done("hapa.preview.accept");
    assert.equal(document.getText(), "Keep, Me\r\nAda Lovelace\r\nGrace Hopper\r\nAnd, Me\r\n");
  });

  it("discarding leaves the text as it was", async () => {
    const { document } = await open(names);
    await done("hapa.transformSelection", { examples });
    await done("hapa.preview.discard");
    assert.equal(document.getText(), names);
    assert.equal(document.isDirty, false);
    assert.equal(await previewText(), undefined);
  });

  it("lines that changed meanwhile are not overwritten, and the person is told", async () => {
    const editor = await open(names);
    await done("hapa.transformSelection", { examples });
    const original = await window.showTextDocument(editor.document, { preview: false });
    await replaceLine(original, 1, "Something else");
    const { message } = await refused("hapa.preview.accept");
    assert.match(message, /changed meanwhile.*nothing was replaced/);
    assert.equal(editor.document.getText(), names.replace("Hopper, Grace", "Something else"));
  });

  it("contradictory examples are named", async () => {
    await open(names);
    const { code, message } = await refused("hapa.transformSelection", { examples: "a => b\nc => d\na => e" });
    assert.equal(code, "contradictory_examples");
    assert.match(message, /"?a"?.*b.*e/);
  });

  it("an example without an arrow is named by its line", async () => {
    await open(names);
    const { message } = await refused("hapa.transformSelection", { examples: "a => b\njust text" });
    assert.match(message, /line 2.*just text/);
  });

  it("no examples, or nothing selected, ends in a sentence that says what to do", async () => {
    await open(names);
    assert.match((await refused("hapa.transformSelection", { examples: "" })).message, /at least one example/);
    await open("\n\n");
    assert.match((await refused("hapa.transformSelection", { examples })).message, /Select the lines/);
  });

  it("examples that no program fits leave the text alone and say what would help", async () => {
    const { document } = await open(names);
    const outputs = ["7f3a", "qq-19", "zebra 4", "_", "81:0k", "(none)", "Oslo"];
    const odd = outputs.map((output, at) => `${"abcdefg"[at]}${at * 7}, x => ${output}`).join("\n");
    const { message } = await refused("hapa.transformSelection", { examples: odd });
    assert.match(message, /example|model/i);
    assert.equal(document.getText(), names);
  });
});
