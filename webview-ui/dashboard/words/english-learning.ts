/** The words of rollouts, groups of failures and improvements in English. */
import type { Improvement, ImprovementTrigger } from "../../../src/contract/improvements.ts";
import type { Rollout } from "../../../src/contract/rollouts.ts";
import type { ReferenceState } from "../../../src/contract/validations.ts";
import { counter } from "../../shared/words/english-program.ts";
import type { Formats } from "../../shared/words/format.ts";

export function englishLearning(format: Formats) {
  const { number, percent, usd } = format;
  const count = counter(format);
  const rolloutStates: Record<Rollout["state"], string> = {
    running: "running",
    paused: "paused",
    promoted: "promoted",
    rolled_back: "rolled back",
    undecided: "undecided",
  };
  const stages: Record<Rollout["stage"], string> = {
    shadow: "Shadow",
    tenth: "10%",
    half: "50%",
    full: "100%",
    stopped: "Stopped",
  };
  const improvementStates: Record<Improvement["state"] | "promoted", string> = {
    making: "being made",
    rolling_out: "rolling out",
    promoted: "runs now",
    needs_person: "needs you",
    failed: "no better version",
    cancelled: "cancelled",
  };
  const triggers: Record<ImprovementTrigger, string> = {
    person: "you asked",
    accuracy: "accuracy fell below its target",
    cluster: "a group of failures grew",
    corrections: "corrections came in",
    drift: "the inputs changed",
  };
  const referenceStates: Record<ReferenceState, string> = {
    ready: "What it gives is what should have come out.",
    missing: "It is gone, and judges nothing.",
    itself: "It is the program that runs: it judges nothing but what other versions gave.",
    resting: "It could not run to its end lately. It is tried again after a minute.",
  };
  return {
    rollout: {
      title: "Rollout",
      live: "Rollouts under way",
      none: "No rollout so far. When a better version is made, it is tried beside this one first.",
      versions: (from: number, to: number) => `version ${from} → ${to}`,
      states: rolloutStates,
      stages,
      share: (share: number) => `The candidate answers ${percent(share)} of the requests`,
      shadow: "The candidate runs along; nobody gets its answers yet",
      requests: "Requests both ran",
      differing: "Different outputs",
      judged: "Judged",
      score: (candidate: number, incumbent: number) => `new ${number(candidate)} : ${number(incumbent)} old`,
      scoreLabel: "Right alone",
      failures: "Failed alone",
      evidence: "Evidence",
      goals: { better: "that it is better", not_worse: "that it is no worse" },
      worse: "that it is worse",
      failing: "that it fails more",
      of: (value: string, needed: string) => `${value} of ${needed}`,
      how: "E-values, which hold however often one looks. What reaches the number on the right is decided.",
      pause: "Pause",
      resume: "Go on",
      promote: "Promote now",
      rollBack: "Roll back",
      confirmPromote: (version: number) => `Version ${version} answers all requests from now on.`,
      confirmBack: (version: number) => `Version ${version} answers all requests again.`,
      doIt: "Yes",
      keep: "No",
      startedBy: { person: "started by a person", hapa: "started by HAPA" },
      endedBy: { person: "by a person", hapa: "by HAPA" },
      replay: "What would change?",
      replayed: (changed: number, ran: number, failing: number) =>
        `${number(changed)} of ${count(ran, "recorded input")} would get another output${failing > 0 ? `; ${number(failing)} would fail` : ""}.`,
      before: "Before",
      after: "After",
      fails: "fails",
      disagreements: (n: number) => `${count(n, "difference")} to judge`,
    },
    clusters: {
      title: "What failures have in common",
      none: "No group of failures is known.",
      size: (n: number, share: number) => `${count(n, "failure")}, ${percent(share)} of all`,
      seen: (first: string, last: string) => `first ${first}, last ${last}`,
      grew: (when: string) => `More frequent than before, noticed ${when}`,
      right: (right: number, n: number) => `${number(right)} of ${number(n)} inputs like these were right`,
      notJudged: "No input like these was judged yet that was drawn by chance.",
      input: "Input",
      output: "Output",
      expected: "Should be",
      nothing: "nothing",
    },
    improvements: {
      title: "Improvements",
      none: "None so far.",
      improve: "Improve now",
      asked: "A better version is being looked for.",
      states: improvementStates,
      triggers,
      learned: (corrections: number, heldOut: number) =>
        `learned from ${count(corrections, "correction")}, measured on ${number(heldOut)} kept aside`,
      scores: (before: string, after: string) => `kept aside: ${before} → ${after} right`,
      score: (right: number, n: number) => `${number(right)} of ${number(n)}`,
      attempts: (n: number) => count(n, "attempt"),
      cost: (amount: number) => usd(amount),
      lost: (n: number) => `${count(n, "row")} that the present version gets right would be lost:`,
      allow: "Roll it out all the same",
    },
    reference: {
      title: "Reference",
      none: "None. Labelled rows, or another program that is right, can say what sampled runs should have given.",
      rows: (n: number) => count(n, "labelled row"),
      states: referenceStates,
      is: (version: number) => `version ${version}`,
      gone: (version: number) => `version ${version} of a task that was deleted`,
      removeRows: "Take the rows away",
      removeProgram: "Take the program away",
      sure: (n: number) => `${count(n, "labelled row")} will be deleted here; what they said of runs stays.`,
      choose: "Choose a program",
      task: "Task",
      thisTask: "This task",
      version: "Version",
      choice: (version: number, language: string, active: boolean) =>
        `${version} (${language}${active ? ", runs now" : ""})`,
      noVersion: "It has no version that could be used.",
      use: "Judge by it",
      leave: "Cancel",
    },
  };
}
