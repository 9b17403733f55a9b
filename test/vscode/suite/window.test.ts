/** What HAPA adds to the window: commands, menu, settings; and a second window beside it. */
import assert from "node:assert/strict";
import { afterEach, before, describe, it } from "mocha";
import { commands, extensions, workspace } from "vscode";
import { withSecondBackend } from "../support/backend.ts";
import { closeEditors, done, hapa, refused } from "../support/editors.ts";

describe("the window", () => {
  before(() => hapa());
  afterEach(closeEditors);

  it("every command of the palette exists", async () => {
    const manifest = extensions.getExtension("hapa.hapa")?.packageJSON;
    const known = new Set(await commands.getCommands(true));
    for (const { command } of manifest.contributes.commands) assert.ok(known.has(command), `${command} is missing`);
    assert.ok(known.has("hapa.showMenu"), "a click on the status bar does nothing");
  });

  it("every setting has a description and stays out of the reach of a folder's own settings", () => {
    const sections: { properties: Record<string, { markdownDescription?: string; scope?: string; order?: number }> }[] =
      extensions.getExtension("hapa.hapa")?.packageJSON.contributes.configuration;
    for (const { properties } of sections)
      for (const [name, { markdownDescription, scope, order }] of Object.entries(properties)) {
        assert.ok(markdownDescription && order, `${name} has no description or place`);
        // A folder may add to what nothing is sent of, and take nothing away.
        assert.equal(scope, name === "hapa.completion.exclude" ? "resource" : "machine", name);
      }
  });

  it("a model is chosen and left again without a key ever standing in the settings", async () => {
    const model = () => workspace.getConfiguration("hapa.model");
    await done("hapa.chooseModel", { baseUrl: "http://127.0.0.1:9/v1", name: "small" });
    assert.deepEqual([model().get("baseUrl"), model().get("name")], ["http://127.0.0.1:9/v1", "small"]);
    await done("hapa.setApiKey", { key: "sk-test-1234567890" });
    assert.ok(!JSON.stringify(workspace.getConfiguration("hapa")).includes("sk-test"));
    await done("hapa.setApiKey", { key: "" });
    await done("hapa.chooseModel", { offline: true });
    assert.deepEqual([model().get("baseUrl"), model().get("name")], ["", ""]);
    assert.match((await refused("hapa.chooseModel", { baseUrl: "ftp://x", name: "y" })).message, /https?:\/\//);
  });

  it("a second window's backend sees the same tasks", async () => {
    const name = `seen ${Date.now()}`;
    await withSecondBackend(async (client) => {
      const body = {
        name,
        description: "",
        language: "javascript" as const,
        examples: [],
        accuracyTarget: 0.9,
        latencyTargetMs: 10,
        samplingRate: 0,
      };
      await client.call("createTask", { params: {}, body });
    });
    // The window's own backend knows it by name: what it misses is only a program.
    const { message } = await refused("hapa.runOnFile", { file: __filename, task: name });
    assert.match(message, /has no program yet|not found|no task/i);
  });

  it("the panel opens", async () => {
    await done("hapa.openPanel");
    await done("hapa.generateCode", { question: "" });
  });
});
