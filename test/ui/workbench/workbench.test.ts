/**
 * HAPA as a person uses it in a real VS Code, told as stories; two share a window, as starting one takes seconds.
 * A story goes on where its last part ended, so a part that fails ends it. Pictures: `out/screenshots/workbench-*.png`.
 */
import { after, afterEach, before, describe } from "mocha";
import { agentsStory, withChat } from "./agents.ts";
import { byExampleStory } from "./by-example.ts";
import { chooseModelStory } from "./choose-model.ts";
import { completionStory } from "./completion.ts";
import { conversationStory } from "./conversation.ts";
import { doubtsStory } from "./doubts.ts";
import { fileStory } from "./file.ts";
import { koreanStory } from "./korean.ts";
import { koreanEditorStory } from "./korean-editor.ts";
import { modelStory } from "./model.ts";
import { panelStory } from "./panel.ts";
import { programsStory } from "./programs.ts";
import { resultsStory } from "./results.ts";
import { transformStory } from "./transform.ts";
import { validationStory } from "./validation.ts";
import { openWorkbench, type Theme, type WindowOptions, type Workbench } from "./workbench.ts";

type Story = (inWindow: () => Workbench, theme: Theme) => void;

function inOneWindow(theme: Theme, stories: readonly Story[], more?: WindowOptions): void {
  describe(`VS Code by clicks and keys [${theme}]`, function () {
    this.timeout(120_000);
    let window: Workbench;
    before(async () => {
      window = await openWorkbench(theme, more);
    });
    afterEach(async function () {
      if (this.currentTest?.isFailed()) await window.screenshot(`failure-${theme}`);
    });
    after(() => window.close());
    for (const story of stories) story(() => window, theme);
  });
}

inOneWindow("light", [transformStory, doubtsStory, fileStory, resultsStory]);
inOneWindow("dark", [panelStory, modelStory, conversationStory, chooseModelStory]);
inOneWindow("light", [koreanStory], { language: "ko" });
inOneWindow("dark", [koreanEditorStory], { language: "ko" });
inOneWindow("contrast", [validationStory]);
inOneWindow("dark", [programsStory]);
inOneWindow("contrast", [completionStory, agentsStory], withChat);
for (const theme of ["light", "contrast"] as const) inOneWindow(theme, [byExampleStory]);
