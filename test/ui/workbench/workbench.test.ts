/**
 * HAPA as a person uses it in a real VS Code, told as stories; two share a window, as starting one takes seconds.
 * A story goes on where its last part ended, so a part that fails ends it. Pictures: `out/screenshots/workbench-*.png`.
 */
import { after, afterEach, before, describe } from "mocha";
import { conversationStory } from "./conversation.ts";
import { doubtsStory } from "./doubts.ts";
import { fileStory } from "./file.ts";
import { modelStory } from "./model.ts";
import { panelStory } from "./panel.ts";
import { transformStory } from "./transform.ts";
import { openWorkbench, type Theme, type Workbench } from "./workbench.ts";

function inOneWindow(theme: Theme, ...stories: readonly ((inWindow: () => Workbench) => void)[]): void {
  describe(`VS Code by clicks and keys [${theme}]`, function () {
    this.timeout(60_000);
    let window: Workbench;
    before(async () => {
      window = await openWorkbench(theme);
    });
    afterEach(async function () {
      if (this.currentTest?.isFailed()) await window.screenshot(`failure-${theme}`);
    });
    after(() => window.close());
    for (const story of stories) story(() => window);
  });
}

inOneWindow("light", transformStory, doubtsStory, fileStory);
inOneWindow("dark", panelStory, modelStory, conversationStory);
