/**
 * What the supervisor and a child say to each other, over the child's stdin and stdout. A frame is its length (four
 * bytes, little-endian) and so many bytes of UTF-8: a line of JSON, then, for some messages, lines of JSON text that are
 * passed on as they are. The child works through shipments strictly in the order they came, so the supervisor always
 * knows which one is under way, and the results of a job that it has are always a prefix of the job.
 */
import type { ExecutionStatus } from "../../contract/artifacts.ts";
import type { ProgramLanguage } from "../../contract/tasks.ts";
import type { Outcome } from "./engine.ts";

export interface ProgramSource {
  readonly code: string;
  readonly language: ProgramLanguage;
}

export type EngineName = "isolated-vm" | "quickjs" | "pyodide";

/** What a child is told at its start, as JSON in its one argument. */
export interface ChildOrders {
  /** Tried in this order; the first that loads is used. */
  readonly engines: readonly EngineName[];
  /** Of one program, in MB. */
  readonly memoryLimitMb: number;
  /** Folder of the Python runtime. */
  readonly pyodidePath?: string;
}

/** Some inputs for one program: the lines that follow. `source` is there when the child does not hold the program (see `Recent`). */
export interface WorkMessage {
  readonly type: "work";
  readonly id: number;
  readonly key: string;
  readonly source?: ProgramSource;
  readonly budgetMs: number;
  readonly stopOnFirstError: boolean;
  readonly count: number;
}

export type ToChild =
  | WorkMessage
  /** Nothing to do at the moment: the child may get ready for the next program. */
  | { readonly type: "rest" };

/** The next results of a shipment, in order: the lines that follow (see `lineOf`). */
export interface SliceMessage {
  readonly type: "slice";
  readonly id: number;
  /** How long the calls took: pairs of a number of calls and the ms each of them took. */
  readonly laps: readonly number[];
  /** What the one program of a shipment of one printed. */
  readonly logs?: string;
  /** Nothing more comes for this shipment. */
  readonly end: boolean;
  /** Resident memory of the child, in MB; told now and then. */
  readonly memoryMb?: number;
  /** The child is of no more use, and none of the calls that wait is to blame. */
  readonly wornOut?: boolean;
}

export type FromChild =
  | {
      readonly type: "ready";
      readonly engine: EngineName;
      readonly nodeVersion: string;
      /** Why the engines before this one are not used. */
      readonly reason?: string;
    }
  | { readonly type: "unavailable"; readonly reason: string; readonly nodeVersion: string }
  /** The program of this shipment is being parsed and compiled: no call is under way. */
  | { readonly type: "building"; readonly id: number }
  /** It is; the first (or next) call starts now. */
  | { readonly type: "built"; readonly id: number }
  | SliceMessage;

/** How many results a slice tells of; NaN where it tells nonsense. */
export function countOf({ laps }: SliceMessage): number {
  let count = 0;
  for (let lap = 0; lap < laps.length; lap += 2) {
    const calls = laps[lap];
    count += Number.isInteger(calls) && Number.isFinite(laps[lap + 1]) && (calls ?? 0) > 0 ? (calls ?? 0) : Number.NaN;
  }
  return count;
}

/** A child answers at the latest after so many items or so long a time (plus the item under way). */
export const sliceItems = 512;
export const sliceMs = 10;

/** Programs a child holds, with an isolate for each. */
export const programsPerChild = 16;

const tags = { success: "0", error: "e", invalid_output: "i", timeout: "t", memory: "m", crashed: "c" } as const;
const statuses = new Map<string, ExecutionStatus>(
  Object.entries(tags).map(([status, tag]) => [tag, status as ExecutionStatus]),
);

/** An outcome as one line: a tag, then the output's JSON, or the message as a JSON string. */
export function lineOf(outcome: Outcome): string {
  return outcome.status === "success"
    ? tags.success + outcome.output
    : tags[outcome.status] + JSON.stringify(outcome.message);
}

/** Whether a line tells of a success. */
export function isSuccess(line: string): boolean {
  return line.startsWith(tags.success);
}

/** The line's status and what follows its tag; a line that is none counts as a crash. */
export function readLine(line: string): { readonly status: ExecutionStatus; readonly text: string } {
  const status = statuses.get(line.charAt(0));
  if (status === "success") return { status, text: line.slice(1) };
  try {
    if (status !== undefined) return { status, text: String(JSON.parse(line.slice(1))) };
  } catch {
    // Told below.
  }
  return { status: "crashed", text: "The sandbox child answered nonsense." };
}

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
