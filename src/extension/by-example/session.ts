/** One document that is transformed by example: edits become examples, examples a program, the program a preview. */
import type { Verification } from "../../contract/artifacts.ts";
import type { ErrorCode } from "../../contract/errors.ts";
import { type Said, say } from "../../contract/say.ts";
import type { Doubt } from "../../contract/webview.ts";
import { explain, Notice } from "../errors.ts";
import type { TextExample } from "../examples.ts";
import type { KnownProgram } from "../programs.ts";
import { count, findDoubts } from "./count.ts";
import type { Contradiction, Hand, Lesson, Rows } from "./lesson.ts";
import type { Replacement } from "./show.ts";
import type { Tracker } from "./track.ts";

/**
 * `waiting` for an example; `disagreeing` examples; `stuck`: nothing could be learned from those there are; `failed`:
 * learning itself did not work, whatever the examples.
 */
export type Phase = "waiting" | "learning" | "ready" | "disagreeing" | "stuck" | "failed";

export interface Learned {
  readonly program: KnownProgram;
  readonly verification: Verification;
  /** What the program makes of each text; null where it fails. */
  readonly outputs: ReadonlyMap<string, string | null>;
  readonly doubts: readonly Doubt[];
}

export interface Counts {
  readonly examples: number;
  /** Pieces that the preview would change. */
  readonly changes: number;
  /** Pieces the program failed on: they stay as they are. */
  readonly failed: number;
}

export interface DoubtfulPiece {
  readonly piece: number;
  readonly doubt: Doubt;
}

export interface Session {
  readonly tracker: Tracker;
  readonly rows: Rows;
  /** After the tracker has moved: which pieces were touched, and by whom. */
  edited(pieces: readonly number[], by: Hand): void;
  /** The cursors stand on these lines: edited pieces elsewhere are examples from now on. */
  cursorsOn(lines: ReadonlySet<number>): void;
  /** Learns from what is there now; resolves when there is a preview of it, or is none. */
  learnNow(): Promise<void>;
  /** The answer is one more example. */
  answer(input: string, output: string): Promise<void>;
  /** The person leaves this text open: it is no longer asked about. */
  skip(input: string): void;
  phase(): Phase;
  /** Why it is stuck. */
  problem(): string | undefined;
  learned(): Learned | undefined;
  counts(): Counts;
  doubts(): readonly DoubtfulPiece[];
  /** Pieces with examples that the program does not follow: they look like slips. */
  slips(): readonly number[];
  /** What the preview makes of an open piece; null where the program fails, undefined where it says nothing. */
  output(piece: number): string | null | undefined;
  replacements(): readonly Replacement[];
  /** Aborted when it has ended. */
  readonly ended: AbortSignal;
  end(): void;
}

export interface SessionParts {
  readonly tracker: Tracker;
  readonly rows: Rows;
  readonly learn: (
    examples: readonly TextExample[],
    inputs: readonly string[],
    signal: AbortSignal,
  ) => Promise<Learned>;
  /** What is said in the language of this window. */
  readonly words: (said: Said) => string;
  readonly describe: (contradiction: Contradiction) => string;
  /** Called where learning failed through no fault of the examples; once for each way it fails. */
  readonly onFailure: (error: unknown) => void;
  /** Called after everything that is to be seen. */
  readonly onChange: () => void;
  /** How long after an edit its line counts as done though the cursor still stands on it. */
  readonly pauseMs: number;
}

const aboutExamples: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["not_enough_examples", "verification_failed"]);

export function createSession(parts: SessionParts): Session {
  const { tracker, rows, learn, onChange } = parts;
  const ending = new AbortController();
  const skipped = new Set<string>();
  const pending = new Set<number>();
  let pause: NodeJS.Timeout | undefined;
  let phase: Phase = "waiting";
  let problem: string | undefined;
  let learned: Learned | undefined;
  let odd: readonly number[] = [];
  let lessonKey = "";
  let asked: ReadonlySet<string> = new Set();
  const told = new Set<string>();
  let learning: { readonly controller: AbortController; readonly done: Promise<void> } | undefined;

  /** Of all pieces, and asked for at every keystroke: counted once until something changes. */
  let counts: Counts | undefined;
  let doubts: readonly DoubtfulPiece[] | undefined;
  const changed = (): void => {
    counts = undefined;
    doubts = undefined;
    onChange();
  };
  const become = (next: Phase, why?: string): void => {
    phase = next;
    problem = why;
    if (next !== "ready" && next !== "learning") {
      learned = undefined;
      odd = [];
    }
    changed();
  };
  const stopWaiting = (): void => {
    clearTimeout(pause);
    pause = undefined;
    pending.clear();
  };

  /** Begins to learn where there is something new to learn from; a newer lesson stops the one before it. */
  const learnWhatIsNew = (): void => {
    stopWaiting();
    const { examples, from, contradiction } = rows.lesson();
    const inputs = rows.inputs();
    const key = JSON.stringify([examples, contradiction]);
    if (key === lessonKey && inputs.every((input) => asked.has(input))) {
      changed();
      return;
    }
    lessonKey = key;
    asked = new Set(inputs);
    learning?.controller.abort();
    learning = undefined;
    if (contradiction) become("disagreeing", parts.describe(contradiction));
    else if (examples.length === 0) become("waiting");
    else begin(examples, from, inputs);
  };
  const begin = (examples: readonly TextExample[], from: Lesson["from"], inputs: readonly string[]): void => {
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, ending.signal]);
    const done = learn(examples, inputs, signal).then(
      (result) => {
        if (signal.aborted) return;
        learned = result;
        odd = result.verification.oddExamples.flatMap((at) => from[at] ?? []);
        become("ready");
      },
      (error: unknown) => {
        if (!signal.aborted) fail(error);
      },
    );
    learning = { controller, done };
    become("learning");
  };
  const fail = (error: unknown): void => {
    const { message: said, code } = explain(error);
    const message = parts.words(said);
    if (code === "contradictory_examples") become("disagreeing", message);
    else if (code === undefined ? error instanceof Notice : aboutExamples.has(code)) become("stuck", message);
    else {
      lessonKey = ""; // It may go better when it is tried again.
      become("failed", message);
      if (!told.has(message)) parts.onFailure(error);
      told.add(message);
    }
  };
  const learnNow = async (): Promise<void> => {
    learnWhatIsNew();
    // A newer lesson may have taken the place of this one meanwhile.
    for (let last = learning; last && !ending.signal.aborted; last = learning) {
      await last.done;
      if (last === learning) break;
    }
  };
  const output = (piece: number): string | null | undefined => {
    const text = rows.open(piece);
    return text === undefined ? undefined : learned?.outputs.get(text);
  };

  return {
    tracker,
    rows,
    edited(pieces, by) {
      if (pieces.length === 0) return;
      rows.edited(pieces, by);
      for (const piece of pieces) pending.add(piece);
      clearTimeout(pause);
      pause = setTimeout(learnWhatIsNew, parts.pauseMs);
      changed();
    },
    cursorsOn(lines) {
      if (pending.size === 0) return;
      const isThere = (piece: number): boolean => {
        const span = tracker.span(piece);
        for (let line = span?.start.line ?? 0; span && line <= span.end.line; line++) if (lines.has(line)) return true;
        return false;
      };
      if (![...pending].some(isThere)) learnWhatIsNew();
    },
    learnNow,
    answer(input, output) {
      rows.answer(input, output);
      return learnNow();
    },
    skip(input) {
      skipped.add(input);
      changed();
    },
    phase: () => phase,
    problem: () => problem,
    learned: () => learned,
    counts: () => (counts ??= count(rows, output)),
    doubts: () => (doubts ??= findDoubts(rows, learned?.doubts ?? [], skipped)),
    slips: () => odd,
    output,
    replacements() {
      const found: Replacement[] = [];
      for (let piece = 0; piece < rows.count(); piece++) {
        const result = output(piece);
        if (result === undefined || result === null || result === rows.open(piece)) continue;
        found.push({ piece, text: rows.written(piece, result) });
      }
      return found;
    },
    ended: ending.signal,
    end() {
      stopWaiting();
      ending.abort(new Notice(say`Transform by Example has ended.`));
    },
  };
}
