/** What keeps rows from being written, told once. */
import type { Log } from "../../observability/log.ts";

/** Says what goes wrong once, and when it is over. */
export class Trouble {
  readonly #log: Pick<Log, "warn" | "info">;
  #what: string | undefined;
  #dropped = 0;

  constructor(log: Pick<Log, "warn" | "info">) {
    this.#log = log;
  }

  began(what: string, dropped: number, error?: unknown): void {
    this.#dropped += dropped;
    if (what !== this.#what) this.#log.warn({ err: error, dropped }, `datasets: ${what}`);
    this.#what = what;
  }

  ended(): void {
    if (this.#what !== undefined) this.#log.info({ dropped: this.#dropped }, "datasets: written again");
    this.#what = undefined;
    this.#dropped = 0;
  }
}
