/** Messages and results that the panel's tests share. */
import type { Artifact, Verification } from "../../../src/contract/artifacts.ts";
import type { ConversationItem, KeptTurn, ProgramResult, ToWebview } from "../../../src/contract/webview.ts";

export const code = `function run(input) {
  // "Last, First" becomes first.last at one host
  const [last, first] = input.split(", ");
  return \`\${first}.\${last}@example.com\`.toLowerCase();
}`;

export const proof: Verification = {
  passed: true,
  method: "hold_out",
  shown: { passed: 4, total: 4 },
  heldOut: { passed: 1, total: 1 },
  accuracy: 1,
  accuracyTarget: 0.9,
  failures: [],
  latencyMeanMs: 0.004,
  latencyP99Ms: 0.011,
  rehearsal: { total: 7, failed: 0 },
  notes: [],
  ambiguous: [],
  oddExamples: [],
};

export const artifact: Artifact = {
  id: "01ART",
  taskId: "01TASK",
  version: 1,
  language: "javascript",
  code,
  state: "active",
  explanation: null,
  generator: "offline",
  model: null,
  promptHash: null,
  usage: { promptTokens: 0, completionTokens: 0, costUsd: null },
  durationMs: 38,
  verification: proof,
  createdAt: "2026-01-01T00:00:00.000Z",
};

const names = ["Lovelace, Ada", "Hopper, Grace", "Turing, Alan", "Hamilton, Margaret", "Liskov, Barbara"];

export const program: ProgramResult = {
  artifact,
  verification: proof,
  preview: names.map((input) => {
    const [last = "", first = ""] = input.toLowerCase().split(", ");
    return { input, output: `${first}.${last}@example.com` };
  }),
  selectedCount: 12,
  doubts: [],
  oddExamples: [],
};

/** Two lines that the examples leave open; of the second, the program makes nothing. */
export const doubtfulProgram: ProgramResult = {
  ...program,
  doubts: [
    { input: "van Rossum, Guido", current: "guido.van rossum@example.com", others: ["guido.rossum@example.com"] },
    { input: "Prince", current: null, others: ["prince@example.com", ".prince@example.com"] },
    { input: "Knuth, Donald E.", current: "donald e..knuth@example.com", others: ["donald.knuth@example.com"] },
  ],
};

export const wrongProof: Verification = {
  ...proof,
  passed: false,
  shown: { passed: 3, total: 4 },
  accuracy: 0.8,
  accuracyTarget: 1,
  failures: [
    {
      input: "Prince",
      expected: "prince@example.com",
      actual: "undefined.prince@example.com",
      status: "success",
      heldOut: false,
    },
    { input: "", expected: "", actual: null, status: "timeout", errorMessage: "took longer than 10 ms", heldOut: true },
  ],
  notes: ["Two examples have a form the others do not show."],
};

type Result = Extract<ToWebview, { type: "showResult" }>;

/** An answer that went well, for one question. */
export function resultFor(requestId: string, more: Partial<Result> = {}): Result {
  return {
    type: "showResult",
    requestId,
    markdown: "Joins the first and last name, in lower case.",
    summary: { model: "offline", usage: null, cached: false, elapsedMs: 38 },
    checks: [],
    ...more,
  };
}

/** A conversation of the list, two hours old. */
export function item(id: string, title: string, turns = 1): ConversationItem {
  return { id, title, turns, updatedAt: new Date(Date.now() - 2 * 3_600_000).toISOString() };
}

/** A question that was answered, as the host keeps it. */
export function kept(id: string, more: Partial<KeptTurn> = {}): KeptTurn {
  return {
    id,
    question: `Question ${id}`,
    command: null,
    language: "javascript",
    examples: "",
    chips: [],
    status: "done",
    markdown: `Answer ${id}, with **some** weight.`,
    summary: { model: "scripted", usage: null, cached: false, elapsedMs: 900 },
    checks: [],
    program: null,
    errorMessage: null,
    action: null,
    rating: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    ...more,
  };
}
