/** Choose Model… by clicks, down to a model of the scripted server. */
import type { FakeModel } from "../../support/fake-model.ts";
import type { Workbench } from "./workbench.ts";

/** Ends when the window says that this model is used. */
export async function useModel(window: Workbench, model: FakeModel): Promise<void> {
  await window.command("HAPA: Choose Model…");
  await window.asked(/Which model should HAPA ask/);
  await window.pick(/Other address/);
  // One box follows on the other: what is typed before its title is there goes to the one before.
  await window.asked(/Address of the Endpoint/);
  await window.answer(model.baseUrl);
  await window.asked(/Which model\?/);
  await window.pick(/^scripted/);
  await window.toast("HAPA uses scripted").waitFor();
  await window.dismissToasts();
}
