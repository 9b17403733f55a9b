/** Turns what became of a group of rows into the result's text and the rows' entries, and keeps count. Pure. */
import { type Said, say, spoken } from "../../contract/say.ts";
import type { JsonValue } from "../../contract/wire.ts";
import { bytesOf } from "./encoding.ts";
import { type FileRow, type Place, textOf } from "./format.ts";
import { type FileJob, type Finished, hasOutput, type RowOutcome } from "./job.ts";
import type { Problem, RunState } from "./journal.ts";
import { countLines } from "./lines.ts";
import { type IndexedRow, RowState } from "./row-index.ts";

const maxProblems = 1_000;
/** Different reasons that are kept; rows beyond share the last one. */
const maxReasons = 1_000;
const maxReasonChars = 500;
const otherReason = say`There are more different reasons than are kept.`;

/** How one row went; the rest of its entry is where it stands. */
type Fate = Pick<IndexedRow, "state" | "changed" | "unsure"> & { readonly reason: string };

export class Tally {
  rows = 0;
  /** After the last row that is settled. */
  position: Place;
  readonly #job: FileJob;
  readonly #reasons = new Map<string, number>();
  readonly #problems: Problem[];
  readonly #counts: Record<"done" | "failed" | "kept" | "changed" | "unsure", number>;
  #bytes: number;

  /** @param resume What an earlier run of the same job came to. */
  constructor(job: FileJob, resume: RunState | undefined) {
    this.#job = job;
    this.rows = resume?.rows ?? 0;
    this.position = resume?.position ?? job.file.start;
    this.#bytes = resume?.bytes ?? 0;
    this.#problems = [...(resume?.problems ?? [])];
    for (const reason of resume?.reasons ?? []) this.#reasons.set(reason, this.#reasons.size + 1);
    const { done = 0, failed = 0, kept = 0, changed = 0, unsure = 0 } = resume ?? {};
    this.#counts = { done, failed, kept, changed, unsure };
  }

  /** What stands before the first row, with the mark where the file has one. */
  begin(head: string): string {
    const { encoding } = this.#job.file;
    const text = (encoding.markBytes > 0 ? "\ufeff" : "") + head;
    this.#bytes += bytesOf(encoding, text);
    return text;
  }

  /** The text of a group, and the entries of its rows. */
  settle({ rows, ran, firstRow }: Finished): { readonly text: string; readonly entries: readonly IndexedRow[] } {
    const { file, outputColumn, again } = this.#job;
    const { encoding } = file;
    const entries: IndexedRow[] = [];
    let text = "";
    let { bytes, line } = this.position;
    let number = firstRow;
    for (const [at, row] of rows.entries()) {
      const outcome = ran[at];
      const written = outcome?.ok ? file.put(row, outputColumn, outcome.output) : file.keep(row, outputColumn);
      const length = bytesOf(encoding, written);
      const sourceLength = written === row.raw ? length : bytesOf(encoding, row.raw);
      const endingBytes = bytesOf(encoding, row.ending);
      if (row.state !== "blank") {
        const { state, changed, unsure, reason: why } = this.#fate(row, outcome, number);
        const from = this.#bytes;
        const earlier = again?.index.get(number);
        const reason = this.#count(state, changed, unsure, why, earlier?.line ?? row.line);
        if (earlier) {
          const { line: at, sourceFrom, sourceLength: long } = earlier;
          entries.push({ from, length, line: at, sourceFrom, sourceLength: long, state, changed, unsure, reason });
        } else
          entries.push({
            from,
            length,
            line: row.line,
            sourceFrom: bytes,
            sourceLength,
            state,
            changed,
            unsure,
            reason,
          });
        number += 1;
      }
      line = row.line + countLines(row.raw) + countLines(row.ending);
      bytes += sourceLength + endingBytes;
      this.#bytes += length + endingBytes;
      text += written + row.ending;
    }
    this.position = { bytes, line };
    return { text, entries };
  }

  state(elapsedMs: number): RunState {
    return {
      rows: this.rows,
      ...this.#counts,
      position: this.position,
      bytes: this.#bytes,
      reasons: [...this.#reasons.keys()],
      problems: this.#problems,
      elapsedMs,
    };
  }

  #fate(row: FileRow, outcome: RowOutcome | undefined, number: number): Fate {
    const { file, inputColumn, outputColumn, again } = this.#job;
    const calm = { changed: false, unsure: false };
    if (outcome && !outcome.ok) return { ...calm, state: RowState.failed, reason: outcome.error };
    if (outcome) {
      const input = file.get(row, inputColumn) ?? null;
      // What stood in the column before; in a new column, what the output was made of.
      const before = (outputColumn === undefined ? undefined : file.get(row, outputColumn)) ?? input;
      const unsure = outcome.output === null || this.#isDoubtful(input);
      return { state: RowState.done, reason: "", changed: textOf(before) !== textOf(outcome.output), unsure };
    }
    if (again && again.index.state(number) !== RowState.failed) {
      const { state, changed, unsure, reason } = again.index.get(number);
      return { state, changed, unsure, reason: again.reasons[reason - 1] ?? "" };
    }
    if (row.state === "broken")
      return { ...calm, state: RowState.broken, reason: this.#spoken(row.reason ?? say`it cannot be read`) };
    const nothing = inputColumn === undefined ? say`it has no value` : say`it has no "${inputColumn}"`;
    if (hasOutput(this.#job, row)) return { ...calm, state: RowState.kept, reason: "" };
    return { ...calm, state: RowState.failed, reason: this.#spoken(nothing) };
  }

  #spoken(said: Said): string {
    return spoken(said, this.#job.words);
  }

  #isDoubtful(input: JsonValue): boolean {
    const { doubtful } = this.#job;
    return doubtful !== undefined && doubtful.size > 0 && doubtful.has(JSON.stringify(input));
  }

  /** Counts a row; gives the number of its reason. */
  #count(state: RowState, changed: boolean, unsure: boolean, reason: string, line: number): number {
    this.rows += 1;
    if (changed) this.#counts.changed += 1;
    if (unsure) this.#counts.unsure += 1;
    if (state === RowState.done) this.#counts.done += 1;
    else if (state === RowState.kept) this.#counts.kept += 1;
    else {
      this.#counts.failed += 1;
      if (this.#problems.length < maxProblems) this.#problems.push({ line, reason });
      return this.#numberOf(reason.slice(0, maxReasonChars));
    }
    return 0;
  }

  #numberOf(reason: string): number {
    const kept = this.#reasons.size < maxReasons || this.#reasons.has(reason) ? reason : this.#spoken(otherReason);
    const known = this.#reasons.get(kept);
    if (known !== undefined) return known;
    this.#reasons.set(kept, this.#reasons.size + 1);
    return this.#reasons.size;
  }
}
