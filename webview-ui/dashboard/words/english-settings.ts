/** The words of how a task learns in English: what each setting means, and what it costs. */
import { counter } from "../../shared/words/english-program.ts";
import type { Formats } from "../../shared/words/format.ts";

/** What is shown to choose, and what it means. */
type Option = readonly [name: string, meaning: string];

export function englishSettings(format: Formats) {
  const { number, usd } = format;
  const count = counter(format);
  return {
    title: "How it learns",
    mayNot: "Your key may look, but not change.",
    groups: { judged: "What is judged", judges: "Who judges", kept: "What is kept", better: "When it gets better" },
    names: {
      samplingRate: "Share of runs (%)",
      samplingStrategy: "Which runs",
      comparison: "Right is an output that",
      modelVerdictsPerDay: "Verdicts by a model, a day",
      modelUsdPerDay: "US dollars for them, a day",
      privacyMode: "In its dataset",
      improve: "Better versions",
      accuracyTarget: "Accuracy wanted (%)",
      latencyTargetMs: "Time of one call (ms)",
    },
    hints: {
      samplingRate: "Of its runs, so many wait for a verdict. With 0 it cannot notice when it is wrong.",
      comparison: "A change ends a rollout that is under way.",
      modelVerdictsPerDay: "For each the model is asked three times, and the majority counts. 0: no model judges.",
      modelUsdPerDay: "When it is reached, what is left waits for you.",
      privacyMode: "This is about the dataset's files; HAPA's own database keeps runs as they are.",
      accuracyTarget: "A program must be right so often to run. Below it, a better one is looked for.",
      latencyTargetMs: "A call that takes longer fails.",
    },
    options: {
      samplingStrategy: {
        random: ["By chance", "Each run has the same chance."],
        stratified: ["As many of each output", "Rare outputs are judged as often as common ones. Half stay chance."],
        edge: ["Unusual ones", "New, long, rare or doubtful inputs come first. Half stay chance."],
        adaptive: ["Ones like those that failed", "And more of them after a change. Half stay chance."],
      } satisfies Record<string, Option>,
      comparison: {
        exact: ["is the same value", "The order of an object's fields does not count."],
        text: ["has the same text", "Case, blanks and kinds of quotes do not count."],
        number: ["is the same number", "Rounding does not count, nor whether it is written as a text."],
        unordered: ["has the same elements", "The order of lists does not count."],
        label: ["is the same label", "Case and blanks around it do not count."],
        meaning: ["says the same", "Only a reader can tell other words: you, or a model where it may judge."],
      } satisfies Record<string, Option>,
      privacyMode: {
        strict: ["Hashes and counts only", "No input and no output is written there."],
        balanced: [
          "Rows, personal data masked",
          "E-mail addresses, phone numbers, ids, cards and keys that are found are masked; names are not.",
        ],
        permissive: ["Rows as they are", "Personal data stays in it."],
      } satisfies Record<string, Option>,
      improve: {
        auto: [
          "By itself",
          "Corrected failures make a new version. It takes over only after a rollout that shows it is fit.",
        ],
        ask: ["When you say so", "HAPA tells you when there is something to learn from, and waits."],
        off: ["Never", "Also where it is wrong often, it stays as it is."],
      } satisfies Record<string, Option>,
    },
    others: "You, in the review queue, and labelled rows: at no cost. A model only as far as you allow it here.",
    noModel: "Nothing is sent to a model by itself, and nothing is paid.",
    sent: (n: number, isMeaning: boolean) =>
      `Up to ${count(n, "input")} a day ${n === 1 ? "is" : "are"} sent to the model that judges, with the task's description${isMeaning ? " and the outputs" : ""}.`,
    costs: (amount: number) =>
      `At most ${usd(amount)} a day for verdicts, and ${usd(amount)} for better versions where a model made the program.`,
    noPrices:
      "Where no prices are set in HAPA's settings, costs are not known: then only the number of verdicts limits them.",
    number: (least: number, most: number) => `A number from ${number(least)} to ${number(most)}, please.`,
    wholeNumber: (least: number, most: number) => `A whole number from ${number(least)} to ${number(most)}, please.`,
    save: "Save",
    discard: "Discard changes",
    saved: "Saved. It counts from now on.",
    discarded: "Nothing was changed.",
    notSaved: (why: string) => `Not saved: ${why}`,
  };
}
