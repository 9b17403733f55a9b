/** What tests of generation share: questions nobody asked before, and a failure as a value. */
import assert from "node:assert/strict";
import type { HapaError } from "../../src/contract/errors.ts";
import type { GenerateRequest } from "../../src/contract/generation.ts";
import type { Example } from "../../src/contract/tasks.ts";

/** Makes questions that no cache answers. */
export function freshQuestions(examples: readonly Example[]): (over?: Partial<GenerateRequest>) => GenerateRequest {
  let count = 0;
  return (over = {}) => ({
    userQuestion: `Twice the length plus one (${count++})`,
    language: "javascript",
    strategy: "model",
    examples: [...examples],
    ...over,
  });
}

/** The error some work ends in; fails where it ends well. */
export function failureOf(work: Promise<unknown>): Promise<HapaError> {
  return work.then(
    () => assert.fail("it should have failed"),
    (error: HapaError) => error,
  );
}
