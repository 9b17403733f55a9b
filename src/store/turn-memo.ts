/**
 * Answers that hold for a turn of the event loop: fifty requests that came together ask the same. Whoever comes in the
 * next turn asks anew, and so does everyone after a write, so nobody gets what was true before.
 */
export class TurnMemo {
  readonly #answers = new Map<string, unknown>();

  get<T>(question: string, ask: () => T): T {
    if (this.#answers.has(question)) return this.#answers.get(question) as T;
    const answer = ask();
    if (this.#answers.size === 0) setImmediate(() => this.clear());
    this.#answers.set(question, answer);
    return answer;
  }

  clear(): void {
    this.#answers.clear();
  }
}
