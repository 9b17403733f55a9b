/** Which executions are kept: all, none, or, of a file's million rows, those that the task's sampling chooses. */
import type { ExecutionStatus } from "../contract/artifacts.ts";
import type { BatchRequest } from "../contract/executions.ts";
import { type Choice, choose, placeOf, placeOfRow, type SamplingProfile } from "../learning/sampling.ts";
import { hash32 } from "../learning/statistics/hash.ts";
import type { ExecutionRow } from "../store/schema.ts";
import type { RunSettings } from "../store/tasks.ts";

/** Of a batch that is sampled, so many failures are kept for sure: they say what is wrong. */
const mostFailures = 20;
/** More of a text does not tell what it looks like, as the profile has it. */
const lookedAt = 16_000;

/** Of executions of one task. */
export interface Sampling {
  readonly settings: Pick<RunSettings, "samplingRate" | "samplingStrategy">;
  readonly profile: SamplingProfile;
}

/** What an execution looks like when it is over: JSON texts. */
export interface Ended {
  readonly status: ExecutionStatus;
  readonly input: string;
  readonly output: string | null;
}

/** How an execution is to be kept. */
export interface Kept {
  readonly id: string;
  readonly sampled: ExecutionRow["sampled"];
}

const asColumn: Readonly<Record<Choice, ExecutionRow["sampled"]>> = { none: 0, chance: 1, target: 2 };

/** Whether an execution is to be judged, as it is kept. */
export function sampledAs(place: number, { settings, profile }: Sampling, ended: Ended): ExecutionRow["sampled"] {
  const { samplingStrategy: strategy, samplingRate: rate } = settings;
  if (strategy === "random") return place < rate ? 1 : 0;
  const { input, output } = ended;
  const looked = { input: input.slice(0, lookedAt), output: output?.slice(0, lookedAt) ?? null };
  return asColumn[choose(place, { strategy, rate }, profile, looked)];
}

export class Keeping {
  /** Executions that count and are not kept. */
  readonly unkept = new Map<ExecutionStatus, number>();
  readonly #log: BatchRequest["log"];
  readonly #sampling: Sampling;
  readonly #nextId: () => string;
  #failures = 0;
  readonly #batch: number;
  #row = 0;

  constructor(log: BatchRequest["log"], sampling: Sampling, nextId: () => string) {
    this.#log = log;
    this.#sampling = sampling;
    this.#nextId = nextId;
    this.#batch = hash32(nextId());
  }

  /** How to keep an execution; undefined where it is not kept. */
  choose(ended: Ended): Kept | undefined {
    const { status } = ended;
    if (this.#log === false) return undefined;
    if (this.#log === true) {
      const id = this.#nextId();
      return { id, sampled: sampledAs(placeOf(id), this.#sampling, ended) };
    }
    // An id costs as much as a run: it is made for those that are kept only.
    const sampled = sampledAs(placeOfRow(this.#batch, this.#row++), this.#sampling, ended);
    if (sampled > 0) return { id: this.#nextId(), sampled };
    if (status !== "success" && this.#failures++ < mostFailures) return { id: this.#nextId(), sampled };
    this.unkept.set(status, (this.unkept.get(status) ?? 0) + 1);
    return undefined;
  }
}
