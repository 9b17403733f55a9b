/** Asks several times and goes by more than half of the votes. */

export interface Voted<T> {
  /** Undefined where no answer has more than half of the votes. */
  readonly answer: T | undefined;
  readonly votes: number;
  /** What asking cost, as far as it is known. */
  readonly costUsd: number;
}

/**
 * Ends as soon as what is left cannot change who wins, or that nobody does.
 *
 * @param most how often it is asked at most; an odd number
 * @param ask gives an answer, undefined for none, and what that cost
 */
export async function byVotes<T>(
  most: number,
  ask: (vote: number) => Promise<{ readonly answer: T | undefined; readonly costUsd: number }>,
  isSame: (a: T, b: T) => boolean,
): Promise<Voted<T>> {
  let costUsd = 0;
  const answers: { answer: T; votes: number }[] = [];
  for (let vote = 0; vote < most; vote++) {
    const { answer, costUsd: cost } = await ask(vote);
    costUsd += cost;
    if (answer !== undefined) {
      const same = answers.find((other) => isSame(other.answer, answer));
      if (same) same.votes++;
      else answers.push({ answer, votes: 1 });
    }
    const best = Math.max(0, ...answers.map(({ votes }) => votes));
    if (best > most / 2 || best + (most - vote - 1) <= most / 2) break;
  }
  const won = answers.find(({ votes }) => votes > most / 2);
  return { answer: won?.answer, votes: won?.votes ?? 0, costUsd };
}
