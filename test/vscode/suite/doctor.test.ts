import assert from "node:assert/strict";
import { afterEach, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { closeEditors, hapa } from "../support/editors.ts";

describe("the Doctor", () => {
  before(() => hapa());
  afterEach(closeEditors);

  it("does a job with every part and shows a report", async () => {
    const { worst, report } = await vscode.commands.executeCommand<{ worst: string; report: string }>("hapa.doctor");
    assert.notEqual(worst, "problem", report);
    assert.match(report, /Backend \| answers at http:\/\/127\.0\.0\.1:\d+/);
    assert.match(report, /Sandbox \| ran a program by isolated-vm on Node v24/);
    assert.match(report, /Offline generator \| learned a program in \d+ ms/);
    assert.match(report, /Model \| none is chosen/);
    assert.match(report, /Secret storage \| keeps and gives back/);
    await tabOpened(/HAPA's Doctor/);
  });
});

/** The Markdown preview opens its tab a moment after its command is done. */
async function tabOpened(label: RegExp): Promise<void> {
  const isOpen = () => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => label.test(tab.label)));
  while (!isOpen())
    await new Promise<void>((resolve) => {
      const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
        subscription.dispose();
        resolve();
      });
    });
}
