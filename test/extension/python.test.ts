import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { RunningBackend } from "../../src/backend/server.ts";
import { spoken } from "../../src/contract/say.ts";
import { tellOfPython } from "../../src/extension/python.ts";

type State = ReturnType<RunningBackend["sandbox"]>["python"]["state"];

/** What the person reads when a program of this language is about to run. */
function told(language: "javascript" | "python", state: State | undefined): string[] {
  const sandbox = () => ({ python: { state } });
  const running = () => (state === undefined ? undefined : ({ sandbox } as unknown as RunningBackend));
  const messages: string[] = [];
  tellOfPython({ running }, { language }, (message) => messages.push(spoken(message)));
  return messages;
}

describe("waiting for Python", () => {
  it("is told at the first Python program, and not at any other", () => {
    for (const state of [undefined, "idle", "starting", "unavailable"] as const)
      assert.deepEqual(told("python", state), ["Loading Python (once, a few seconds)…"]);
    assert.deepEqual(told("python", "ready"), []);
    assert.deepEqual(told("javascript", "idle"), []);
  });
});
