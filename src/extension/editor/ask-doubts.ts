/** Asks about the doubtful lines of a preview, one after the other, until one is answered: that makes a new program. */
import * as vscode from "vscode";
import type { Doubt } from "../../contract/webview.ts";
import type { Arguments } from "../commands/arguments.ts";
import { askWhichIsRight } from "../views/which-is-right.ts";
import type { Answer, Application } from "./apply-program.ts";
import type { Snapshot } from "./selection.ts";

/** Asks, or takes the arguments `input` and `output` for an answer; `closed` is aborted when the preview is closed. */
export type Questions<Result> = (given: Arguments, closed: AbortSignal) => Promise<Result | undefined>;

/**
 * Undefined where there is nothing to ask. The questions resolve to what `goOn` makes of the new program, or to
 * undefined where the person answered none, or closed the preview meanwhile.
 */
export function questionsAbout<Result>(
  { doubts = [], learnMore, skipped, snapshot }: Application,
  goOn: (next: Application) => Promise<Result>,
): Questions<Result> | undefined {
  const [first] = doubts;
  if (!learnMore || !first) return undefined;
  return async (given, closed) => {
    const leftOpen = new Set(skipped);
    const output = given.text("output");
    const answer =
      output === undefined
        ? await firstAnswer(doubts, snapshot, leftOpen, closed)
        : { input: given.text("input") ?? first.input, output };
    if (!answer) return undefined;
    try {
      const next = await learnMore(answer, closed);
      return closed.aborted ? undefined : await goOn({ ...next, skipped: leftOpen });
    } catch (error) {
      if (closed.aborted) return undefined; // The person is done with this preview.
      throw error;
    }
  };
}

/** The first answer; lines the person skips on the way are added to `leftOpen`. */
async function firstAnswer(
  doubts: readonly Doubt[],
  { lines }: Snapshot,
  leftOpen: Set<string>,
  closed: AbortSignal,
): Promise<Answer | undefined> {
  for (const [at, doubt] of doubts.entries()) {
    const { input } = doubt;
    const line = (lines.find(({ text }) => text === input)?.number ?? 0) + 1;
    const reply = await askWhichIsRight(
      doubt,
      vscode.l10n.t("line {0}, {1} of {2}", line.toLocaleString("en-US"), at + 1, doubts.length),
      closed,
    );
    if (!reply) return undefined;
    if (reply !== "skip") return { input, output: reply.output };
    leftOpen.add(input);
  }
  return undefined;
}
