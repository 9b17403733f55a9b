/** The panel's reducer on doubtful lines: answered, skipped, and what becomes of the card. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ToWebview } from "../../../src/contract/webview.ts";
import { reduce } from "../../../webview-ui/chat/receive.ts";
import { fromSaved, toSaved } from "../../../webview-ui/chat/saved-state.ts";
import { initialState, type PanelAction, type PanelState } from "../../../webview-ui/chat/state.ts";
import { openDoubts, type Turn } from "../../../webview-ui/chat/turn-state.ts";
import { doubtfulProgram, program, resultFor, wrongProof } from "./samples.ts";

const play = (state: PanelState, ...actions: readonly PanelAction[]): PanelState => actions.reduce(reduce, state);
const host = (message: ToWebview): PanelAction => ({ type: "host", message, at: 0 });
const asked: PanelAction = {
  type: "asked",
  chips: [],
  message: {
    type: "ask",
    requestId: "1",
    conversationId: null,
    command: null,
    question: "E-mail",
    language: "javascript",
    examples: "a, b => b.a@example.com",
    context: [],
    replaces: null,
  },
};
const open = play(initialState, asked, host(resultFor("1", { program: doubtfulProgram })));
const answered = play(open, { type: "answered", requestId: "1" });
const turnOf = (state: PanelState): Turn => {
  const [turn] = state.turns;
  assert.ok(turn);
  return turn;
};

describe("panel state: doubtful lines", () => {
  it("an answer makes the program again while the card stays; a second answer meanwhile is not taken", () => {
    assert.match(open.announcement, /^Proven on .* 3 lines to decide/);
    const { status, learnsMore, program: shown } = turnOf(answered);
    assert.deepEqual([status, learnsMore, shown], ["running", true, doubtfulProgram]);
    assert.equal(play(answered, { type: "answered", requestId: "1" }), answered);
  });

  it("the new program takes the card, with the example that was added; what was applied was another program", () => {
    const applied = host({ type: "programState", requestId: "1", state: "applied", label: "Applied to 12 lines" });
    const examples = "a, b => b.a@example.com\nPrince => prince@example.com";
    const turn = turnOf(
      play(open, applied, { type: "answered", requestId: "1" }, host(resultFor("1", { program, examples }))),
    );
    assert.deepEqual([turn.status, turn.learnsMore, turn.examples, turn.applied], ["done", false, examples, null]);
    assert.deepEqual(openDoubts(turn), []);
  });

  it("where no program follows the answer, the card stays as it was and says why; Stop leaves it, too", () => {
    const failed = turnOf(play(answered, host({ type: "failed", requestId: "1", message: "No program fits." })));
    assert.deepEqual(
      [failed.status, failed.errorMessage, failed.doubtError, failed.program],
      ["done", null, "No program fits.", doubtfulProgram],
    );
    const stopped = turnOf(play(answered, { type: "stopped", requestId: "1" }));
    assert.deepEqual([stopped.status, stopped.doubtError, stopped.program], ["done", null, doubtfulProgram]);
    assert.equal(turnOf(play(answered, host({ type: "stopped", requestId: "1" }))).status, "done");
  });

  it("a skipped line is asked about no more, in later programs of the same question either", () => {
    const skipped = play(open, { type: "skippedDoubt", requestId: "1", input: "Prince" });
    const inputs = (state: PanelState) => openDoubts(turnOf(state)).map(({ input }) => input);
    assert.deepEqual(inputs(skipped), ["van Rossum, Guido", "Knuth, Donald E."]);
    const again = play(
      skipped,
      { type: "answered", requestId: "1" },
      host(resultFor("1", { program: doubtfulProgram })),
    );
    assert.deepEqual(inputs(again), ["van Rossum, Guido", "Knuth, Donald E."]);
    assert.deepEqual(inputs(fromSaved(toSaved(again))), ["van Rossum, Guido", "Knuth, Donald E."]);
  });

  it("nothing is asked about a program that is not proven", () => {
    const wrong = { ...doubtfulProgram, verification: wrongProof };
    const state = play(initialState, asked, host(resultFor("1", { program: wrong, errorMessage: "Not proven." })));
    assert.deepEqual(openDoubts(turnOf(state)), []);
    assert.equal(play(state, { type: "answered", requestId: "1" }), state);
  });
});
