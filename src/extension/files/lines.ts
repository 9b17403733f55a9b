/**
 * Reads a text file line by line in bounded memory, keeping each line's own ending and the byte order mark, and
 * refuses what is not UTF-8 text before anything is made of it. No VS Code here.
 */
import { createReadStream } from "node:fs";
import { TextDecoder } from "node:util";

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  /** `\n`, `\r\n`, or empty for a last line without one. */
  readonly ending: string;
}

/** The file cannot be read as text; the message says why and what to do. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}

const maxLineChars = 16_000_000;
export const byteOrderMark = "\ufeff";

/**
 * Gives lines in groups, as they are read. The mark at the start of the file is not part of the first line.
 * @param onBytes told how many bytes were read with each chunk.
 * @throws UnreadableFile for binary files, other encodings and endless lines.
 */
export async function* readLines(
  path: string,
  options: { readonly signal?: AbortSignal; readonly onBytes?: (count: number) => void } = {},
): AsyncGenerator<readonly Line[]> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let rest = "";
  let number = 0;
  let first = true;
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    options.signal?.throwIfAborted();
    if (chunk.includes(0))
      throw new UnreadableFile(
        "This is not a text file (it holds NUL bytes). HAPA reads UTF-8 text, CSV and JSON lines; a UTF-16 file must be saved as UTF-8 first.",
      );
    let text = rest + decode(decoder, chunk, number);
    if (first && text !== "") {
      if (text.startsWith(byteOrderMark)) text = text.slice(1);
      first = false;
    }
    const lines: Line[] = [];
    let from = 0;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", from)) {
      const carriageReturn = at > from && text.charCodeAt(at - 1) === 13;
      number += 1;
      lines.push({
        number,
        text: text.slice(from, carriageReturn ? at - 1 : at),
        ending: carriageReturn ? "\r\n" : "\n",
      });
      from = at + 1;
    }
    rest = text.slice(from);
    if (rest.length > maxLineChars)
      throw new UnreadableFile(`Line ${number + 1} is longer than ${maxLineChars / 1e6} million characters.`);
    options.onBytes?.(chunk.length);
    if (lines.length > 0) yield lines;
  }
  rest += decode(decoder, undefined, number);
  if (rest !== "") yield [{ number: number + 1, text: rest, ending: "" }];
}

/** Whether the file starts with a UTF-8 byte order mark. */
export async function startsWithMark(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path, { end: 2 }) as AsyncIterable<Buffer>)
    return chunk.equals(Buffer.from(byteOrderMark));
  return false;
}

function decode(decoder: TextDecoder, chunk: Buffer | undefined, after: number): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw new UnreadableFile(
      `The file is not UTF-8 text (after line ${after}). Open it with its own encoding and save it as UTF-8.`,
    );
  }
}
