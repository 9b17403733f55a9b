/** What edited pieces teach: examples from those that were changed, and what is left for the program. Pure. */
import type { TextExample } from "../examples.ts";
import { readCell, writeCell } from "./cells.ts";
import type { Pieces } from "./pieces.ts";
import type { Tracker } from "./track.ts";

/** More examples than this teach nothing more, and would take long. */
const maxExamples = 200;

export interface Contradiction {
  readonly input: string;
  /** Positions of two pieces that began with the same text and were changed into different ones. */
  readonly pieces: readonly [number, number];
}

export interface Lesson {
  readonly examples: readonly TextExample[];
  /** Piece of each example; undefined for an answer to a question. */
  readonly from: readonly (number | undefined)[];
  readonly contradiction?: Contradiction;
}

/** `other`: another extension, a formatter, replacing all; what they change begins anew from there. */
export type Hand = "person" | "other" | "undo" | "redo";

export interface Rows {
  readonly kind: Pieces["kind"];
  /** Takes over that these pieces were edited. What was no example yet becomes one by the person's own hand only. */
  edited(pieces: readonly number[], by: Hand): void;
  /** The piece said this before the person edited it, ahead of all that is followed here: it is an example. */
  began(piece: number, text: string): void;
  /** The person says what every piece with this text is to become, without editing one. */
  answer(input: string, output: string): void;
  lesson(): Lesson;
  /** What the piece says where the program may fill it; undefined where the person changed it, or it is gone. */
  open(piece: number): string | undefined;
  isExample(piece: number): boolean;
  /** Positions of all examples made by editing, in order. */
  examples(): readonly number[];
  /** Each text that is open, once, in order. */
  inputs(): readonly string[];
  count(): number;
  /** An output as it has to stand in the document in place of the piece. */
  written(piece: number, output: string): string;
}

export function createRows(tracker: Tracker, { kind, delimiter, spans }: Pieces): Rows {
  const read = (piece: number): string | undefined => {
    const text = tracker.text(piece);
    return text === undefined || delimiter === undefined ? text : readCell(text);
  };
  const originals: string[] = spans.map((_, piece) => read(piece) ?? "");
  const changed = new Set<number>();
  const gone = new Set<number>();
  const answers = new Map<string, string>();
  /** Texts that pieces began from, where another hand changed them: undo and redo go back and forth between them. */
  const earlier = new Map<number, Set<string>>();
  /** A line that was emptied is on its way to something else, or deleted: it says nothing. */
  const isBlank = (text: string): boolean => kind === "lines" && text.trim() === "";
  const open = (piece: number): string | undefined =>
    changed.has(piece) || gone.has(piece) ? undefined : originals[piece];
  const examples = (): number[] => [...changed].filter((piece) => !isBlank(read(piece) ?? "")).sort((a, b) => a - b);

  const isNoExample = (piece: number, text: string, by: Hand): boolean =>
    // Undone before it was an example: that is from before the work began, or another hand's.
    by === "other" || by === "undo" || (by === "redo" && earlier.get(piece)?.has(text) === true);
  const beginAnew = (piece: number, text: string): void => {
    const texts = earlier.get(piece) ?? new Set([originals[piece] ?? ""]);
    earlier.set(piece, texts.add(text));
    originals[piece] = text;
  };

  return {
    kind,
    edited(pieces, by) {
      for (const piece of pieces) {
        const text = read(piece);
        if (text === undefined) {
          gone.add(piece);
          changed.delete(piece);
        } else if (gone.delete(piece)) {
          if (text !== originals[piece]) changed.add(piece); // Taken away as an example, and back by undo.
        } else if (!changed.has(piece) && isNoExample(piece, text, by)) beginAnew(piece, text);
        else if (text === originals[piece]) changed.delete(piece);
        else changed.add(piece);
      }
    },
    began(piece, text) {
      originals[piece] = text;
      changed.add(piece);
    },
    answer: (input, output) => void answers.set(input, output),
    lesson() {
      const known = new Map<string, { readonly output: string; readonly piece: number | undefined }>();
      let contradiction: Contradiction | undefined;
      for (const piece of examples()) {
        const [input, output] = [originals[piece] ?? "", read(piece) ?? ""];
        const other = known.get(input);
        if (other && other.output !== output) contradiction ??= { input, pieces: [other.piece ?? piece, piece] };
        if (!other && known.size < maxExamples) known.set(input, { output, piece });
      }
      // An edit says more than an answer: the person has written it.
      for (const [input, output] of answers) if (!known.has(input)) known.set(input, { output, piece: undefined });
      return {
        examples: [...known].map(([input, { output }]) => ({ input, output })),
        from: [...known.values()].map(({ piece }) => piece),
        ...(contradiction ? { contradiction } : {}),
      };
    },
    open,
    isExample: (piece) => changed.has(piece) && !isBlank(read(piece) ?? ""),
    examples,
    inputs: () => [...new Set(originals.filter((_, piece) => open(piece) !== undefined))],
    count: () => originals.length,
    written: (piece, output) =>
      delimiter === undefined ? output : writeCell(output, delimiter, (tracker.text(piece) ?? "").startsWith('"')),
  };
}
