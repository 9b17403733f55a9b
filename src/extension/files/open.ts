/** Opens a file as rows, by its name's ending. */
import { extname } from "node:path";
import { openCsv } from "./csv.ts";
import type { RowFile } from "./format.ts";
import { openJsonl } from "./jsonl.ts";
import { openPlain } from "./plain.ts";

/** .csv and .tsv, .jsonl and .ndjson; anything else is read as lines. @throws UnreadableFile */
export async function openFile(path: string): Promise<RowFile> {
  switch (extname(path).toLowerCase()) {
    case ".csv":
      return openCsv(path);
    case ".tsv":
    case ".tab":
      return openCsv(path, "\t");
    case ".jsonl":
    case ".ndjson":
      return openJsonl(path);
    default:
      return openPlain(path);
  }
}
