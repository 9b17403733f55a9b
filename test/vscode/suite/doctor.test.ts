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
    assert.match(report, /Secret storage \| keeps and gives back/);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), report);
    assert.equal(vscode.window.activeTextEditor.document.languageId, "markdown");
  });
});
