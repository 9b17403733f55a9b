/** The words of the review queue in English. */
import { counter } from "./english-program.ts";
import type { Formats } from "./format.ts";

export function englishReview(format: Formats) {
  const count = counter(format);
  return {
    title: "Review",
    menu: "Review outputs",
    region: "The output to judge",
    waiting: (n: number) => (n === 0 ? "Nothing waits for you." : `${count(n, "output")} to judge`),
    empty: "Nothing waits for you. Sampled runs and differences between versions come here.",
    loading: "Looking for what waits…",
    version: (n: number) => `version ${n}`,
    input: "Input",
    output: "Output",
    outputOf: (version: number) => `Output of version ${version}`,
    failedRun: "It failed",
    noOutput: "no output",
    right: "Right",
    wrong: "Wrong",
    correct: "Correct it…",
    skip: "Later",
    back: "Back",
    firstRight: (version: number) => `Version ${version}`,
    whoIsRight: "The two versions differ. Which is right?",
    isRight: "Is this right?",
    both: "Both",
    neither: "Neither",
    unsure: "Not sure",
    expected: "What it should be",
    asJson: "as JSON",
    notJson: "This is not JSON.",
    save: "Save",
    cancel: "Cancel",
    key: (key: string) => `key ${key}`,
    said: (words: string) => `${words}. Next:`,
    notKept: (why: string) => `The verdict was not kept: ${why}`,
  };
}
