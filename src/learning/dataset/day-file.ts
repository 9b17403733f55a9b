/** Files of lines that are only added to: each ends with a newline, also after a process was killed while writing. */
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

const chunkBytes = 65_536;
const newline = 0x0a;

/**
 * Adds whole lines; the folder is made where missing. Only one process may do so at a time (`FolderLock`).
 *
 * A last line without its end was left by a process that was killed, or by a disk that was full: it is cut off first.
 * Where the writing fails, the file is left as long as it was.
 * @param lines Ends with a newline.
 * @param most Of the file, in bytes.
 * @returns bytes before, without what was cut off; false where it would be larger than it may, and nothing was added
 */
export async function appendLines(path: string, lines: Buffer, most: number): Promise<{ before: number } | false> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, "a+", 0o600);
  try {
    const { size } = await file.stat();
    const before = await wholeLinesEnd(file, size);
    if (before < size) await file.truncate(before);
    if (before + lines.length > most) return false;
    try {
      await file.appendFile(lines);
    } catch (error) {
      // Also on a full disk: to make a file shorter needs no space.
      await file.truncate(before);
      throw error;
    }
    return { before };
  } finally {
    await file.close();
  }
}

/** Cuts off a last line without its end, so that other programs can read the file. Nobody else writes meanwhile. */
export async function repairEnd(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    const end = await wholeLinesEnd(file, size);
    if (end < size) await file.truncate(end);
  } finally {
    await file.close();
  }
}

/** The bytes of a file's whole lines, as it is now; what is added meanwhile is not read. None where there is no file. */
export async function* readLines(path: string): AsyncGenerator<Buffer> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  try {
    const end = await wholeLinesEnd(file, (await file.stat()).size);
    if (end > 0) yield* file.createReadStream({ start: 0, end: end - 1, autoClose: false });
  } finally {
    await file.close();
  }
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

/** Where the last whole line ends, in bytes. */
async function wholeLinesEnd(file: FileHandle, size: number): Promise<number> {
  const last = Buffer.alloc(1);
  if (size === 0) return 0;
  await file.read(last, 0, 1, size - 1);
  if (last[0] === newline) return size;
  const chunk = Buffer.alloc(chunkBytes);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - chunkBytes);
    const { bytesRead } = await file.read(chunk, 0, end - start, start);
    const at = chunk.subarray(0, bytesRead).lastIndexOf(newline);
    if (at >= 0) return start + at + 1;
    end = start;
  }
  return 0;
}
