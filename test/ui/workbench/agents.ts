/** `@hapa` in VS Code's own chat, and HAPA among its MCP servers. Chat opens only where somebody offers a model: a scripted one. */
import { join } from "node:path";
import { before, describe, it } from "mocha";
import { projectRoot } from "../../../scripts/lib/run.ts";
import type { Workbench } from "./workbench.ts";

/** What a window needs for it. */
export const withChat = {
  settings: { "chat.disableAIFeatures": false, "workbench.secondarySideBar.defaultVisibility": "visible" },
  linkedExtensions: [join(projectRoot, "test/ui/fixtures/scripted-model")],
};

export function agentsStory(inWindow: () => Workbench): void {
  describe("agents in VS Code", () => {
    let window: Workbench;
    before(() => {
      window = inWindow();
    });

    const box = () => window.page.locator(".interactive-session .interactive-input-editor .view-lines").first();
    const say = async (...lines: readonly string[]) => {
      const { page } = window;
      await window.goTo(box());
      // At once: what is typed letter by letter gets suggestions, which Enter would take instead.
      await page.keyboard.insertText(lines.join("\n"));
      await page.keyboard.press("Enter");
    };
    const answer = () => window.page.locator(".interactive-session .interactive-response").last();

    it("VS Code lists HAPA's MCP server, starts it, and finds its tools", async () => {
      await window.open("names.txt");
      await window.command("MCP: List Servers");
      await window.pick(/^HAPA/);
      await window.pick(/^Start Server/);
      await window.page
        .locator(".view-line", { hasText: /Discovered\s+\d+\s+tools/ })
        .first()
        .waitFor();
      await window.screenshot("agents-mcp");
      await window.command("View: Hide Panel");
    });

    it("@hapa makes a proven program for the selected lines, and Apply shows what would become of them", async () => {
      await window.open("names.txt");
      await window.selectLines(10);
      // Who offers models is asked at the first message, which comes too early for that.
      await say("@hapa hello");
      await window.page
        .locator(".interactive-session .interactive-input-part")
        .getByText("Echo")
        .waitFor({ timeout: 30_000 });
      // The chat stays with `@hapa`: once it was answered, it puts that into its box, in place of what stands there.
      await answer().and(window.page.locator(":not(.chat-response-loading)")).waitFor({ timeout: 30_000 });
      await box().getByText("@hapa").waitFor();
      await say("/transform First name first", "Lovelace, Ada => Ada Lovelace", "Hopper, Grace => Grace Hopper");
      await answer().getByText("Proven").waitFor({ timeout: 30_000 });
      await answer().getByText("Turing, Alan => Alan Turing").waitFor();
      await answer().getByRole("button", { name: "Run on File…" }).waitFor();
      await window.screenshot("agents-chat");
      await window.choose(answer().getByRole("button", { name: "Apply to Selection" }));
      await window.proposes("Karen Hamilton");
      await window.command("HAPA: Discard the Preview");
      await window.diff.waitFor({ state: "detached" });
      await window.dismissToasts();
    });

    it("words go to the model chosen in the chat, and the answer says that nothing was run", async () => {
      await say("A constant, please");
      await answer()
        .getByText(/You asked: A constant, please/)
        .waitFor({ timeout: 30_000 });
      await answer()
        .getByText(/This was not run/)
        .waitFor();
      await window.screenshot("agents-words");
    });
  });
}
