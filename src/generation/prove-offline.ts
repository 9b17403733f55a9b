/** The offline generator's program, proven: on what was held back, or with few examples by predicting each from the others. */
import { notes } from "../contract/notes.ts";
import { type Said, say, spoken } from "../contract/say.ts";
import type { Example } from "../contract/tasks.ts";
import type { Candidate } from "./candidate.ts";
import { holdOut, leaveOneOutBelow, type Split } from "./cases.ts";
import { askable, slips } from "./doubts.ts";
import { learnOffline, type OfflineOptions } from "./generators/offline.ts";
import type { Goal, PipelineParts, Proven } from "./pipeline.ts";
import { merge, noOutcome, type Outcome, programOf, rehearse, report, runCases, timeCalls } from "./verify.ts";

/**
 * Learns from the shown examples and proves on the held-out ones; with few, predicts each from the others.
 * A message says why nothing was found. @throws HapaError as `learnOffline` and the sandbox
 */
export async function proveOffline(
  goal: Goal & Pick<OfflineOptions, "language">,
  parts: PipelineParts,
): Promise<Proven | { message: Said }> {
  const { listener, signal } = parts;
  const few = goal.examples.length < leaveOneOutBelow;
  const split: Split = few ? { shown: goal.examples, heldOut: [] } : holdOut(goal.examples);
  const started = performance.now();
  const learn = (examples: readonly Example[], budgetMs: number, quiet = false) =>
    learnOffline(parts.synthesizer, examples, {
      inputs: quiet ? [] : goal.inputs,
      language: goal.language,
      budgetMs,
      signal,
      ...(quiet
        ? {}
        : {
            onProgress: (message: Said, fraction: number | undefined) =>
              listener.progress({ stage: "learning", message, fraction }),
          }),
    });

  listener.progress({
    stage: "learning",
    message: say`Learning from ${split.shown.length} examples`,
    fraction: undefined,
  });
  const learned = await learn(split.shown, parts.offlineBudgetMs);
  if (!learned.ok) return { message: learned.message };
  // Where some were held back, the generator counts the others only.
  const places = new Map(goal.examples.map((example, at) => [example, at]));
  const odd = learned.odd.flatMap((at) => places.get(split.shown[at] as Example) ?? []).sort((a, b) => a - b);
  const candidate = withSlips(learned.candidate, goal.examples, odd);

  listener.progress({ stage: "verifying", message: say`Running it on your examples`, fraction: undefined });
  const budget = { budgetMs: goal.latencyTargetMs, signal };
  const program = programOf(candidate);
  const shown = await runCases(parts.sandbox, program, split.shown, false, budget);
  let heldOut = await runCases(parts.sandbox, program, split.heldOut, true, budget);
  if (few) {
    const { offlineBudgetMs } = parts;
    const end = Math.max(performance.now() + offlineBudgetMs, started + 2 * offlineBudgetMs);
    const left = () => end - performance.now();
    heldOut = await leaveOneOut(goal.examples, async (rest, one, index) => {
      // As much again as the search may take, and what it left, is shared by the folds; when it is gone, those that were
      // done are reported.
      if (left() <= 0) return undefined;
      listener.progress({
        stage: "verifying",
        message: say`Holding back example ${index + 1} of ${goal.examples.length}`,
        fraction: index / goal.examples.length,
      });
      const fold = await learn(rest, Math.max(50, left() / (goal.examples.length - index)), true);
      if (!fold.ok) return missed(one);
      return runCases(parts.sandbox, programOf(fold.candidate), [one], true, budget);
    });
  }
  const rehearsal = await rehearse(parts.sandbox, program, goal.inputs, budget);
  const { ambiguous, others } = askable(learned.ambiguous);
  const { accuracyTarget } = goal;
  return {
    candidate,
    verification: report({
      method: few ? "leave_one_out" : "hold_out",
      statistical: candidate.statistical,
      accuracyTarget,
      shown,
      heldOut,
      latenciesMs: await timeCalls(parts.sandbox, program, split.shown, shown, budget),
      rehearsal,
      notes: others > 0 ? [spoken(notes.moreDoubts(others))] : [],
      ambiguous,
      oddExamples: odd,
    }),
  };
}

/** As the generator names them: by their places among those it saw, without their text. */
const generatorOnSlips =
  / Examples? [\d, ]+ (does|do) not fit what all others say: check (it for a slip|them for slips)\./g;

/** The explanation with slips named by their places among all examples, and by their text. */
function withSlips(candidate: Candidate, examples: readonly Example[], odd: readonly number[]): Candidate {
  if (odd.length === 0 || candidate.explanation === null) return candidate;
  const what = candidate.explanation.replace(generatorOnSlips, "");
  return { ...candidate, explanation: `${what} ${spoken(slips(examples, odd))}` };
}

async function leaveOneOut(
  examples: readonly Example[],
  fold: (rest: Example[], one: Example, index: number) => Promise<Outcome | undefined>,
): Promise<Outcome> {
  if (examples.length < 2) return noOutcome;
  const outcomes: Outcome[] = [];
  for (const [index, one] of examples.entries()) {
    const outcome = await fold(
      examples.filter((_, other) => other !== index),
      one,
      index,
    );
    if (!outcome) break;
    outcomes.push(outcome);
  }
  return merge(outcomes);
}

/** A fold in which nothing was learned counts as a miss. */
function missed(one: Example): Outcome {
  const failure = { input: one.input, expected: one.output, actual: null, status: "error" as const, heldOut: true };
  return {
    passed: 0,
    total: 1,
    latenciesMs: [],
    failures: [{ ...failure, errorMessage: "No program was found without this example." }],
  };
}
