/**
 * HAPA as a person uses it in a real VS Code, told as stories that are walked by mouse and by keys alone, in a light, a
 * dark and a high-contrast theme. Stories share windows, as starting one takes seconds.
 *
 * Each story is walked once; `HAPA_WALKS=all` walks each three times: in every theme and with either hand.
 * Pictures: `out/screenshots/workbench-<name>-<theme>-<hand>.png`.
 */
import { after, afterEach, before, beforeEach, describe } from "mocha";
import { agentsStory, withChat } from "./agents.ts";
import { askingStory } from "./asking.ts";
import { byExampleStory } from "./by-example.ts";
import { chooseModelStory } from "./choose-model.ts";
import { completionStory } from "./completion.ts";
import { conversationStory } from "./conversation.ts";
import { doubtsStory } from "./doubts.ts";
import { fileStory } from "./file.ts";
import { firstStepsStory } from "./first-steps.ts";
import type { HandName } from "./hands.ts";
import { koreanStory } from "./korean.ts";
import { koreanEditorStory } from "./korean-editor.ts";
import { learningStory } from "./learning.ts";
import { modelStory } from "./model.ts";
import { panelStory } from "./panel.ts";
import { programsStory } from "./programs.ts";
import { resultsStory } from "./results.ts";
import { transformStory } from "./transform.ts";
import { validationStory } from "./validation.ts";
import { openWorkbench, type Theme, type WindowOptions, type Workbench } from "./workbench.ts";

type Story = (inWindow: () => Workbench) => void;

/** Any three that follow on each other have all themes and both hands. */
const walks: readonly (readonly [Theme, HandName])[] = [
  ["light", "mouse"],
  ["dark", "keys"],
  ["contrast", "mouse"],
  ["light", "keys"],
  ["dark", "mouse"],
  ["contrast", "keys"],
];

/** Stories of one window, in their order; what one leaves behind does not disturb the next. */
const windows: readonly { readonly stories: readonly Story[]; readonly options?: WindowOptions }[] = [
  { stories: [transformStory, doubtsStory, fileStory, resultsStory, validationStory] },
  { stories: [panelStory, modelStory, askingStory, conversationStory, chooseModelStory] },
  { stories: [completionStory, agentsStory], options: withChat },
  { stories: [programsStory, byExampleStory, firstStepsStory, learningStory] },
  { stories: [koreanStory, koreanEditorStory], options: { language: "ko" } },
];

const wanted = process.env["HAPA_WALKS"] ?? "1";
const rounds = wanted === "all" ? [1, 2, 3] : [Number(wanted)];

for (const round of rounds)
  for (const [place, { stories, options }] of windows.entries()) {
    const [theme, hand] = walks[(round - 1 + place) % walks.length] ?? ["light", "mouse"];
    describe(`VS Code [${theme}, ${hand}]`, function () {
      this.timeout(120_000);
      let window: Workbench | undefined;
      const inWindow = (): Workbench => {
        if (!window) throw new Error("no window is open");
        return window;
      };
      before(async () => {
        window = await openWorkbench(theme, { ...options, hand });
      });
      after(() => window?.close());

      for (const story of stories)
        describe("a story", function () {
          let failed = false;
          before(async () => {
            window ??= await openWorkbench(theme, { ...options, hand });
          });
          // A part begins where the one before ended: one that fails ends its story (mocha's bail would end all others, too).
          beforeEach(function () {
            if (failed) this.skip();
          });
          afterEach(async function () {
            if (!this.currentTest?.isFailed()) return;
            failed = true;
            await window?.screenshot(`failure-${story.name}`);
          });
          story(inWindow);
          after(async () => {
            let passed = true;
            this.eachTest((test) => {
              passed &&= test.isPassed();
            });
            if (passed) return;
            if (!failed) await window?.screenshot(`failure-${story.name}`); // A hook failed.
            // Whoever comes next finds a window as it should be.
            await window?.close();
            window = undefined;
          });
        });
    });
  }
