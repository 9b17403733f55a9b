/**
 * What the supervisor and a child say to each other. JSON over the IPC channel; inputs and outputs are JSON text and
 * stay text. The child works through shipments strictly in the order they came, so the supervisor always knows which
 * one is under way, and all results of a job that it has are a prefix of the job.
 */
import type { ExecutionStatus } from "../../contract/artifacts.ts";
import type { ProgramLanguage } from "../../contract/tasks.ts";

export interface ProgramSource {
  readonly code: string;
  readonly language: ProgramLanguage;
}

/** Some inputs for one program. `source` is there when the child does not hold the program (see `Recent`). */
export interface WorkMessage {
  readonly type: "work";
  readonly id: number;
  readonly key: string;
  readonly source?: ProgramSource;
  readonly budgetMs: number;
  readonly stopOnFirstError: boolean;
  readonly inputs: readonly string[];
}

/** The rest of a shipment is not wanted any more. */
export interface DropMessage {
  readonly type: "drop";
  readonly id: number;
}

export type ToChild = WorkMessage | DropMessage;

/** A result that is no success: its place in the slice, and what to say. */
export type Failure = readonly [offset: number, status: ExecutionStatus, message: string];

/** The next results of a shipment, in order. */
export interface SliceMessage {
  readonly type: "slice";
  readonly id: number;
  readonly outputs: readonly (string | null)[];
  readonly latenciesMs: readonly number[];
  readonly failures: readonly Failure[];
  /** Nothing more comes for this shipment. */
  readonly end: boolean;
}

export type FromChild =
  | { readonly type: "ready"; readonly engine: string; readonly nodeVersion: string }
  | { readonly type: "unavailable"; readonly reason: string; readonly nodeVersion: string }
  /** The program of this shipment is being parsed and compiled: no call is under way. */
  | { readonly type: "building"; readonly id: number }
  /** It is; the first (or next) call starts now. */
  | { readonly type: "built"; readonly id: number }
  | SliceMessage;

/** A child answers at the latest after so many items or so long a time (plus the item under way). */
export const sliceItems = 256;
export const sliceMs = 10;

/** Programs a child holds, with an isolate for each. */
export const programsPerChild = 16;

/**
 * The `capacity` most recently used keys and their values. Supervisor and child both keep one and touch it in the same
 * order, so the supervisor knows what the child still holds without asking.
 */
export class Recent<V> {
  readonly #values = new Map<string, V>();
  readonly #capacity: number;
  readonly #onDrop: (value: V) => void;

  constructor(capacity: number, onDrop: (value: V) => void = () => {}) {
    this.#capacity = capacity;
    this.#onDrop = onDrop;
  }

  /** The value of `key`, which is now the most recent; undefined where it is not held. */
  touch(key: string): V | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  add(key: string, value: V): void {
    this.#values.set(key, value);
    if (this.#values.size <= this.#capacity) return;
    for (const [oldest, dropped] of this.#values) {
      this.#values.delete(oldest);
      this.#onDrop(dropped);
      return;
    }
  }
}
