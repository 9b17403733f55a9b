/** The lines of a dataset: which columns they have, and what of a task's data goes into them. */
import type { DatasetKind, PrivacyMode } from "../../contract/datasets.ts";
import type { ExecutionRow, ValidationRow } from "../../store/schema.ts";
import { hmacSha256 } from "./hmac.ts";
import { maskJson, maskText } from "./mask/mask.ts";

/** What is handed over of each kind: rows as the database has them. */
export interface DatasetRows {
  executions: ExecutionRow;
  validations: ValidationRow;
}

/** A line of `executions/`. A column has the same type in every line, or is null. */
export interface ExecutionLine {
  execution_id: string;
  task_id: string;
  artifact_id: string;
  version: number;
  status: ExecutionRow["status"];
  /** ISO 8601 in UTC. */
  executed_at: string;
  /** Inside the sandbox child. */
  latency_ms: number;
  /** JSON text: a task's inputs may be of any shape, a column of any table is of one. Null: strict, or too long. */
  input: string | null;
  /** JSON text. Null also where the program did not succeed. */
  output: string | null;
  error_message: string | null;
  /** Lengths of the JSON texts as they were, in UTF-16 code units. */
  input_chars: number;
  output_chars: number;
  /** HMAC-SHA256 of the JSON texts as they were, by the installation's key and the task: equal texts, equal hashes. */
  input_hash: string;
  output_hash: string | null;
  /** How many pieces of personal data were masked in this line. */
  masked: number;
  privacy: PrivacyMode;
  /** `chance`: a fair draw, says how often a program is right; `target`: chosen for what it looks like, or asked for. */
  sampling: "chance" | "target";
}

/** A line of `validations/`; `execution_id` leads to the execution. */
export interface ValidationLine {
  validation_id: string;
  execution_id: string;
  task_id: string;
  version: number;
  oracle: ValidationRow["oracle"];
  correct: boolean;
  validated_at: string;
  /** JSON text; null where the oracle gave none, in strict mode, or where it is too long. */
  expected_output: string | null;
  expected_output_chars: number;
  expected_output_hash: string | null;
  masked: number;
  privacy: PrivacyMode;
}

/** Longer texts are left out of a line; their lengths and hashes stay. DuckDB reads lines of up to 16 MB. */
export const longestText = 1_000_000;
const placeholderDigits = 8;
const hashDigits = 32;

/** Writes lines; everything secret in them is named with one key. */
export class LineWriter {
  readonly #hmac: (text: string) => string;
  /** The last time that was looked at, and its day: rows of a batch have the same. */
  #time = "";
  #day = "";

  constructor(key: Buffer) {
    this.#hmac = hmacSha256(key);
  }

  /**
   * @returns one line of JSON without its newline, and the UTC day it belongs to
   * @throws RangeError for a time that is none
   */
  line<K extends DatasetKind>(kind: K, row: DatasetRows[K], privacy: PrivacyMode): { day: string; line: string } {
    const time = kind === "executions" ? (row as ExecutionRow).executed_at : (row as ValidationRow).created_at;
    if (time !== this.#time) {
      this.#day = new Date(time).toISOString().slice(0, 10);
      this.#time = time;
    }
    const made =
      kind === "executions"
        ? this.#execution(row as ExecutionRow, privacy)
        : this.#validation(row as ValidationRow, privacy);
    return { day: this.#day, line: JSON.stringify(made) };
  }

  #execution(row: ExecutionRow, privacy: PrivacyMode): ExecutionLine {
    const content = this.#content(row.task_id, privacy);
    return {
      execution_id: row.id,
      task_id: row.task_id,
      artifact_id: row.artifact_id,
      version: row.version,
      status: row.status,
      executed_at: row.executed_at,
      latency_ms: row.latency_ms,
      input: content.json(row.input),
      output: content.json(row.output),
      error_message: content.text(row.error_message),
      input_chars: row.input.length,
      output_chars: row.output?.length ?? 0,
      input_hash: this.#hash(row.task_id, row.input),
      output_hash: row.output === null ? null : this.#hash(row.task_id, row.output),
      masked: content.masked(),
      privacy,
      sampling: row.sampled === 1 ? "chance" : "target",
    };
  }

  #validation(row: ValidationRow, privacy: PrivacyMode): ValidationLine {
    const content = this.#content(row.task_id, privacy);
    const expected = row.expected_output;
    return {
      validation_id: row.id,
      execution_id: row.execution_id,
      task_id: row.task_id,
      version: row.version,
      oracle: row.oracle,
      correct: row.correct === 1,
      validated_at: row.created_at,
      expected_output: content.json(expected),
      expected_output_chars: expected?.length ?? 0,
      expected_output_hash: expected === null ? null : this.#hash(row.task_id, expected),
      masked: content.masked(),
      privacy,
    };
  }

  /** What a privacy mode lets through. */
  #content(taskId: string, privacy: PrivacyMode) {
    let masked = 0;
    const nameOf = (kind: string, value: string): string => {
      masked++;
      return `<${kind}:${this.#hash(taskId, `${kind}\0${value}`).slice(0, placeholderDigits)}>`;
    };
    const through = (text: string | null, mask: (text: string, name: typeof nameOf) => string): string | null => {
      if (text === null || privacy === "strict" || text.length > longestText) return null;
      return privacy === "permissive" ? text : mask(text, nameOf);
    };
    return {
      json: (text: string | null) => through(text, maskJson),
      text: (text: string | null) => through(text, maskText),
      masked: () => masked,
    };
  }

  /** By task, so that two tasks' datasets cannot be joined by whom they are about. */
  #hash(taskId: string, text: string): string {
    return this.#hmac(`${taskId}\0${text}`).slice(0, hashDigits);
  }
}
