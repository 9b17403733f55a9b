/** The questions that may be asked about the inputs of a goal. */
import type { Deadline } from "../../deadline.ts";
import type { Item } from "../language/item.ts";
import { readingsOf, readingTests } from "./domains.ts";
import type { Goal } from "./goal.ts";
import { createPool } from "./pool.ts";
import { dividingTests } from "./tests.ts";
import { sceneOf } from "./text-search.ts";
import { vocabularyOf } from "./vocabulary.ts";

const testedTexts = 14;

/** Items of kind truth that divide the rows, cheapest first. */
export function testsFor(goal: Goal, most: number, deadline: Deadline): Item[] {
  const vocabulary = vocabularyOf(goal);
  const pool = createPool(goal, vocabulary, () => true);
  pool.grow(1, deadline.share(0.3));
  const scene = sceneOf(goal, pool, deadline.share(0.4));
  const others = readingTests(scene, readingsOf(scene));
  const texts = pool.testable(testedTexts);
  return dividingTests(texts, others, pool.rows, vocabulary.delimiters, most, deadline, sharedLengths(goal.targets));
}

/** A length that two or more of the longest outputs have: what they may have been cut to. */
function sharedLengths(targets: readonly string[]): number[] {
  const longest = targets.reduce((most, target) => Math.max(most, target.length), 0);
  return longest > 3 && targets.filter((target) => target.length === longest).length > 1 ? [longest] : [];
}
