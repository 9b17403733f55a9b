/** What fitted the examples of recent searches: one more answer from the person prunes it, instead of a new search. */
import type { Example } from "../../contract/tasks.ts";
import type { Candidate } from "./search/goal.ts";

interface Remembered {
  /** Outputs by input, both as JSON. */
  readonly examples: ReadonlyMap<string, string>;
  /** Names the fields that the expressions read. */
  readonly shape: string;
  readonly candidates: readonly Candidate[];
}

export interface Survivors {
  /** Programs that fitted all but the newest of these examples, in a search of the same shape; empty where there was none. */
  recall(examples: readonly Example[], shape: string): readonly Candidate[];
  remember(examples: readonly Example[], shape: string, candidates: readonly Candidate[]): void;
}

const kept = 12;

export function createSurvivors(): Survivors {
  let searches: Remembered[] = [];
  const asMap = (examples: readonly Example[]): Map<string, string> =>
    new Map(examples.map(({ input, output }) => [JSON.stringify(input), JSON.stringify(output)]));
  return {
    recall(examples, shape) {
      const now = asMap(examples);
      const fitting = searches.filter(
        (search) =>
          search.shape === shape &&
          search.examples.size < now.size &&
          [...search.examples].every(([input, output]) => now.get(input) === output),
      );
      const [nearest] = fitting.sort((a, b) => b.examples.size - a.examples.size);
      return nearest?.candidates ?? [];
    },
    remember(examples, shape, candidates) {
      searches = [{ examples: asMap(examples), shape, candidates }, ...searches].slice(0, kept);
    },
  };
}
