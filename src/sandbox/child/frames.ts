/** Frames on a pipe (see protocol.ts): written whole, read as they come. */
import { readSync, writeSync } from "node:fs";
import { Socket, type SocketConstructorOpts } from "node:net";

/** A message, and the lines that follow it. */
export interface Frame {
  /** JSON text. */
  readonly head: string;
  readonly body: string;
}

const prefixBytes = 4;
const newline = 10;
/** A frame that comes within this time is worth waiting for awake. */
const soonMs = 0.15;
/** Elsewhere a pipe cannot be asked without waiting. */
const looksAhead = process.platform !== "win32";

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

/**
 * Frames from a descriptor, one after the other. To be woken costs more than most programs take, so where the last
 * frame came soon after it was asked for, the next one is looked for a moment before the thread goes to sleep.
 */
export class FrameSource {
  readonly #fd: number;
  readonly #buffer = Buffer.allocUnsafe(65_536);
  readonly #frames: Frame[] = [];
  readonly #reader = new FrameReader(Number.POSITIVE_INFINITY, (frame) => this.#frames.push(frame));
  #ended = false;
  #comeSoon = false;
  #wake: (() => void) | null = null;

  constructor(fd: number) {
    this.#fd = fd;
    const take = (length: number, buffer: Uint8Array) => {
      this.#take(length, buffer);
      this.#wake?.();
      return true;
    };
    const end = () => {
      this.#ended = true;
      this.#wake?.();
    };
    const onread = { buffer: this.#buffer, callback: take };
    const socket = new Socket({ fd, readable: true, writable: false, onread } as SocketConstructorOpts);
    socket.once("end", end).once("close", end).once("error", end).resume();
  }

  /** The next frame; null where the other side has gone. */
  async next(): Promise<Frame | null> {
    const askedAt = performance.now();
    if (this.#comeSoon && this.#frames.length === 0) this.#look(askedAt + soonMs);
    while (this.#frames.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#wake = null;
    this.#comeSoon = looksAhead && performance.now() - askedAt < soonMs;
    return this.#frames.shift() ?? null;
  }

  #take(length: number, buffer: Uint8Array): void {
    // A copy: what is kept of an unfinished frame must outlast the next read.
    this.#reader.push(Buffer.from(buffer.subarray(0, length)));
  }

  /** Reads what is there, again and again until it is a frame or the time is up. */
  #look(until: number): void {
    while (this.#frames.length === 0 && performance.now() < until) {
      try {
        const length = readSync(this.#fd, this.#buffer);
        if (length === 0) return; // the end: the event loop will say so
        this.#take(length, this.#buffer);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== "EAGAIN" && code !== "EINTR") return; // the event loop will say so
      }
    }
  }
}

/** Returns once all of it is with the operating system. */
export function writeFrame(fd: number, message: object, body?: string): void {
  const bytes = encodeFrame(message, body);
  for (let at = 0; at < bytes.length; ) {
    at += patiently(() => writeSync(fd, bytes, at, bytes.length - at)) ?? 0;
  }
}

/** Tries again while a pipe that does not block has no room; null at its end. */
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
