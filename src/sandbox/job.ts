/** A call or a batch on its way through the sandbox: what is sent, what is known, and how it ends. */
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import { readLine, type SliceMessage } from "./child/protocol.ts";
import type { BatchOptions, Program, Verdict } from "./sandbox.ts";

/** The first shipment of a job holds as many inputs as may take so long (in ms) if each uses up its budget. */
const firstChunkMs = 200;
const largestChunk = 8_192;
const chunkLength = 2_000_000;
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
  /** How many children ended under it and not because of it. */
  lostBlameless = 0;
  #outputLength = 0;
  /** How many inputs the next shipment takes. */
  chunk: number;
  over = false;
  /** A call of it used up its time or memory. */
  offended = false;
  /** Up to here one input is sent at a time: one of them brought a child down. */
  #cautiousUntil = 0;
  readonly #resolve: (verdicts: Verdict[]) => void;
  readonly #reject: (error: unknown) => void;
  readonly #onAbort: () => void;

  /** @param chunk What `chunk` was at the end of an earlier job of the same program. */
  constructor(
    program: Program,
    inputs: readonly string[],
    options: BatchOptions,
    chunk: number | undefined,
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
    this.chunk = chunk ?? Math.max(1, Math.floor(firstChunkMs / options.budgetMs));
    this.#onAbort = () => {
      this.fail(new HapaError("client_closed_request", say`The run was cancelled.`));
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
    const limit = from < this.#cautiousUntil ? 1 : this.chunk;
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
    if (count === this.chunk && ms < 10) this.chunk = Math.min(largestChunk, this.chunk * 4);
    else if (ms > 40) this.chunk = Math.max(1, Math.floor(this.chunk * (20 / ms)));
  }

  /** @param lines A verdict each, `countOf(slice)` of them. */
  accept(slice: SliceMessage, lines: string): void {
    let from = 0;
    for (let lap = 0; lap + 1 < slice.laps.length; lap += 2) {
      const latencyMs = slice.laps[lap + 1] ?? 0;
      for (let left = slice.laps[lap] ?? 0; left > 0 && !this.over; left--) {
        const newline = lines.indexOf("\n", from);
        const line = lines.slice(from, newline < 0 ? lines.length : newline);
        from = newline < 0 ? lines.length : newline + 1;
        const { status, text } = readLine(line);
        const logs = slice.logs === undefined ? {} : { logs: slice.logs };
        if (status === "timeout" || status === "memory") this.offended = true;
        if (status !== "success") this.add({ status, output: null, errorMessage: text, latencyMs, ...logs });
        else if (this.#outputFits(text)) this.add({ status, output: text, latencyMs, ...logs });
      }
    }
  }

  #outputFits(output: string): boolean {
    this.#outputLength += output.length;
    if (this.#outputLength <= outputMost) return true;
    const message = say`The program's outputs are larger than ${outputMost / 1_000_000} MB together. Send fewer inputs at once.`;
    this.fail(new HapaError("payload_too_large", message));
    return false;
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
