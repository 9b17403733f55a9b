/** Every word a person reads in a webview, in one table, so that another language is another table of the same type. */
import type { Verification } from "../../src/contract/artifacts.ts";
import type { Progress } from "../../src/contract/generation.ts";
import type { ResultRowState } from "../../src/contract/results.ts";
import type { Language } from "../../src/contract/tasks.ts";

const number = new Intl.NumberFormat("en-US");
const count = (n: number, one: string, many = `${one}s`): string => `${number.format(n)} ${n === 1 ? one : many}`;

const stages: Record<Progress["stage"], string> = {
  fetching: "Fetching Python",
  loading: "Loading Python",
  learning: "Learning from the examples",
  asking: "Asking the model",
  verifying: "Verifying",
  repairing: "Repairing",
  storing: "Storing",
};

const languages: Record<Language, string> = { javascript: "JavaScript", typescript: "TypeScript", python: "Python" };

const methods: Record<Verification["method"], (v: Verification) => string> = {
  hold_out: (v) =>
    `${count(v.heldOut.total, "example was", "examples were")} kept from the generator: ${v.heldOut.passed} of ${v.heldOut.total} right.`,
  leave_one_out: (v) =>
    `Each example was predicted by a program learned from the others: ${v.heldOut.passed} of ${v.heldOut.total} right.`,
  cross_validation: (v) =>
    `The examples were predicted in groups, each by a program learned from the rest: ${v.heldOut.passed} of ${v.heldOut.total} right.`,
  shown_only: () => "Too few examples to keep any back. One or two more would make the proof stronger.",
};

const resultStates: Record<ResultRowState, string> = {
  done: "Done",
  failed: "Failed",
  kept: "Had a value already",
  broken: "Cannot be read",
};

export const strings = {
  conversation: "Conversation",
  composer: "Ask HAPA",
  defaultQuestion: "Transform each line as the examples show",

  offline: "offline: learns from examples",
  backendStarting: "Starting…",
  backendReady: (model: string) => `Ready · ${model}`,
  backendFailed: "Not running",
  backendStopped: "Starts with your first question",
  showLog: "Show log",
  clear: "Clear the conversation",

  welcome: "Say what you want done to your data",
  welcomeDetail: "HAPA makes a small program for it, proves it on your examples and runs it on your machine.",
  tips: [
    { icon: "list-selection", text: "Select lines in the editor; they become the program’s input." },
    { icon: "arrow-right", text: "Give two or three examples, one “input => output” a line." },
    { icon: "check", text: "See the result on your own lines before anything changes." },
  ],
  trySample: "Try a sample",
  sampleTitle: "Turn “Last, First” into an e-mail address",
  sampleQuestion: "Make an e-mail address from each name",
  sampleExamples: [
    "Lovelace, Ada => ada.lovelace@example.com",
    "Hopper, Grace => grace.hopper@example.com",
    "Turing, Alan => alan.turing@example.com",
  ].join("\n"),

  noModelTitle: "No model is connected",
  noModelText: "Give examples and HAPA learns offline. To ask in words alone, connect a model.",
  chooseModel: "Choose model…",
  setApiKey: "Set API key…",

  questionLabel: "Question",
  questionPlaceholder: "What should happen to each line?",
  examples: "Examples",
  examplesLabel: "Examples, one “input => output” a line",
  examplesPlaceholder: "One example a line:\nLovelace, Ada => ada.lovelace\nHopper, Grace => grace.hopper",
  examplesWithoutArrow: (line: number) => `Line ${line} of the examples has no “=>” between input and output.`,
  needsExamples: "Without a model, HAPA needs examples for this.",
  noTypescriptOffline: "Without a model, programs are written in JavaScript or Python: choose one of them.",
  languageLabel: "Language of the answer",
  languages,
  contextNone: "No file open",
  contextFile: (file: string) => `${file} · no lines selected`,
  contextLines: (file: string, lines: number) => `${file} · ${count(lines, "line")}`,
  contextInclude: "Include the selected lines",
  contextExclude: "Leave the selected lines out",
  contextExcluded: "left out",
  send: "Send",
  sendHint: "Send (Enter)",
  stop: "Stop",
  stopHint: "Stop (Escape)",

  you: "You",
  askedExamples: (n: number) => count(n, "example"),
  stages,
  waiting: "Waiting for an answer",
  interrupted: "The panel was closed while this was being answered. If it is still under way, it appears here.",
  stopped: "Stopped.",
  failed: "This did not work",
  askAgain: "Edit and ask again",
  answerReady: "The answer is ready.",
  cached: "cached",
  tokens: (n: number) => count(n, "token"),
  cost: (usd: number) => (usd > 0 && usd < 0.0001 ? "< $0.0001" : `$${usd.toFixed(usd < 1 ? 4 : 2)}`),
  elapsed: (ms: number) => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`),

  copy: "Copy",
  insert: "Insert",
  open: "Open",
  copyLabel: "Copy this code",
  insertLabel: "Insert this code in the editor",
  openLabel: "Open this code in a new editor",
  image: "image",

  resultCard: "Program",
  proven: (v: Verification) => {
    const kept = v.method === "hold_out" ? v.heldOut : { passed: 0, total: 0 };
    const total = v.shown.total + kept.total;
    const passed = v.shown.passed + kept.passed;
    const heldOut = kept.total > 0 ? `; ${number.format(kept.total)} held out` : "";
    if (total === 0) return "No example to prove it on";
    return `Proven on ${number.format(passed)} of ${count(total, "example")}${heldOut}`;
  },
  notProven: (v: Verification) => {
    const kept = v.method === "hold_out" ? v.heldOut : { passed: 0, total: 0 };
    const total = v.shown.total + kept.total;
    return total === 0
      ? "Not proven"
      : `Not proven: right on ${number.format(v.shown.passed + kept.passed)} of ${count(total, "example")}`;
  },
  method: (v: Verification) => methods[v.method](v),
  accuracy: (share: number, target: number) => `${percent(share)} right; ${percent(target)} was needed.`,
  rehearsal: (total: number, failed: number) =>
    failed === 0
      ? `Ran on ${count(total, "line")} of yours without an error.`
      : `Ran on ${count(total, "line")} of yours; ${number.format(failed)} did not work.`,
  latency: (ms: number) => `${ms < 0.001 ? "< 0.001" : ms < 1 ? ms.toFixed(3) : ms.toFixed(1)} ms a call`,
  learnedOffline: "learned offline",
  madeByPerson: "written by hand",
  madeBy: (model: string | null) => `made by ${model ?? "the model"}`,
  programVersion: (version: number) => `version ${version}`,
  failures: "What went wrong",
  failuresHeldBack: "Wrong where the example was held back",
  input: "Input",
  expected: "Expected",
  got: "Got",
  heldOut: "held out",
  preview: "On your lines",
  previewPart: (shown: number, total: number) =>
    shown < total ? `first ${number.format(shown)} of ${number.format(total)}` : count(total, "line"),
  output: "Output",
  failedLine: "did not work",
  emptyValue: "(empty)",
  showCode: "Code of the program",
  oddExample: (example: string) =>
    `This example looks like a slip, and the program does not follow it: ${example}. Correct it, or add more like it.`,
  whichIsRight: "Which is right?",
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

  results: {
    title: (file: string) => `Results of ${file}`,
    loading: "Opening the results…",
    filter: "Rows to show",
    filters: {
      all: (n: number) => `All ${number.format(n)}`,
      failed: (n: number) => `Failed ${number.format(n)}`,
      unsure: (n: number) => `Unsure ${number.format(n)}`,
      changed: (n: number) => `Changed ${number.format(n)}`,
    },
    search: "Search in the rows",
    searching: "Going through the file…",
    shown: (rows: number) => count(rows, "row"),
    copied: (rows: number) => `${count(rows, "row")} copied`,
    none: "No row is like that.",
    tooMany: (shown: number, total: number) =>
      `The first ${number.format(shown)} of ${number.format(total)} rows are shown: a filter or a search leads to the others.`,
    runAgain: (rows: number) => `Run ${count(rows, "failed row")} again`,
    openInEditor: "Open in editor",
    saveAs: "Save as…",
    state: "State",
    line: "Line",
    input: "Input",
    output: "Output",
    reason: "Why it failed",
    states: (state: ResultRowState, unsure: boolean) =>
      unsure && state === "done" ? "Done, but the examples leave it open" : resultStates[state],
  },
} as const;

function percent(share: number): string {
  const value = share * 100;
  return `${Number.isInteger(value) ? value : value.toFixed(1)}%`;
}
