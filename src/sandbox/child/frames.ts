/** Frames on a pipe (see protocol.ts): written whole, read blocking in the child, read as they come in the supervisor. */
import { readSync, writeSync } from "node:fs";

/** A message, and the lines that follow it. */
export interface Frame {
  /** JSON text. */
  readonly head: string;
  readonly body: string;
}

const prefixBytes = 4;
const newline = 10;

export function encodeFrame(message: object, body?: string): Buffer {
  const head = JSON.stringify(message);
  const text = body === undefined ? head : `${head}\n${body}`;
  const bytes = Buffer.allocUnsafe(prefixBytes + Buffer.byteLength(text));
  bytes.writeUInt32LE(bytes.length - prefixBytes);
  bytes.write(text, prefixBytes);
  return bytes;
}

function decode(bytes: Buffer): Frame {
  const end = bytes.indexOf(newline);
  return end < 0
    ? { head: bytes.toString(), body: "" }
    : { head: bytes.toString("utf8", 0, end), body: bytes.toString("utf8", end + 1) };
}

/** Puts frames together from what a pipe delivers. */
export class FrameReader {
  readonly #largest: number;
  readonly #onFrame: (frame: Frame) => void;
  #parts: Buffer[] = [];
  #held = 0;
  /** Bytes needed before anything can be read. */
  #needed = prefixBytes;

  /** @param largest In bytes: a frame that says it is larger makes `push` throw. */
  constructor(largest: number, onFrame: (frame: Frame) => void) {
    this.#largest = largest;
    this.#onFrame = onFrame;
  }

  push(chunk: Buffer): void {
    this.#parts.push(chunk);
    this.#held += chunk.length;
    if (this.#held < this.#needed) return;
    const bytes = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts, this.#held);
    let at = 0;
    this.#needed = prefixBytes;
    while (bytes.length - at >= prefixBytes) {
      const length = bytes.readUInt32LE(at);
      if (length > this.#largest) throw new Error(`a frame of ${length} bytes`);
      const end = at + prefixBytes + length;
      if (end > bytes.length) {
        this.#needed = prefixBytes + length;
        break;
      }
      this.#onFrame(decode(bytes.subarray(at + prefixBytes, end)));
      at = end;
    }
    this.#held = bytes.length - at;
    this.#parts = this.#held === 0 ? [] : [bytes.subarray(at)];
  }
}

/** Frames from a descriptor, waited for one after the other and nothing else. */
export class FrameSource {
  readonly #fd: number;
  /** What was read and not used yet: from `start` to `end`. */
  #bytes = Buffer.allocUnsafe(65_536);
  #start = 0;
  #end = 0;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** The next frame; null where the other side has gone. */
  next(): Frame | null {
    if (!this.#fill(prefixBytes)) return null;
    const length = this.#bytes.readUInt32LE(this.#start);
    if (!this.#fill(prefixBytes + length)) return null;
    const from = this.#start + prefixBytes;
    this.#start = from + length;
    return decode(this.#bytes.subarray(from, this.#start));
  }

  /** Reads until so many bytes are there, most often by one call. */
  #fill(wanted: number): boolean {
    if (this.#start === this.#end) this.#start = this.#end = 0;
    if (this.#start + wanted > this.#bytes.length) {
      const larger = wanted > this.#bytes.length ? Buffer.allocUnsafe(wanted) : this.#bytes;
      this.#bytes.copy(larger, 0, this.#start, this.#end);
      this.#bytes = larger;
      this.#end -= this.#start;
      this.#start = 0;
    }
    while (this.#end - this.#start < wanted) {
      const read = patiently(() => readSync(this.#fd, this.#bytes, this.#end, this.#bytes.length - this.#end, null));
      if (read === null || read === 0) return false;
      this.#end += read;
    }
    return true;
  }
}

/** Returns once all of it is with the operating system. */
export function writeFrame(fd: number, message: object, body?: string): void {
  const bytes = encodeFrame(message, body);
  for (let at = 0; at < bytes.length; ) {
    at += patiently(() => writeSync(fd, bytes, at, bytes.length - at)) ?? 0;
  }
}

/** Tries again while a pipe that does not block has nothing or no room; null at its end. */
function patiently(action: () => number): number | null {
  while (true) {
    try {
      return action();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return null; // Windows says the end of a pipe so.
      if (code !== "EAGAIN" && code !== "EINTR") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
