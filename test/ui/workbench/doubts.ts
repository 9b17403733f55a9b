/** Lines that the examples leave open, by clicks and keys in a real VS Code: named in the diff, asked about over it. */
import { before, describe, it } from "mocha";
import type { Workbench } from "./workbench.ts";

export function doubtsStory(inWindow: () => Workbench): void {
  describe("doubtful lines in VS Code", () => {
    let window: Workbench;
    before(async () => {
      window = inWindow();
    });
    const question = /Which is right\? \(line/;

    it("the diff opens with what else they could become beside them, and the first is asked about", async () => {
      await window.open("names.txt");
      await window.selectLines(14);
      await window.chooseInMenu(/Transform Selection/);
      await window.asked(/give examples/);
      await window.answer("Lovelace, Ada => Ada Lovelace");
      await window.asked(/1 example given/);
      await window.answer("Hopper, Grace => Grace Hopper");
      await window.asked(/2 examples given/);
      await window.pick("Done");
      await window.asked(/Which is right\? \(line 13, 1 of 1\)/);
      await window.toast("Line 13 could be meant otherwise.").waitFor();
      await window.hints("or “D. Conway”");
      await window.screenshot("doubts");
    });

    it("it is answered with something else, typed: the preview follows", async () => {
      await window.answer("Ken Conway (D.)");
      await window.proposes("Ken Conway (D.)");
      await window.screenshot("doubts-answered");
    });

    it("✓ accepts in one step of undo, and no question is left", async () => {
      await window.accept();
      await window.diff.waitFor({ state: "detached" });
      await window.page.getByText(question).waitFor({ state: "hidden" });
      await window.shows(["Ada Lovelace", "Grace Hopper", "Alan Turing"]);
      await window.page.keyboard.press("Control+z");
      await window.shows(["Lovelace, Ada", "Hopper, Grace", "Turing, Alan"]);
      await window.dismissToasts();
    });

    it("Escape leaves the preview as it is, its ? asks again, a choice goes on to the next line, and Discard ends it all", async () => {
      await window.selectLines(14);
      await window.chooseInMenu(/Transform Selection/);
      await window.asked(/give examples/);
      await window.answer("Lovelace, Ada => A. Lovelace");
      await window.asked(/1 example given/);
      await window.answer("Hopper, Grace => G. Hopper");
      await window.asked(/2 examples given/);
      await window.pick("Done");
      await window.asked(question);
      await window.page.keyboard.press("Escape");
      await window.page.getByText(question).waitFor({ state: "hidden" });
      await window.proposes("V. Conway");
      await window.command(
        "HAPA: Which Is Right? Decide on Doubtful Lines…",
        window.button(/Decide on Doubtful Lines/),
      );
      await window.asked(/line 6, 1 of \d/);
      await window.pick("V. LOVELACE");
      await window.asked(/line 13, 1 of \d/);
      await window.proposes("V. LOVELACE");
      if (window.hand === "keys") await window.page.keyboard.press("Escape");
      await window.discard();
      await window.diff.waitFor({ state: "detached" });
      await window.page.getByText(question).waitFor({ state: "hidden" });
      await window.shows(["Lovelace, Ada", "Hopper, Grace", "Turing, Alan"]);
      await window.dismissToasts();
    });
  });
}
