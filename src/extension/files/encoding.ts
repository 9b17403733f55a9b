/** How a file's text is written in bytes: UTF-8 with or without a byte order mark, or UTF-16 with one. Pure. */
import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import { type Said, say, spoken } from "../../contract/say.ts";

export interface Encoding {
  readonly name: "utf-8" | "utf-16le" | "utf-16be";
  /** Bytes of the mark that the file starts with; 0 where it has none. */
  readonly markBytes: number;
}

/** The file cannot be read as text; the message says why and what to do. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly said: Said;

  constructor(said: Said) {
    super(spoken(said));
    this.said = said;
  }
}

export const byteOrderMark = "\ufeff";
export const plainUtf8: Encoding = { name: "utf-8", markBytes: 0 };

/** @param start The first bytes of the file, three or more where it has so many. */
export function encodingOf(start: Buffer): Encoding {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return { name: "utf-8", markBytes: 3 };
  if (start[0] === 0xff && start[1] === 0xfe) return { name: "utf-16le", markBytes: 2 };
  if (start[0] === 0xfe && start[1] === 0xff) return { name: "utf-16be", markBytes: 2 };
  return plainUtf8;
}

/**
 * Text of whole characters (see `wholeBytes`).
 * @param after Lines read before, for the message.
 * @throws UnreadableFile for bytes that are no text in this encoding.
 */
export function decodeText({ name }: Encoding, bytes: Buffer, after: number): string {
  if (name === "utf-8") return decodeUtf8(bytes, after);
  const text = decodeUtf16(name, bytes, after);
  if (text.includes("\0")) throw notText(after);
  return text;
}

function notText(after: number): UnreadableFile {
  return new UnreadableFile(
    say`This is not a text file (it holds NUL characters after line ${after}). HAPA reads text, CSV and JSON in UTF-8 or UTF-16.`,
  );
}

function decodeUtf8(bytes: Buffer, after: number): string {
  if (bytes.includes(0)) throw notText(after);
  if (isAscii(bytes)) return bytes.toString("latin1");
  if (isUtf8(bytes)) return bytes.toString("utf8");
  throw new UnreadableFile(
    say`The file is not UTF-8 text (after line ${after}). Open it with its own encoding and save it as UTF-8.`,
  );
}

function decodeUtf16(name: string, bytes: Buffer, after: number): string {
  try {
    return new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UnreadableFile(
      say`The file says it is UTF-16 text and is not (after line ${after}). Open it with its own encoding and save it as UTF-8.`,
    );
  }
}

export function encodeText({ name }: Encoding, text: string): Buffer {
  if (name === "utf-8") return Buffer.from(text, "utf8");
  const bytes = Buffer.from(text, "utf16le");
  return name === "utf-16le" ? bytes : bytes.swap16();
}

/** How many bytes `encodeText` makes of it. */
export function bytesOf({ name }: Encoding, text: string): number {
  return name === "utf-8" ? Buffer.byteLength(text) : text.length * 2;
}

/** How many of these bytes are whole lines: up to and with the last line feed; 0 where there is none. */
export function wholeLines({ name }: Encoding, bytes: Buffer): number {
  if (name === "utf-8") return bytes.lastIndexOf(0x0a) + 1;
  const [high, low] = name === "utf-16le" ? [1, 0] : [0, 1];
  for (let at = (bytes.length & ~1) - 2; at >= 0; at -= 2)
    if (bytes[at + low] === 0x0a && bytes[at + high] === 0) return at + 2;
  return 0;
}

/** How many of these bytes are whole characters. */
export function wholeCharacters({ name }: Encoding, bytes: Buffer): number {
  if (name !== "utf-8") {
    const even = bytes.length & ~1;
    const high = (bytes[even - (name === "utf-16le" ? 1 : 2)] ?? 0) & 0xfc;
    return even > 0 && high === 0xd8 ? even - 2 : even; // The first half of a pair waits for the second.
  }
  // A character has at most three bytes after its first.
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < length ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
