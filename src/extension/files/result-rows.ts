/** A finished result as a table: what its columns are, and what stands in them. No VS Code here. */
import { open } from "node:fs/promises";
import { decodeText, type Encoding, UnreadableFile } from "./encoding.ts";
import { describeSource, type RunOrder } from "./journal.ts";
import { openFile } from "./open.ts";
import type { IndexedRow } from "./row-index.ts";

export interface ResultTable {
  /** Path of the result. */
  readonly path: string;
  /** Path of the file that was read, where its rows are shown too: in lines, an output stands in its input's place. */
  readonly inputs: string | undefined;
  readonly encoding: Encoding;
  /** Empty where a row is one value: then what stands there is "input" (where shown) and "output". */
  readonly columns: readonly string[];
  /** The cells of a row; `input` where `inputs` is there. */
  cells(output: string, input: string | undefined): readonly string[];
}

/** @throws UnreadableFile, or what the file system says, where the result is not there any more */
export async function openResult(path: string, { source, at }: RunOrder): Promise<ResultTable> {
  const file = await openFile(path, { name: source.path, ...(at === undefined ? {} : { at }) });
  const now = await describeSource(source.path).catch(() => undefined);
  const unchanged = now?.size === source.size && now.mtimeMs === source.mtimeMs;
  const whole = file.columns.length === 0;
  return {
    path,
    inputs: whole && unchanged ? source.path : undefined,
    encoding: file.encoding,
    columns: file.columns,
    cells: (output, input) => (input === undefined ? file.cells(output) : [input, output]),
  };
}

/** The texts of some rows as cells, in their order. */
export async function readRows(table: ResultTable, rows: readonly IndexedRow[]): Promise<(readonly string[])[]> {
  const outputs = await readTexts(
    table.path,
    table.encoding,
    rows.map(({ from, length }) => ({ from, length })),
  );
  if (table.inputs === undefined) return outputs.map((output) => table.cells(output, undefined));
  const places = rows.map(({ sourceFrom, sourceLength }) => ({ from: sourceFrom, length: sourceLength }));
  const inputs = await readTexts(table.inputs, table.encoding, places);
  return outputs.map((output, at) => table.cells(output, inputs[at] ?? ""));
}

/** So much of a row is read to be shown. */
export const shownBytes = 64_000;

async function readTexts(
  path: string,
  encoding: Encoding,
  places: readonly { readonly from: number; readonly length: number }[],
): Promise<string[]> {
  const file = await open(path);
  try {
    const texts: string[] = [];
    for (const { from, length } of places) {
      const size = Math.min(length, shownBytes);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, from);
      texts.push(textOfRow(encoding, buffer.subarray(0, bytesRead)));
    }
    return texts;
  } finally {
    await file.close();
  }
}

/** A row's bytes as text. A row that was cut short may end within a character. */
export function textOfRow(encoding: Encoding, bytes: Buffer): string {
  try {
    return decodeText(encoding, bytes, 0);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return bytes.toString(encoding.name === "utf-8" ? "utf8" : "utf16le");
  }
}
