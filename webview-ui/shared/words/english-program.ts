/** The words of a program's card, in English. */
import type { Verification } from "../../../src/contract/artifacts.ts";
import type { Formats } from "./format.ts";

/** `n` things: "1 line", "1,200 lines". */
export function counter({ number }: Formats): (n: number, one: string, many?: string) => string {
  return (n, one, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;
}

export function englishProgram(format: Formats) {
  const { number, percent } = format;
  const count = counter(format);
  const methods: Record<Verification["method"], (v: Verification) => string> = {
    hold_out: (v) =>
      `${count(v.heldOut.total, "example was", "examples were")} kept from the generator: ${v.heldOut.passed} of ${v.heldOut.total} right.`,
    leave_one_out: (v) =>
      `Each example was predicted by a program learned from the others: ${v.heldOut.passed} of ${v.heldOut.total} right.`,
    cross_validation: (v) =>
      `The examples were predicted in groups, each by a program learned from the rest: ${v.heldOut.passed} of ${v.heldOut.total} right.`,
    shown_only: () => "Too few examples to keep any back. One or two more would make the proof stronger.",
  };
  return {
    resultCard: (question: string) => `Program: ${question}`,
    proven: (v: Verification) => {
      const { passed, total, heldOut } = scoreOf(v);
      if (total === 0) return "No example to prove it on";
      return heldOut > 0
        ? `Proven on ${number(passed)} of ${count(total, "example")}; ${number(heldOut)} held out`
        : `Proven on ${number(passed)} of ${count(total, "example")}`;
    },
    notProven: (v: Verification) => {
      const { passed, total } = scoreOf(v);
      return total === 0 ? "Not proven" : `Not proven: right on ${number(passed)} of ${count(total, "example")}`;
    },
    method: (v: Verification) => methods[v.method](v),
    accuracy: (share: number, target: number) => `${percent(share)} right; ${percent(target)} was needed.`,
    rehearsal: (total: number, failed: number) =>
      failed === 0
        ? `Ran on ${count(total, "line")} of yours without an error.`
        : `Ran on ${count(total, "line")} of yours; ${number(failed)} did not work.`,
    latency: (ms: number) => `${ms < 0.001 ? "< 0.001" : ms < 1 ? ms.toFixed(3) : ms.toFixed(1)} ms a call`,
    learnedOffline: "learned offline",
    madeByPerson: "written by hand",
    madeBy: (model: string | null) => (model === null ? "made by the model" : `made by ${model}`),
    programVersion: (version: number) => `version ${version}`,
    failures: "What went wrong",
    failuresHeldBack: "Wrong where the example was held back",
    input: "Input",
    expected: "Expected",
    got: "Got",
    heldOut: "held out",
    preview: "On your lines",
    previewPart: (shown: number, total: number) =>
      shown < total ? `first ${number(shown)} of ${number(total)}` : count(total, "line"),
    output: "Output",
    failedLine: "did not work",
    emptyValue: "(empty)",
    showCode: "Code of the program",
    oddExample: (example: string) =>
      `This example looks like a slip, and the program does not follow it: ${example}. Correct it, or add more like it.`,
    whichIsRight: "Which is right?",
    whichIsRightLabel: (question: string) => `Which is right? For: ${question}`,
    doubtsExplained: (lines: number) =>
      `Your examples leave ${count(lines, "line")} open. What you choose becomes one more example.`,
    doubtsLeft: (lines: number) => `${count(lines, "line")} to decide: which is right?`,
    doubtQuestion: (input: string) => `What should “${input}” become?`,
    asNow: "as now",
    somethingElse: "Something else…",
    useAnswer: "Use",
    skip: "Skip",
    skipLabel: (input: string) => `Skip “${input}”`,
    learningMore: "Learning from your answer",
    apply: (lines: number) => `Apply to ${count(lines, "selected line")}`,
    applyHint: "Shows the changes first; nothing is changed before you accept.",
    runOnFile: "Run on file…",
    saveTask: "Save as task",
  };
}

/** Of all examples it was tried on: how many, how many it was right on, how many of them were held out. */
export function scoreOf(v: Verification): { passed: number; total: number; heldOut: number } {
  const kept = v.method === "hold_out" ? v.heldOut : { passed: 0, total: 0 };
  return { passed: v.shown.passed + kept.passed, total: v.shown.total + kept.total, heldOut: kept.total };
}
