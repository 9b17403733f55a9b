/** Transform by Example in a real VS Code: typed into the document, by mouse and by keyboard alone. */
import { before, describe, it } from "mocha";
import type { Workbench } from "./workbench.ts";

/** In the page: what stands beside lines of the editor in front as a ghost, in the order of their places. */
const ghosts = `[...document.querySelectorAll(".editor-instance .view-line span")]
  .flatMap((piece) => [getComputedStyle(piece, "::after").content, piece.textContent])
  .map((text) => text.replaceAll("\\u00a0", " "))`;

export function byExampleStory(inWindow: () => Workbench): void {
  describe("Transform by Example", () => {
    let window: Workbench;
    before(async () => {
      window = inWindow();
    });
    const status = (words: RegExp) =>
      window.page
        .locator("#hapa\\.hapa\\.hapa\\.byExample, [id='hapa.hapa.hapa.byExample']")
        .filter({ hasText: words });
    const ghost = (words: string) =>
      window.page.waitForFunction(`${ghosts}.some((text) => text.includes(${JSON.stringify(words)}))`);
    const noGhost = (words: string) =>
      window.page.waitForFunction(`!${ghosts}.some((text) => text.includes(${JSON.stringify(words)}))`);
    /** Writes the line the cursor stands on anew. */
    const write = async (text: string): Promise<void> => {
      await window.page.keyboard.press("Home");
      await window.page.keyboard.press("Shift+End");
      await window.page.keyboard.type(text);
      await window.page.keyboard.press("Home"); // Closes the suggestions, which would take the arrow keys.
    };

    it("chosen in the menu, two lines edited in place: the others appear as ghosts, with what is in doubt", async () => {
      await window.open("names.txt");
      await window.selectLines(14);
      await window.chooseInMenu(/^Transform by Example/);
      await status(/Edit a line as it should be/).waitFor();
      await window.screenshot(`by-example-start`);
      await window.goToLine(1);
      await write("Ada Lovelace");
      await window.page.keyboard.press("ArrowDown");
      await write("Grace Hopper");
      await window.page.keyboard.press("ArrowDown");
      await status(/2 examples · 12 would change/).waitFor();
      await ghost("→ Alan Turing");
      await window.screenshot(`by-example-ghosts`);
    });

    it("the next line in doubt is asked about; the answer is one more example", async () => {
      const next = window.button(/Which Is Right\? Go to the Next Line in Doubt/);
      if (window.hand === "mouse") await window.choose(next);
      else await window.page.keyboard.press("F8");
      await window.asked(/Which is right\? \(line \d+, 1 of \d\)/);
      await window.screenshot(`by-example-ask`);
      await window.page.keyboard.press("Enter");
      await status(/3 examples · \d+ would change/).waitFor();
    });

    it("Accept replaces them all, and one Ctrl+Z brings back what was before", async () => {
      if (window.hand === "mouse") await window.choose(window.button(/By Example: Accept the Preview/));
      else await window.page.keyboard.press("Control+Enter");
      await window.shows(["Ada Lovelace", "Grace Hopper", "Alan Turing", "Katherine Johnson"]);
      await noGhost("→ Alan Turing");
      await status(/./).waitFor({ state: "detached" });
      await window.toast("Keep the program").waitFor();
      await window.page.keyboard.press("Control+z");
      await window.shows(["Ada Lovelace", "Grace Hopper", "Turing, Alan"]);
      await window.dismissToasts();
      for (let steps = 0; steps < 12; steps++) await window.page.keyboard.press("Control+z");
      await window.shows(["Lovelace, Ada", "Hopper, Grace", "Turing, Alan"]);
    });

    it("Tab stays Tab, and a question that Escape closes is left open", async () => {
      const { keyboard } = window.page;
      await window.selectLines(14);
      await window.command("HAPA: Transform by Example");
      await status(/Edit a line/).waitFor();
      await write("A. Lovelace");
      await keyboard.press("ArrowDown");
      await write("G. Hopper");
      await keyboard.press("ArrowDown");
      await status(/2 examples/).waitFor();
      await ghost("→ A. Turing");
      await keyboard.press("F8");
      await window.asked(/Which is right\?/);
      await keyboard.press("Escape");
      await window.page.getByText(/Which is right\? \(line/).waitFor({ state: "hidden" });
      await keyboard.press("End");
      await keyboard.press("Tab");
      await status(/3 examples/).waitFor(); // It has indented the line, as ever.
      await keyboard.press("Control+z");
      await status(/2 examples · \d+ would change/).waitFor();
      await keyboard.press("Control+Enter");
      await window.shows(["A. Lovelace", "G. Hopper", "A. Turing"]);
      await window.dismissToasts();
    });

    it("Escape closes what is open first, then leaves; the person's own edits stay", async () => {
      const { keyboard } = window.page;
      for (let steps = 0; steps < 14; steps++) await keyboard.press("Control+z");
      await window.shows(["Lovelace, Ada", "Hopper, Grace", "Turing, Alan"]);
      await window.selectLines(5);
      await window.command("HAPA: Transform by Example");
      await status(/Edit a line/).waitFor();
      await write("Ada L.");
      await keyboard.press("Control+f");
      await window.page.locator(".find-widget.visible textarea:focus").waitFor();
      await keyboard.press("Escape");
      await window.page.locator(".find-widget.visible").waitFor({ state: "detached" });
      await status(/./).waitFor();
      await keyboard.press("End");
      await keyboard.press("Escape");
      await status(/./).waitFor({ state: "detached" });
      await window.shows(["Ada L.", "Hopper, Grace"]);
      await keyboard.press("Control+Enter"); // Is VS Code's own again.
      await window.shows(["Ada L.", "", "Hopper, Grace"]);
      for (let steps = 0; steps < 8; steps++) await keyboard.press("Control+z");
      await window.page.locator(".tab.active:not(.dirty)").waitFor(); // Every step is done, not only on its way.
    });

    it("what an input method composes is typed like anything else, and is an example when it is done", async () => {
      const { keyboard } = window.page;
      await window.shows(["Lovelace, Ada", "Hopper, Grace"]);
      await window.selectLines(3);
      await window.command("HAPA: Transform by Example");
      await status(/Edit a line/).waitFor();
      await keyboard.press("End");
      await keyboard.type(" ");
      const input = await window.page.context().newCDPSession(window.page);
      for (const text of ["ㄱ", "기", "김"])
        await input.send("Input.imeSetComposition", { text, selectionStart: 1, selectionEnd: 1 });
      await input.send("Input.insertText", { text: "김" });
      await keyboard.press("Home");
      await keyboard.press("ArrowDown");
      await window.shows(["Lovelace, Ada 김", "Hopper, Grace", "Turing, Alan"]);
      await ghost("→ Turing, Alan 김");
      await keyboard.press("Escape");
      await status(/./).waitFor({ state: "detached" });
      for (let steps = 0; steps < 4; steps++) await keyboard.press("Control+z");
    });

    it("a column of a CSV, with the cursor in it", async () => {
      await window.open("dates.csv");
      await window.goToLine(2);
      for (let steps = 0; steps < 9; steps++) await window.page.keyboard.press("ArrowRight");
      await window.command("HAPA: Transform Column by Example");
      await status(/Edit a line/).waitFor();
      const line = async (text: string): Promise<void> => {
        await window.page.keyboard.press("Home");
        for (let steps = 0; steps < 7; steps++) await window.page.keyboard.press("ArrowRight");
        for (let steps = 0; steps < 10; steps++) await window.page.keyboard.press("Shift+ArrowRight");
        await window.page.keyboard.type(text);
        await window.page.keyboard.press("ArrowDown");
      };
      await line("2025-06-12");
      await line("2021-11-08");
      await status(/2 examples · /).waitFor();
      await window.screenshot(`by-example-column`);
      await window.command("HAPA: By Example: Leave", window.button(/By Example: Leave/));
      await status(/./).waitFor({ state: "detached" });
      await window.page.locator(".codelens-decoration").waitFor({ state: "detached" });
    });
  });
}
