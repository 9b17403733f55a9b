/** With a model, chosen by clicks in a real VS Code: answers stream, are stopped, fail; their code is used. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { FrameLocator } from "playwright-core";
import { type FakeModel, fencedAnswer, startFakeModel } from "../../support/fake-model.ts";
import type { Workbench } from "./workbench.ts";

const code = "export function add(a, b) {\n  return a + b;\n}";

export function modelStory(inWindow: () => Workbench): void {
  describe("a model in VS Code", () => {
    let window: Workbench;
    let panel: FrameLocator;
    let model: FakeModel;
    before(async () => {
      model = await startFakeModel();
      window = inWindow();
      await window.open("names.txt");
      await window.selectLines(12);
      panel = await window.openPanel();
      await window.choose(panel.getByRole("button", { name: "New conversation" }));
    });
    after(async () => {
      await model.stop();
    });

    const ask = async (question: string): Promise<void> => {
      await window.write(panel.getByLabel("Question", { exact: true }), question);
      await window.choose(panel.getByRole("button", { name: "Send" }));
    };

    it("Choose Model… lists what the address has, and the panel and the status bar say which one answers", async () => {
      await window.command("HAPA: Choose Model…");
      await window.asked(/Which model should HAPA ask/);
      await window.screenshot("model-choose");
      await window.pick(/Other address/);
      await window.asked(/Address of the Endpoint/);
      await window.answer(model.baseUrl);
      await window.asked(/Which model\?/);
      await window.pick(/^scripted/);
      await window.toast("HAPA uses scripted").waitFor();
      await panel.getByRole("button", { name: "Model: scripted" }).waitFor();
      await window.button(/^HAPA, scripted/).waitFor();
      await window.screenshot("model-chosen");
      await window.dismissToasts();
    });

    it("an answer streams in as markdown; Copy, Insert and Open use its code", async () => {
      model.script({ say: fencedAnswer(code, "Adds **two** numbers."), pauseMs: 20 });
      await ask("A function that adds two numbers");
      await panel.locator("strong", { hasText: "two" }).waitFor();
      await panel.getByText(/^scripted · .*tokens/).waitFor();
      await window.screenshot("model-answer");
      await window.choose(panel.getByRole("button", { name: "Copy this code" }));
      await window.choose(panel.getByRole("button", { name: "Open this code in a new editor" }));
      await window.shows(code.split("\n"));
      assert.equal(await window.page.evaluate("navigator.clipboard.readText()"), code);
      // Where it was asked, not in the editor that is in front by now; and on lines of its own.
      await window.choose(panel.getByRole("button", { name: "Insert this code in the editor" }));
      await window.page.getByRole("tab", { name: /^names.txt/, selected: true }).waitFor();
      await window.shows([...code.split("\n"), "Conway, Ken D."]);
      await window.screenshot("model-opened");
      await window.page.keyboard.press("Control+z");
      await window.shows(["Lovelace, Ada", "Hopper, Grace", "Turing, Alan"]);
    });

    it("Stop ends a slow answer at once, keeps what had come, and the model is no longer asked", async () => {
      model.script({ say: fencedAnswer(code, "This takes a while. ".repeat(200)), pauseMs: 100 });
      await ask("Something slow");
      await panel.getByText("This takes a while").first().waitFor();
      await window.screenshot("model-streaming");
      const cutOff = model.nextCutOff();
      await window.choose(panel.getByRole("article").last().getByRole("button", { name: "Stop" }));
      await panel.getByText("Stopped.").first().waitFor();
      await cutOff;
      await panel.getByText("This takes a while").first().waitFor();
      await window.screenshot("model-stopped");
    });

    it("a model that is down is named, with the way to another one", async () => {
      await window.choose(panel.getByRole("button", { name: "New conversation" }));
      await model.stop();
      await ask("Is anybody there?");
      await panel.locator(".notice", { hasText: new URL(model.baseUrl).host }).waitFor({ timeout: 30_000 });
      await window.screenshot("model-down");
      await window.choose(panel.getByRole("button", { name: "Choose Model…" }));
      await window.asked(/Which model should HAPA ask/);
      await window.pick(/Offline only/);
      await panel.getByRole("button", { name: "Model: Offline" }).waitFor();
    });
  });
}
