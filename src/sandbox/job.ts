/** A call or a batch on its way through the sandbox: what is sent, what is known, and how it ends. */
import { HapaError } from "../contract/errors.ts";
import type { SliceMessage } from "./child/protocol.ts";
import type { BatchOptions, Program, Verdict } from "./sandbox.ts";

const firstChunk = 256;
const largestChunk = 2_048;
const smallestChunk = 16;
const chunkLength = 1_000_000;
/** All outputs of one job, in characters: a program may return 1 MB for each of a hundred thousand inputs. */
const outputMost = 200_000_000;

/** Verdicts come in order, so those known are a prefix, and what was sent to a child that died is sent again from there. */
export class Job {
  readonly program: Program;
  readonly inputs: readonly string[];
  readonly options: BatchOptions;
  readonly verdicts: Verdict[] = [];
  /** How many inputs are with the child or done. */
  sent = 0;
  /** How many of its flights are in the air. */
  flying = 0;
  /** How many children were killed while they compiled its program. */
  buildsKilled = 0;
  #outputLength = 0;
  over = false;
  /** Up to here one input is sent at a time: one of them brought a child down. */
  #cautiousUntil = 0;
  #chunk = firstChunk;
  readonly #resolve: (verdicts: Verdict[]) => void;
  readonly #reject: (error: unknown) => void;
  readonly #onAbort: () => void;

  constructor(
    program: Program,
    inputs: readonly string[],
    options: BatchOptions,
    ending: {
      readonly resolve: (verdicts: Verdict[]) => void;
      readonly reject: (error: unknown) => void;
      readonly onAbort: (job: Job) => void;
    },
  ) {
    this.program = program;
    this.inputs = inputs;
    this.options = options;
    this.#resolve = ending.resolve;
    this.#reject = ending.reject;
    this.#onAbort = () => {
      this.fail(new HapaError("client_closed_request", "The run was cancelled."));
      ending.onAbort(this);
    };
    options.signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  get wantsSending(): boolean {
    return !this.over && this.sent < this.inputs.length;
  }

  /** The inputs to send next, counted as sent. */
  take(): readonly string[] {
    const from = this.sent;
    const limit = from < this.#cautiousUntil ? 1 : this.#chunk;
    let length = 0;
    let to = from;
    while (to < this.inputs.length && to - from < limit && (to === from || length < chunkLength)) {
      length += this.inputs[to]?.length ?? 0;
      to++;
    }
    this.sent = to;
    return this.inputs.slice(from, to);
  }

  /** A flight of `count` took so long: the next is sized to be worth its message and still let others through. */
  landed(count: number, ms: number): void {
    if (count === this.#chunk && ms < 10) this.#chunk = Math.min(largestChunk, this.#chunk * 2);
    else if (ms > 40) this.#chunk = Math.max(smallestChunk, Math.floor(this.#chunk / 2));
  }

  accept(slice: SliceMessage): void {
    let nextFailure = 0;
    for (const [offset, output] of slice.outputs.entries()) {
      if (this.over) return;
      const latencyMs = slice.latenciesMs[offset] ?? 0;
      const failure = slice.failures[nextFailure];
      this.#outputLength += output?.length ?? 0;
      if (this.#outputLength > outputMost) {
        const message = `The program's outputs are larger than ${outputMost / 1_000_000} MB together. Send fewer inputs at once.`;
        this.fail(new HapaError("payload_too_large", message));
        return;
      }
      if (failure?.[0] !== offset) this.add({ status: "success", output, latencyMs });
      else {
        nextFailure++;
        this.add({ status: failure[1], output: null, errorMessage: failure[2], latencyMs });
      }
    }
  }

  add(verdict: Verdict): void {
    if (this.over) return;
    this.verdicts.push(verdict);
    const stops = this.options.stopOnFirstError === true && verdict.status !== "success";
    if (stops || this.verdicts.length === this.inputs.length) this.#end(() => this.#resolve(this.verdicts));
  }

  /** All inputs without a verdict get this one. */
  fill(verdict: Verdict): void {
    while (!this.over) this.add(verdict);
  }

  fail(error: unknown): void {
    if (!this.over) this.#end(() => this.#reject(error));
  }

  /** One of the next `unknown` inputs, or the only one, brought the child down. */
  suspect(unknown: number, verdict: Verdict): void {
    if (unknown === 1) {
      this.add(verdict);
      this.#cautiousUntil = 0;
    } else this.#cautiousUntil = this.verdicts.length + unknown;
  }

  /** What was with a child that died is to be sent again. */
  rewind(): void {
    this.sent = this.verdicts.length;
    this.flying = 0;
  }

  #end(tell: () => void): void {
    this.over = true;
    this.options.signal?.removeEventListener("abort", this.#onAbort);
    tell();
  }
}
