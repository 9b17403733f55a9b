/**
 * Spares that are starting take processors from the calls under way, on a small machine half of them. While a call takes
 * long they are held (stopped, where the system can), for a short time: then a spare is the more urgent of the two.
 */
import type { Child } from "./child-process.ts";

const mostMs = 200;

export class StartGate {
  readonly #starting = new Set<Child>();
  /** Who holds, and since when. */
  readonly #holders = new Map<object, number>();
  /** They had their time, and do not hold again before they let go. */
  readonly #done = new Set<object>();

  /** A spare starts; `gone` is to be called when it is up, or gone. */
  add(child: Child): void {
    this.#starting.add(child);
    if (this.#holders.size > 0) child.pause();
  }

  gone(child: Child): void {
    // It may have come up in the moment in which it was held.
    if (this.#starting.delete(child)) child.resume();
  }

  /** A call of this lane takes long. May be told again and again. */
  hold(lane: object): void {
    if (this.#done.has(lane)) return;
    const since = this.#holders.get(lane);
    if (since === undefined) {
      this.#holders.set(lane, performance.now());
      for (const child of this.#starting) child.pause();
    } else if (performance.now() - since > mostMs) {
      this.#done.add(lane);
      this.#letGo(lane);
    }
  }

  /** It has ended. */
  release(lane: object): void {
    this.#done.delete(lane);
    this.#letGo(lane);
  }

  #letGo(lane: object): void {
    if (this.#holders.delete(lane) && this.#holders.size === 0) for (const child of this.#starting) child.resume();
  }
}
