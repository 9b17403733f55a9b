/** A text file: each line is a row, and the output takes its place. */
import type { FileRow, RowFile } from "./format.ts";
import { textOf } from "./format.ts";
import { readEncoding, readLines, startOf, type TextOptions } from "./lines.ts";

export async function openPlain(path: string): Promise<RowFile> {
  const encoding = await readEncoding(path);
  return {
    kind: "lines",
    path,
    encoding,
    columns: [],
    start: startOf(encoding),
    head: () => "",
    async *rows(options: TextOptions) {
      for await (const lines of readLines(path, encoding, options))
        yield lines.map(
          ({ number, text, ending }): FileRow => ({
            line: number,
            raw: text,
            ending,
            state: text.trim() === "" ? "blank" : "row",
            value: text,
          }),
        );
    },
    get: (row) => row.value,
    put: (_row, _column, output) => textOf(output),
    keep: (row) => row.raw,
    cells: (raw) => [raw],
  };
}
