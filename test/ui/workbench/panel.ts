/** The panel beside the editor in a real VS Code, without a model. */
import { before, describe, it } from "mocha";
import type { FrameLocator } from "playwright-core";
import type { Workbench } from "./workbench.ts";

const examples = ["Lovelace, Ada => Ada Lovelace", "Hopper, Grace => Grace Hopper", "Turing, Alan => Alan Turing"];

export function panelStory(inWindow: () => Workbench): void {
  describe("panel in VS Code", () => {
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
      await window.write(panel.getByLabel("Question", { exact: true }), "Write each name backwards");
      await panel.getByText("Without a model, HAPA needs examples for this").waitFor();
      await window.choose(panel.getByRole("button", { name: "Send" }));
      await panel.getByRole("button", { name: "Choose Model…" }).waitFor();
      await window.screenshot("panel-no-model");
      await window.choose(panel.getByRole("button", { name: "New conversation" }));
    });

    it("a question with examples gives a card with its proof and the person's own lines", async () => {
      await window.write(panel.getByLabel("Question", { exact: true }), "First name first, without the comma");
      await window.choose(panel.getByRole("button", { name: "Examples" }));
      await window.write(panel.getByRole("textbox", { name: /^Examples/ }), examples.join("\n"));
      await window.screenshot("panel-composer");
      await window.choose(panel.getByRole("button", { name: "Send" }));
      const card = panel.getByRole("region", { name: "Program" });
      await card.getByText("Proven on 3 of 3 examples").waitFor();
      await card.getByText("Vint Conway").waitFor();
      await window.screenshot("panel-card");
    });

    it("Apply shows the diff first; accepted, the card says so, and one Ctrl+Z takes it back", async () => {
      await window.choose(panel.getByRole("button", { name: "Apply to 12 selected lines" }));
      await window.proposes("Vint Conway");
      await window.toast("12 of 12 lines change").waitFor();
      await window.screenshot("panel-diff"); // media/panel.png is this one.
      await window.choose(window.toast("12 of 12 lines change").getByRole("button", { name: "Accept" }));
      await window.shows(["Ada Lovelace", "Grace Hopper", "Alan Turing"]);
      await panel.locator(".done-mark", { hasText: "Applied to 12 lines" }).waitFor();
      await window.page.keyboard.press("Control+z");
      await window.shows(["Lovelace, Ada", "Hopper, Grace", "Turing, Alan"]);
    });

    it("Save as task keeps it, and the card says under which name", async () => {
      await window.choose(panel.getByRole("button", { name: "Save as task" }));
      await window.asked(/Save as Task/);
      await window.answer("first name first");
      await panel.locator(".done-mark", { hasText: "Saved as “first name first”" }).waitFor();
      await window.screenshot("panel-saved");
      await window.dismissToasts();
    });

    it("a line that the examples leave open is asked about in the card; the answer makes it another program", async () => {
      await window.choose(panel.getByRole("button", { name: "New conversation" }));
      await window.selectLines(14);
      await panel.getByText("names.txt · 14 lines").waitFor();
      await window.write(panel.getByLabel("Question", { exact: true }), "First name first");
      await window.choose(panel.getByRole("button", { name: "Examples" }));
      await window.write(panel.getByRole("textbox", { name: /^Examples/ }), examples.slice(0, 2).join("\n"));
      await window.choose(panel.getByRole("button", { name: "Send" }));
      const line = panel.getByRole("group", { name: "What should “Conway, Ken D.” become?" });
      await line.waitFor();
      await window.screenshot("panel-doubts");
      await window.choose(line.getByRole("button", { name: "Ken Conway" }));
      await line.waitFor({ state: "detached" });
      const card = panel.getByRole("region", { name: "Program" });
      await card.getByText("Proven on 3 of 3 examples").waitFor();
      await card.getByRole("cell", { name: "Ken Conway" }).first().waitFor();
      await panel.getByText("3 examples", { exact: true }).waitFor();
      await window.screenshot("panel-doubts-answered");
    });
  });
}
