/** Lines that the examples leave open, in Transform Selection: named in the preview, asked about, one more example each. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import { ConfigurationTarget, commands, workspace } from "vscode";
import type { Previewed } from "../../../src/extension/editor/apply-program.ts";
import {
  closeEditors,
  done,
  hapa,
  openFile,
  previewText,
  refused,
  replaceLine,
  select,
  temporaryFolder,
} from "../support/editors.ts";

const names = ["Lovelace, Ada", "Hopper, Grace", "Turing, Alan", "van Rossum, Guido"].join("\n");
const examples = "Lovelace, Ada => Ada Lovelace\nHopper, Grace => Grace Hopper";
const sure = ["Ada Lovelace", "Grace Hopper", "Alan Turing", "Guido van Rossum"].join("\n");

describe("examples given by editing lines", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  // VS Code in a browser saves by itself after a second.
  const autoSave = (mode: string | undefined) =>
    workspace.getConfiguration("files").update("autoSave", mode, ConfigurationTarget.Global);
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

  it("the lines that were changed since the file was saved teach the others, and stay as they are", async () => {
    const editor = await openFile(join(folder.path, "edited.txt"), names);
    await replaceLine(editor, 0, "Ada Lovelace");
    await replaceLine(editor, 1, "Grace Hopper");
    select(editor, 0, 3);
    const previewed = await done<Previewed>("hapa.transformSelection", { examples: "" });
    assert.deepEqual([previewed.state, previewed.lines], ["previewing", 2]);
    await done("hapa.preview.ask", { input: "van Rossum, Guido", output: "Guido van Rossum" });
    await done("hapa.preview.accept");
    assert.equal(editor.document.getText(), sure);
    await commands.executeCommand("undo");
    assert.equal(editor.document.getText(), "Ada Lovelace\nGrace Hopper\nTuring, Alan\nvan Rossum, Guido");
  });

  it("lines that an accepted preview changed are no examples: another program may follow", async () => {
    const editor = await openFile(join(folder.path, "follow.txt"), "a, b\nc, d\nx");
    await done("hapa.transformSelection", { examples: "a, b => b-a\nc, d => d-c\nx => x" });
    await done("hapa.preview.accept");
    assert.equal(editor.document.getText(), "b-a\nd-c\nx");
    select(editor, 0, 2);
    const previewed = await done<Previewed>("hapa.transformSelection", { examples: "b-a => B-A\nd-c => D-C" });
    assert.deepEqual([previewed.state, previewed.lines], ["previewing", 3]);
    assert.equal(await previewText(), "B-A\nD-C\nX");
  });
});

describe("doubtful lines of a preview", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let count = 0;
  const open = (text: string) => {
    count += 1;
    return openFile(join(folder.path, `doubts ${count}.txt`), text);
  };
  before(async () => {
    await hapa();
    folder = await temporaryFolder();
  });
  afterEach(closeEditors);
  after(() => folder.remove());

  it("are told with what they could become; an answer makes another preview, accepted and undone in one step", async () => {
    const { document } = await open(names);
    const { doubts } = await done<Previewed>("hapa.transformSelection", { examples });
    assert.equal(doubts[0]?.input, "van Rossum, Guido");
    const given = (await previewText())?.split("\n")[3];
    assert.equal(given, doubts[0]?.current, "what it makes of the line now is what the preview shows");

    const answer = { input: "van Rossum, Guido", output: "Guido van Rossum" };
    const again = await done<Previewed>("hapa.preview.ask", answer);
    assert.deepEqual([again.state, again.lines, again.doubts], ["previewing", 4, []]);
    assert.equal(await previewText(), sure);
    assert.equal(document.getText(), names, "the text was touched before it was accepted");
    await done("hapa.preview.accept");
    assert.equal(document.getText(), sure);
    await commands.executeCommand("undo");
    assert.equal(document.getText(), names);
  });

  it("a preview may be accepted without an answer", async () => {
    const { document } = await open(names);
    await done("hapa.transformSelection", { examples });
    const shown = await previewText();
    await done("hapa.preview.accept");
    assert.equal(document.getText(), shown);
  });

  it("an answer that contradicts the examples is told, and the preview stays", async () => {
    await open(names);
    await done("hapa.transformSelection", { examples });
    const shown = await previewText();
    const { code } = await refused("hapa.preview.ask", { input: "Lovelace, Ada", output: "something else" });
    assert.equal(code, "contradictory_examples");
    assert.equal(await previewText(), shown);
  });

  it("where no line is in doubt, there is nothing to ask", async () => {
    await open("Lovelace, Ada\nHopper, Grace\nTuring, Alan");
    const { doubts } = await done<Previewed>("hapa.transformSelection", { examples });
    assert.deepEqual(doubts, []);
    assert.match((await refused("hapa.preview.ask")).message, /No line .* in doubt/);
    await done("hapa.preview.discard");
    assert.match((await refused("hapa.preview.ask")).message, /no preview/);
  });
});
