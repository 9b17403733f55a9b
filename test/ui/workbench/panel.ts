/** The panel beside the editor in a real VS Code, without a model: with the mouse, and with the keyboard alone. */
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { FrameLocator } from "playwright-core";
import type { Workbench } from "./workbench.ts";

const examples = ["Lovelace, Ada => Ada Lovelace", "Hopper, Grace => Grace Hopper", "Turing, Alan => Alan Turing"];

export function panelStory(inWindow: () => Workbench): void {
  describe("panel in VS Code, by clicks", function () {
    this.bail(true); // One story: each part begins where the one before ended.
    let window: Workbench;
    let panel: FrameLocator;
    before(async () => {
      window = inWindow();
      await window.open("names.txt");
      await window.selectLines(12);
      panel = await window.openPanel();
      await window.widenSideBar(110);
    });

    it("without a model and without examples it says what would help", async () => {
      await panel.getByText("names.txt · 12 lines").waitFor();
      await window.screenshot("panel-empty");
      await panel.getByLabel("Question", { exact: true }).fill("Write each name backwards");
      await panel.getByText("Without a model, HAPA needs examples for this").waitFor();
      await panel.getByRole("button", { name: "Send" }).click();
      await panel.getByRole("button", { name: "Choose Model…" }).waitFor();
      await window.screenshot("panel-no-model");
      await panel.getByRole("button", { name: "New conversation" }).click();
    });

    it("a question with examples gives a card with its proof and the person's own lines", async () => {
      await panel.getByLabel("Question", { exact: true }).fill("First name first, without the comma");
      await panel.getByRole("button", { name: "Examples" }).click();
      await panel.getByRole("textbox", { name: /^Examples/ }).fill(examples.join("\n"));
      await window.screenshot("panel-composer");
      await panel.getByRole("button", { name: "Send" }).click();
      const card = panel.getByRole("region", { name: "Program" });
      await card.getByText("Proven on 3 of 3 examples").waitFor();
      await card.getByText("Vint Conway").waitFor();
      await window.screenshot("panel-card");
    });

    it("Apply shows the diff first; accepted, the card says so, and one Ctrl+Z takes it back", async () => {
      await panel.getByRole("button", { name: "Apply to 12 selected lines" }).click();
      await window.proposes("Vint Conway");
      await window.toast("12 of 12 lines change").waitFor();
      await window.screenshot("panel-diff"); // media/panel.png is this one.
      await window.toast("12 of 12 lines change").getByRole("button", { name: "Accept" }).click();
      await window.shows(["Ada Lovelace", "Grace Hopper", "Alan Turing"]);
      await panel.locator(".done-mark", { hasText: "Applied to 12 lines" }).waitFor();
      await window.page.keyboard.press("Control+z");
      await window.shows(["Lovelace, Ada", "Hopper, Grace", "Turing, Alan"]);
    });

    it("Save as task keeps it, and the card says under which name", async () => {
      await panel.getByRole("button", { name: "Save as task" }).click();
      await window.asked(/Save as Task/);
      await window.answer("first name first");
      await panel.locator(".done-mark", { hasText: "Saved as “first name first”" }).waitFor();
      await window.screenshot("panel-saved");
      await window.dismissToasts();
    });

    it("a line that the examples leave open is asked about in the card; the answer makes it another program", async () => {
      await panel.getByRole("button", { name: "New conversation" }).click();
      await window.selectLines(14);
      await panel.getByText("names.txt · 14 lines").waitFor();
      await panel.getByLabel("Question", { exact: true }).fill("First name first");
      await panel.getByRole("button", { name: "Examples" }).click();
      await panel.getByRole("textbox", { name: /^Examples/ }).fill(examples.slice(0, 2).join("\n"));
      await panel.getByRole("button", { name: "Send" }).click();
      const line = panel.getByRole("group", { name: "What should “Conway, Ken D.” become?" });
      await line.waitFor();
      await window.screenshot("panel-doubts");
      await line.getByRole("button", { name: "Ken Conway" }).click();
      await line.waitFor({ state: "detached" });
      const card = panel.getByRole("region", { name: "Program" });
      await card.getByText("Proven on 3 of 3 examples").waitFor();
      await card.getByRole("cell", { name: "Ken Conway" }).first().waitFor();
      await panel.getByText("3 examples", { exact: true }).waitFor();
      await window.screenshot("panel-doubts-answered");
      await window.selectLines(12);
    });

    it("all of it works with the keyboard alone", async () => {
      const { keyboard } = window.page;
      await panel.getByRole("button", { name: "New conversation" }).click();
      await window.runCommand("View: Focus Active Editor Group");
      await window.runCommand("HAPA: Open Panel");
      await panel.locator("textarea:focus").waitFor();
      await keyboard.type("Initials");
      await keyboard.press("Tab");
      await keyboard.press("Enter");
      await panel
        .getByRole("textbox", { name: /^Examples/ })
        .and(panel.locator(":focus"))
        .waitFor();
      await keyboard.insertText("Lovelace, Ada => A. Lovelace\nHopper, Grace => G. Hopper\nTuring, Alan => A. Turing");
      await keyboard.press("Control+Enter");
      const apply = panel.getByRole("button", { name: "Apply to 12 selected lines" });
      await apply.waitFor();
      // The composer has the focus again; the card stands before it.
      await panel.locator("textarea:focus").waitFor();
      for (let presses = 0; presses < 12 && !(await isFocused()); presses++) await keyboard.press("Shift+Tab");
      assert.ok(await isFocused(), "the keyboard does not reach Apply");
      await keyboard.press("Enter");
      await window.proposes("V. Conway");
      await window.screenshot("panel-keyboard");
      await window.runCommand("HAPA: Accept the Preview");
      await window.shows(["A. Lovelace", "G. Hopper", "A. Turing"]);
      await panel.locator(".done-mark", { hasText: "Applied to 12 lines" }).waitFor();
      await keyboard.press("Control+z");

      function isFocused(): Promise<boolean> {
        return apply.evaluate((button: { matches(selector: string): boolean }) =>
          button.matches(":focus-within, :focus"),
        );
      }
    });
  });
}
