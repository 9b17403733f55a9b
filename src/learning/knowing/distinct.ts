/**
 * Tells an input that comes over and over from new ones: a row that is asked for a thousand times says no more than one
 * that is asked for once, and the tests of change take their inputs to be independent. An input counts again only after
 * `forgetAfter` others came, so that what is usual stays as frequent as it was, however long one looks.
 */

const forgetAfter = 500;

/** Plain JSON, changed in place. */
export interface Distinct {
  came: number;
  /** Inputs that counted lately (hashes), and when; oldest first. */
  readonly hashes: number[];
  readonly at: number[];
}

export function newDistinct(): Distinct {
  return { came: 0, hashes: [], at: [] };
}

/** @returns gives whether an input counts; for a few thousand inputs, after which the state is kept */
export function counting(state: Distinct): (hash: number) => boolean {
  const lately = new Set(state.hashes);
  return (hash) => {
    state.came++;
    for (; (state.at[0] ?? Infinity) <= state.came - forgetAfter; ) {
      state.at.shift();
      lately.delete(state.hashes.shift() ?? 0);
    }
    if (lately.has(hash)) return false;
    lately.add(hash);
    state.hashes.push(hash);
    state.at.push(state.came);
    return true;
  };
}
