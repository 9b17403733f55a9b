/** Labelled examples for tests, the same every time, and the classifier learned from them. */
import assert from "node:assert/strict";
import type { Example } from "../../src/contract/tasks.ts";
import type { JsonValue } from "../../src/contract/wire.ts";
import { type Classifier, learnClassifier } from "../../src/synthesis/classify/learn.ts";
import { deadlineIn } from "../../src/synthesis/deadline.ts";

export const topics: Readonly<Record<string, readonly string[]>> = {
  refund: ["money back", "refund", "return the item", "reimburse me", "cancel my order"],
  delivery: ["parcel", "package", "courier", "shipping", "track my order"],
  account: ["password", "log in", "my account", "sign up", "e-mail address"],
  payment: ["credit card", "invoice", "charged twice", "paid", "bank transfer"],
};
const frames = [
  "Where is the # please",
  "I ask about #",
  "hello, # does not work",
  "why # again?",
  "# !!!",
  "help with #",
];

/** Sentences about a topic: every combination of a frame and one of its words. */
export const sentences: readonly Example[] = Object.entries(topics).flatMap(([output, words]) =>
  words.flatMap((word) => frames.map((frame) => ({ input: frame.replace("#", word), output }))),
);

/** Records with a number and a category that say everything, and a text that says nothing. */
export const orders: readonly Example[] = Array.from({ length: 80 }, (_, i) => {
  const weight = ((i * 37) % 60) / 2;
  const country = ["de", "fr", "us"][i % 3] ?? "de";
  const output = weight >= 15 ? "freight" : country === "us" ? "air" : "parcel";
  return { input: { weight, country, note: `order ${i * 7} of ${["monday", "friday"][i % 2]}` }, output };
});

export function learned(examples: readonly Example[], options: { accuracyTarget?: number } = {}): Classifier {
  const result = learnClassifier(examples, deadlineIn(8_000), () => {}, options);
  assert.ok(result);
  return result;
}

export const labelled = (rows: Readonly<Record<string, readonly JsonValue[]>>): Example[] =>
  Object.entries(rows).flatMap(([output, inputs]) => inputs.map((input) => ({ input, output })));
