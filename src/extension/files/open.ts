/** Opens a file as rows, by its name's ending. */
import { extname } from "node:path";
import { openCsv } from "./csv.ts";
import type { RowFile } from "./format.ts";
import { openJson } from "./json.ts";
import { openJsonl } from "./jsonl.ts";
import { openPlain } from "./plain.ts";

export interface OpenOptions {
  /** The name that tells the format; absent: the path's own. */
  readonly name?: string;
  /** In JSON: where the list is (see `openJson`). */
  readonly at?: string;
}

/** .csv and .tsv, .json, .jsonl and .ndjson; anything else is read as lines. @throws UnreadableFile */
export async function openFile(path: string, { name = path, at }: OpenOptions = {}): Promise<RowFile> {
  switch (extname(name).toLowerCase()) {
    case ".csv":
      return openCsv(path);
    case ".tsv":
    case ".tab":
      return openCsv(path, "\t");
    case ".json":
      return openJson(path, at);
    case ".jsonl":
    case ".ndjson":
      return openJsonl(path);
    default:
      return openPlain(path);
  }
}
