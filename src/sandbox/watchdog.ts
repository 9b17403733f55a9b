/**
 * Watches one call at a time: past its deadline it looks whether the child ran and stayed silent, or was kept from
 * running by the machine, and says who is guilty.
 */

/** Past the time it is allowed, a call has so long (in ms) before its child is suspected; being judged takes some 5 to 15 ms more. */
export const graceMs = 20;
const leastGraceMs = 8;
/** A suspected child that runs answers within so many ms of running. */
const convictionMs = 4;
const secondLookMs = 5;
const maxLooks = 50;
const goingOnMs = 25;

export interface Watched {
  /** How long the child has been on a processor, in ms; null where the system does not say. */
  ranMs(): number | null;
  /** Told every 25 ms while a call goes on. */
  onGoingOn(): void;
  /** No word in time, and the child had its chance to run. */
  onGuilty(): void;
}

export class Watchdog {
  readonly #watched: Watched;
  /** When the call under way is late; null where none is. */
  #deadline: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** When it will look; never later than the deadline, so that most calls need not touch the timer. */
  #looksAt = 0;
  /** How long the child had run when the deadline passed, and how often it was looked at since. */
  #suspectedAtMs: number | null = null;
  #looks = 0;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** A sign of life, or a new call: from now it may take `ms`. What its caller has waited already comes off the grace. */
  allow(ms: number, waitedMs = 0): void {
    this.#suspectedAtMs = null;
    this.#looks = 0;
    this.#deadline = performance.now() + ms + Math.max(leastGraceMs, graceMs - waitedMs);
    if (this.#timer === null || this.#deadline < this.#looksAt) this.#arm(this.#deadline);
  }

  /** Nothing is under way. */
  rest(): void {
    this.#deadline = null;
  }

  stop(): void {
    this.#deadline = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #arm(deadline: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const now = performance.now();
    this.#looksAt = Math.min(deadline, now + goingOnMs);
    this.#timer = setTimeout(() => this.#look(), Math.max(1, Math.ceil(this.#looksAt - now)));
  }

  #look(): void {
    this.#timer = null;
    if (this.#deadline === null) return;
    this.#watched.onGoingOn();
    if (this.#timer !== null || this.#deadline === null) return;
    if (performance.now() < this.#deadline) {
      this.#arm(this.#deadline);
      return;
    }
    // If this process was busy itself, the answer may be lying here unread: pipes are read before immediates.
    setImmediate(() => {
      if (this.#timer !== null || this.#deadline === null) return;
      if (performance.now() < this.#deadline) this.#arm(this.#deadline);
      else this.#judge();
    });
  }

  /** On a machine so busy that the child hardly ran, it is given time; one that does run and stays silent is guilty. */
  #judge(): void {
    const ranMs = this.#watched.ranMs();
    this.#suspectedAtMs ??= ranMs ?? Number.NEGATIVE_INFINITY;
    const isGuilty = ranMs === null || ranMs - this.#suspectedAtMs >= convictionMs;
    if (isGuilty || ++this.#looks > maxLooks) {
      this.#deadline = null;
      this.#watched.onGuilty();
      return;
    }
    this.#deadline = performance.now() + secondLookMs;
    this.#arm(this.#deadline);
  }
}
