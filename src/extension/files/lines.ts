/** Reads a text file piece by piece in bounded memory, from its start or from a place in it. No VS Code here. */
import { type FileHandle, open } from "node:fs/promises";
import { say } from "../../contract/say.ts";
import { decodeText, type Encoding, encodingOf, UnreadableFile, wholeCharacters, wholeLines } from "./encoding.ts";
import type { Place, ReadOptions } from "./format.ts";

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  /** `\n`, `\r\n`, or empty for a last line without one. */
  readonly ending: string;
}

/** Longest line, CSV record or JSON value. */
export const maxRowChars = 16_000_000;
const chunkBytes = 256 * 1024;

/** By the mark at the file's start; UTF-8 where there is none. */
export async function readEncoding(path: string): Promise<Encoding> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return encodingOf(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

export interface TextOptions extends ReadOptions {
  /** In bytes; small ones are for tests. */
  readonly chunkBytes?: number;
}

/** Gives lines in groups, as they are read. @throws UnreadableFile for what is no text, and for endless lines. */
export async function* readLines(
  path: string,
  encoding: Encoding,
  options: TextOptions = {},
): AsyncGenerator<readonly Line[]> {
  let number = (options.from?.line ?? 1) - 1;
  for await (const text of readText(path, encoding, "lines", options)) {
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
    if (from < text.length) lines.push({ number: ++number, text: text.slice(from), ending: "" });
    yield lines;
  }
}

/**
 * Gives the text in pieces of whole lines or whole characters; the next one is read while a piece is worked on. The
 * mark at the start of the file is left out.
 * @throws UnreadableFile; the signal's reason where it was aborted.
 */
export async function* readText(
  path: string,
  encoding: Encoding,
  unit: "lines" | "characters",
  { from = startOf(encoding), signal, chunkBytes: size = chunkBytes }: TextOptions = {},
): AsyncGenerator<string> {
  const whole = unit === "lines" ? wholeLines : wholeCharacters;
  const file = await open(path);
  let reading: Promise<Buffer> | undefined;
  try {
    let position = from.bytes;
    let line = from.line - 1;
    let rest: Buffer = Buffer.alloc(0);
    // One is read into while the other is worked on: a buffer for each piece would wait long for its collection.
    let [next, other] = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(size)];
    reading = readAt(file, position, next);
    while (true) {
      signal?.throwIfAborted();
      const chunk = await reading;
      position += chunk.length;
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (chunk.length === 0) {
        if (bytes.length > 0) yield decodeText(encoding, bytes, line);
        return;
      }
      [next, other] = [other, next];
      reading = readAt(file, position, next);
      reading.catch(() => {}); // Told when it is waited for; a reader that stops early does not wait.
      const taken = whole(encoding, bytes);
      rest = Buffer.from(bytes.subarray(taken));
      if (rest.length > maxRowChars)
        throw new UnreadableFile(say`Line ${line + 1} is longer than ${maxRowChars / 1e6} million characters.`);
      if (taken === 0) continue;
      const text = decodeText(encoding, bytes.subarray(0, taken), line);
      yield text;
      line += countLines(text);
    }
  } finally {
    await reading?.catch(() => {});
    await file.close();
  }
}

/** Where the text begins: after the mark. */
export function startOf({ markBytes }: Encoding): Place {
  return { bytes: markBytes, line: 1 };
}

/** Line feeds in a text. */
export function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

async function readAt(file: FileHandle, position: number, into: Buffer): Promise<Buffer> {
  const { bytesRead } = await file.read(into, 0, into.length, position);
  return into.subarray(0, bytesRead);
}
