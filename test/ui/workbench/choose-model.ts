/** Choosing a model by clicks: what is found on this computer, what VS Code offers, and the test of it. */
import { after, before, describe, it } from "mocha";
import { type FakeModel, startFakeModel } from "../../support/fake-model.ts";
import type { Workbench } from "./workbench.ts";

export function chooseModelStory(inWindow: () => Workbench): void {
  describe("choosing a model", () => {
    let window: Workbench;
    let model: FakeModel;
    before(async () => {
      model = await startFakeModel();
      model.script({ say: "OK" });
      window = inWindow();
    });
    after(() => model.stop());

    it("an address without its version is put right by itself, and the model is tested by one click", async () => {
      await window.command("HAPA: Choose Model…");
      await window.asked(/Which model should HAPA ask/);
      await window.page.getByPlaceholder(/No Ollama or LM Studio runs|Found on this computer/).waitFor();
      await window.screenshot("choose-model-places");
      await window.pick(/Other address/);
      await window.asked(/Address of the Endpoint/);
      await window.answer(model.baseUrl.replace(/\/v1$/, ""));
      await window.asked(/Which model\?/);
      await window.pick(/^scripted/);
      await window.choose(window.toast("HAPA uses scripted").getByRole("button", { name: "Test Connection" }));
      await window.toast(/scripted works: the first word came after \d+ ms/).waitFor();
      await window.screenshot("choose-model-tested");
      await window.dismissToasts();
    });

    it("a model that is not there is told with the nearest name, and one click takes that one", async () => {
      await window.command("HAPA: Choose Model…");
      await window.pick(new RegExp(new URL(model.baseUrl).host.replaceAll(".", "\\.")));
      await window.pick(/Another name/);
      await window.answer("scriptd");
      model.script({ status: 404, message: "model not found" }, { say: "OK" });
      await window.choose(window.toast("HAPA uses scriptd").getByRole("button", { name: "Test Connection" }));
      const told = window.toast(/does not know the model scriptd/);
      await told.waitFor();
      await window.screenshot("choose-model-unknown");
      await window.choose(told.getByRole("button", { name: "Use scripted" }));
      await window.toast(/scripted works/).waitFor();
      await window.dismissToasts();
    });

    it("a model of VS Code needs no key, and says that it tells no tokens", async () => {
      await window.command("HAPA: Choose Model…");
      await window.pick(/Models of VS Code/);
      await window.pick(/Scripted Echo/);
      await window.choose(window.toast("HAPA uses scripted/echo").getByRole("button", { name: "Test Connection" }));
      await window.toast(/scripted\/echo works: .* It does not tell the tokens/).waitFor();
      await window.screenshot("choose-model-vscode");
      await window.dismissToasts();
    });

    it("one use may have another model, and the same again", async () => {
      await window.command("HAPA: Choose Model…");
      await window.type("another model"); // The list may be longer than the box shows.
      await window.pick(/Another model for one use/);
      await window.asked(/A model for which use/);
      await window.screenshot("choose-model-use");
      await window.pick(/completion/);
      await window.asked(/Which model should HAPA ask for completion/);
      await window.pick(/The same as for everything else/);
      await window.toast("the same model for everything else and for completion").waitFor();
      await window.command("HAPA: Choose Model…");
      await window.pick(/Offline only/);
      await window.button(/^HAPA, offline/).waitFor();
      await window.dismissToasts();
    });
  });
}
