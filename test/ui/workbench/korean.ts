/** The panel in a VS Code that speaks Korean: everything it says is Korean, and it does the same. */
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { FrameLocator } from "playwright-core";
import { stringsFor } from "../../../webview-ui/shared/strings.ts";
import type { Workbench } from "./workbench.ts";

const words = stringsFor("ko");
const examples = ["Lovelace, Ada => Ada Lovelace", "Hopper, Grace => Grace Hopper", "Turing, Alan => Alan Turing"];

export function koreanStory(inWindow: () => Workbench): void {
  describe("panel in a Korean VS Code", () => {
    let window: Workbench;
    let panel: FrameLocator;
    before(async () => {
      window = inWindow();
      await window.open("names.txt");
      await window.selectLines(12);
      panel = await window.openPanel();
      await window.widenSideBar(110);
    });

    it("speaks as VS Code does from its first word on", async () => {
      assert.equal(await panel.locator("html").getAttribute("lang"), "ko");
      await panel.getByText("데이터로 하고 싶은 일을 말해 보세요").waitFor();
      await panel.getByText("names.txt · 12줄").waitFor();
      await window.screenshot("korean-empty");
    });

    it("a Korean question with examples gives a proven program, and Apply shows the diff", async () => {
      await window.write(panel.getByLabel(words.questionLabel, { exact: true }), "쉼표 없이 이름을 먼저 써 주세요");
      await window.choose(panel.getByRole("button", { name: words.examples }));
      await window.write(panel.getByRole("textbox", { name: words.examplesLabel }), examples.join("\n"));
      await window.choose(panel.getByRole("button", { name: words.send }));
      await panel.getByText("예제 3개 중 3개로 검증됨").first().waitFor();
      await window.screenshot("korean-card");
      await window.choose(panel.getByRole("button", { name: "선택한 12줄에 적용" }));
      await window.proposes("Vint Conway");
      await window.screenshot("korean-diff");
    });
  });
}
