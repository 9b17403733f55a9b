/** The same with a model: a scripted server answers well, wrongly then rightly, with hostile code, or not at all. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { commands } from "vscode";
import type { Previewed } from "../../../src/extension/editor/apply-program.ts";
import { type FakeModel, startFakeModel, structuredAnswer } from "../../support/fake-model.ts";
import { closeEditors, done, hapa, openFile, previewText, refused, temporaryFolder } from "../support/editors.ts";

// Nothing in a name says the number: only a model knows it.
const numbers = { iron: 26, gold: 79, tin: 50, lead: 82, zinc: 30, neon: 10, silver: 47, argon: 18 };
const text = Object.keys(numbers).join("\n");
const turned = Object.values(numbers).join("\n");
const examples = Object.entries(numbers)
  .slice(0, 7)
  .map((pair) => pair.join(" => "))
  .join("\n");
const right = `function run(input) { return String(${JSON.stringify(numbers)}[input]); }`;
const wrong = "function run(input) { return String(input.length); }";
const question = "The element's atomic number.";

describe("with a model", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let model: FakeModel;
  let count = 0;
  const open = () => openFile(join(folder.path, `numbers ${++count}.txt`), text);

  before(async () => {
    await hapa();
    folder = await temporaryFolder();
  });
  beforeEach(async () => {
    model = await startFakeModel();
    await done("hapa.chooseModel", { baseUrl: model.baseUrl, name: `scripted-${++count}` });
  });
  afterEach(async () => {
    await closeEditors();
    await done("hapa.chooseModel", { offline: true });
    await model.stop();
  });
  after(() => folder.remove());

  it("an answer that passes is previewed, applied and undone in one step", async () => {
    model.script({ say: structuredAnswer(right) });
    const { document } = await open();
    assert.equal((await done<Previewed>("hapa.transformSelection", { examples, question })).state, "previewing");
    assert.equal(await previewText(), turned);
    await done("hapa.preview.accept");
    assert.equal(document.getText(), turned);
    await commands.executeCommand("undo");
    assert.equal(document.getText(), text);
  });

  it("the key goes to the address it was set for, and to no other", async () => {
    model.script({ say: structuredAnswer(right) });
    await done("hapa.setApiKey", { key: "sk-only-for-this-one" });
    await open();
    await done("hapa.transformSelection", { examples, question });
    assert.ok(model.authorizations.includes("Bearer sk-only-for-this-one"));
    await done("hapa.preview.discard");

    const other = await startFakeModel();
    try {
      other.script({ say: structuredAnswer(right) });
      await done("hapa.chooseModel", { baseUrl: other.baseUrl, name: "elsewhere" });
      await open();
      await done("hapa.transformSelection", { examples, question });
      assert.ok(other.authorizations.length > 0);
      assert.ok(other.authorizations.every((header) => !header?.includes("sk-only-for-this-one")));
    } finally {
      await other.stop();
    }
  });

  it("a wrong answer is repaired with the cases it failed", async () => {
    model.script({ say: structuredAnswer(wrong) }, { say: structuredAnswer(right) });
    await open();
    await done("hapa.transformSelection", { examples, question });
    assert.equal(await previewText(), turned);
    assert.equal(model.requests.length, 2);
  });

  it("hostile code ends in a clear message, and the text is left alone", async () => {
    model.script({ say: structuredAnswer("function run() { for (;;) {} }") });
    const { document } = await open();
    const { message } = await refused("hapa.transformSelection", { examples, question });
    assert.ok(message.length > 20, message);
    assert.equal(document.getText(), text);
  });

  it("a model that is down is named, with what to do", async () => {
    await model.stop();
    await open();
    const { message } = await refused("hapa.transformSelection", { examples, question });
    assert.match(message, /model|reach|127\.0\.0\.1/i);
    model = await startFakeModel();
  });
});
