/** Conversations in a real VS Code: found again, deleted with a way back, there after a reload; a fix goes where it was asked for. */
import { after, before, describe, it } from "mocha";
import type { FrameLocator, Locator } from "playwright-core";
import { type FakeModel, fencedAnswer, startFakeModel } from "../../support/fake-model.ts";
import { useModel } from "./use-model.ts";
import type { Workbench } from "./workbench.ts";

export function conversationStory(inWindow: () => Workbench): void {
  describe("conversations in VS Code", () => {
    let window: Workbench;
    let panel: FrameLocator;
    let model: FakeModel;
    before(async () => {
      model = await startFakeModel();
      window = inWindow();
      await useModel(window, model);
      await window.open("names.txt");
      panel = await window.openPanel();
      await window.choose(panel.getByRole("button", { name: "New conversation" }));
    });
    after(async () => {
      await model.stop();
    });
    const question = (): Locator => panel.getByLabel("Question", { exact: true });
    const ask = async (words: string): Promise<void> => {
      await window.write(question(), words);
      await window.choose(panel.getByRole("button", { name: "Send" }));
    };
    const list = () => window.choose(panel.getByRole("button", { name: "Conversations", exact: true }));

    it("/fix takes the selected lines along; Insert replaces them, although another file is in front", async () => {
      model.script({ say: fencedAnswer("Lovelace, Augusta\nHopper, G.", "Both names were too short.") });
      await window.selectLines(2);
      await panel.getByText("names.txt · 2 lines").first().waitFor();
      await ask("/fix their names");
      await panel.getByText("Both names were too short.").first().waitFor();
      await window.command("File: New Untitled Text File");
      await window.choose(panel.getByRole("button", { name: "Insert this code in the editor" }));
      await window.page.getByRole("tab", { name: /^names.txt/, selected: true }).waitFor();
      await window.shows(["Lovelace, Augusta", "Hopper, G.", "Turing, Alan"]);
      await window.screenshot("conversation-fix");
      await window.page.keyboard.press("Control+z");
      await window.shows(["Lovelace, Ada", "Hopper, Grace", "Turing, Alan"]);
    });

    it("a conversation is found by words of its answers, deleted, and taken back", async () => {
      await window.choose(panel.getByRole("button", { name: "New conversation" }));
      model.script({ say: "배열을 정렬하는 방법입니다." });
      await ask("How do I sort?");
      await panel.getByText("배열을 정렬하는").first().waitFor();
      await list();
      await window.write(panel.getByLabel("Search conversations"), "정렬");
      await panel.getByText("1 question").first().waitFor();
      await window.screenshot("conversation-found");
      await window.choose(panel.getByRole("button", { name: "Delete “How do I sort?”" }));
      await panel.getByText("“How do I sort?” was deleted.").first().waitFor();
      await window.screenshot("conversation-deleted");
      await window.choose(panel.getByRole("button", { name: "Undo" }));
      await panel.getByText("배열을 정렬하는").first().waitFor();
    });

    it("reloaded in the middle of an answer, the window shows the conversation with what had come", async () => {
      model.script({ say: "said before the end, ".repeat(400), pauseMs: 50 });
      const cut = model.nextCutOff();
      await ask("Something slow");
      await panel.getByText("said before the end").first().waitFor();
      await window.page.reload();
      await cut;
      await window.page.getByRole("button", { name: /^HAPA, / }).waitFor({ timeout: 30_000 });
      panel = await window.openPanel();
      await panel.getByText("배열을 정렬하는").first().waitFor();
      await panel.getByText("said before the end").first().waitFor();
      await panel.getByText("The window closed before the answer was whole").first().waitFor();
      await window.screenshot("conversation-interrupted");
      model.script({ say: "And this is the end." });
      await window.choose(panel.getByRole("button", { name: "Ask again", exact: true }));
      await panel.getByText("And this is the end.").first().waitFor();
    });
  });
}
