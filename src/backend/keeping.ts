/** Which executions are kept: all, none, or, of a file's million rows, those that the task's sampling rate chooses. */
import type { ExecutionStatus } from "../contract/artifacts.ts";
import type { BatchRequest } from "../contract/executions.ts";
import { rowSampled, sampled } from "../learning/sampling.ts";
import { hash32 } from "../learning/statistics/hash.ts";

/** Of a batch that is sampled, so many failures are kept for sure: they say what is wrong. */
const mostFailures = 20;

export class Keeping {
  /** Executions that count and are not kept. */
  readonly unkept = new Map<ExecutionStatus, number>();
  readonly #log: BatchRequest["log"];
  readonly #samplingRate: number;
  readonly #nextId: () => string;
  #failures = 0;
  readonly #batch: number;
  #row = 0;

  constructor(log: BatchRequest["log"], samplingRate: number, nextId: () => string) {
    this.#log = log;
    this.#samplingRate = samplingRate;
    this.#nextId = nextId;
    this.#batch = hash32(nextId());
  }

  /** How to keep an execution; undefined where it is not kept. */
  choose(status: ExecutionStatus): { readonly id: string; readonly sampled: boolean } | undefined {
    if (this.#log === false) return undefined;
    if (this.#log === true) {
      const id = this.#nextId();
      return { id, sampled: sampled(id, this.#samplingRate) };
    }
    // An id costs as much as a run: it is made for those that are kept only.
    if (rowSampled(this.#batch, this.#row++, this.#samplingRate)) return { id: this.#nextId(), sampled: true };
    if (status !== "success" && this.#failures++ < mostFailures) return { id: this.#nextId(), sampled: false };
    this.unkept.set(status, (this.unkept.get(status) ?? 0) + 1);
    return undefined;
  }
}
