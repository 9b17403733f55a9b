/** A text file: each line is a row, and the output takes its place. */
import type { FileRow, RowFile } from "./format.ts";
import { textOf } from "./format.ts";
import { byteOrderMark, readLines, startsWithMark } from "./lines.ts";

export async function openPlain(path: string): Promise<RowFile> {
  const mark = await startsWithMark(path);
  return {
    kind: "lines",
    path,
    columns: [],
    head: () => (mark ? byteOrderMark : ""),
    async *rows(options) {
      for await (const lines of readLines(path, options))
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
  };
}
