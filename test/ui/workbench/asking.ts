/** Asking a model in the panel: what goes along, answers made again, edited and rated; the conversation named and exported. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { FrameLocator, Locator } from "playwright-core";
import { type FakeModel, startFakeModel } from "../../support/fake-model.ts";
import { useModel } from "./use-model.ts";
import type { Workbench } from "./workbench.ts";

export function askingStory(inWindow: () => Workbench): void {
  describe("asking in the panel", () => {
    let window: Workbench;
    let panel: FrameLocator;
    let model: FakeModel;
    before(async () => {
      model = await startFakeModel();
      window = inWindow();
      await useModel(window, model);
      await window.open("names.txt");
      panel = await window.openPanel();
      await window.choose(button("New conversation"));
    });
    after(() => model.stop());
    const button = (name: string): Locator => panel.getByRole("button", { name, exact: true });
    const question = (): Locator => panel.getByLabel("Question", { exact: true });
    const said = (words: string) => panel.getByText(words).first().waitFor();

    it("chips say what goes along, / chooses a command, @ a file", async () => {
      const { keyboard } = window.page;
      await window.selectLines(2);
      await window.openPanel();
      await window.choose(button("Leave out names.txt · 2 lines"));
      await window.choose(button("Add names.txt · 2 lines"));
      await button("Leave out names.txt · 2 lines").waitFor();
      await window.goTo(question());
      await keyboard.type("/exp");
      await window.choose(panel.getByRole("option", { name: "/explain" }));
      await button("Remove /explain").waitFor();
      await keyboard.type("what stands in @dates");
      await window.choose(panel.getByRole("option", { name: "dates.csv" }));
      await button("Leave out dates.csv").waitFor();
      await window.screenshot("asking-chips");
      model.script({ say: "Names, and when they came." });
      await window.choose(button("Send"));
      await said("Names, and when they came.");
      const asked =
        model.requests
          .at(-1)
          ?.messages.map(({ content }) => content)
          .join("\n") ?? "";
      for (const part of ["Lovelace, Ada\nHopper, Grace", "A-1001", "what stands in"])
        assert.ok(asked.includes(part), part);
    });

    it("an answer is made again; its question is edited and asked anew", async () => {
      model.script({ say: "Said in other words." });
      await window.choose(button("Answer again"));
      await said("Said in other words.");
      await window.choose(button("Edit and ask again"));
      model.script({ say: "An answer to the edited question." });
      await window.write(panel.getByLabel("Edited question"), "What else stands there?");
      await window.screenshot("asking-edit");
      await window.choose(
        panel.getByRole("form", { name: "Edit and ask again" }).getByRole("button", { name: "Send" }),
      );
      await said("An answer to the edited question.");
      assert.equal(await panel.getByText("Said in other words.").count(), 0);
    });

    it("a thumb down takes a comment along", async () => {
      await window.choose(button("Poor answer"));
      await window.write(panel.getByLabel("What was wrong? (optional)"), "It does not say when.");
      await window.choose(button("Send comment"));
      await said("Thank you: your comment is kept on this computer.");
      await window.screenshot("asking-rated");
    });

    it("the model is changed below the question", async () => {
      await window.choose(button("Model: scripted"));
      await window.choose(panel.getByRole("menuitemradio", { name: /^Offline/ }));
      await window.choose(button("Model: Offline"));
      await panel
        .getByRole("menuitemradio", { name: /^scripted/ })
        .first()
        .waitFor();
      await window.screenshot("asking-models");
      await window.choose(panel.getByRole("menuitemradio", { name: /^scripted/ }).first());
      await button("Model: scripted").waitFor();
    });

    it("the conversation is renamed and exported, and found in the list under its new name", async () => {
      await window.choose(button("More actions"));
      await window.choose(panel.getByRole("menuitem", { name: "Rename…" }));
      await window.write(panel.getByLabel("Title of the conversation"), "Names and dates");
      await window.page.keyboard.press("Enter");
      await panel.getByRole("heading", { name: "Names and dates" }).waitFor();
      await window.choose(button("Conversations"));
      await window.choose(panel.getByRole("button", { name: "Export “Names and dates” as Markdown" }));
      await window.shows(["# Names and dates"]);
      await window.openPanel().catch(() => {}); // The list is shown in the question's place.
      await window.choose(panel.getByRole("button", { name: /^Names and dates/ }).first());
      await said("An answer to the edited question.");
      await window.command("View: Close All Editors");
      await window.choose(window.page.getByRole("button", { name: "Don't Save" }));
    });
  });
}
