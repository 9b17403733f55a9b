/** A JSON file: the elements of its array are rows, read one after the other, however large the file is. */
import { joined, say } from "../../contract/say.ts";
import { bytesOf, type Encoding, UnreadableFile } from "./encoding.ts";
import type { FileRow, Place, RowFile } from "./format.ts";
import { ArrayFinder, ElementSplitter, type JsonPath, type Piece } from "./json-scan.ts";
import { fieldNames, jsonRow, jsonRows } from "./json-values.ts";
import { countLines, maxRowChars, readEncoding, readText, startOf, type TextOptions } from "./lines.ts";

const rowsLookedAt = 100;
/** Other arrays are looked for in so much of the file. */
const lookedAtChars = 4_000_000;

/**
 * @param path Where the array is: names joined by a point. Absent: the whole file where that is an array, else the only
 *   array there is, or the first of several.
 * @throws UnreadableFile where there is no array
 */
export async function openJson(path: string, wanted?: string): Promise<RowFile> {
  const encoding = await readEncoding(path);
  const arrays = await findArrays(path, encoding);
  const found = arrays.find((names) => wanted === undefined || names.join(".") === wanted);
  if (!found) {
    const known = joined(
      arrays.map((names) => names.join(".") || say`the whole file`),
      ", ",
    );
    throw new UnreadableFile(
      arrays.length === 0
        ? say`There is no list in this JSON file: HAPA runs programs on the elements of one.`
        : say`There is no list at “${wanted ?? ""}” in this JSON file. Lists are at: ${known}.`,
    );
  }
  const { head, start } = await readHead(path, encoding, found);
  const first: FileRow[] = [];
  for await (const rows of readElements(path, encoding, { from: start })) {
    first.push(...rows.slice(0, rowsLookedAt - first.length));
    if (first.length >= rowsLookedAt) break;
  }
  const columns = fieldNames(first);
  return {
    kind: "json",
    path,
    encoding,
    columns,
    start,
    head: () => head,
    rows: (options: TextOptions) => readElements(path, encoding, { ...options, from: options.from ?? start }),
    ...jsonRows(columns),
  };
}

/** Paths of the arrays near the start of the file that are not inside others. */
export async function findArrays(path: string, encoding: Encoding): Promise<JsonPath[]> {
  const found: JsonPath[] = [];
  const nowhere = new ArrayFinder(["\0"], (names) => found.push(names));
  let chars = 0;
  for await (const text of readText(path, encoding, "characters")) {
    nowhere.push(text);
    chars += text.length;
    if (chars >= lookedAtChars || found[0]?.length === 0) break;
  }
  return found;
}

/** The text up to and with the array's `[` and the spaces after it. */
async function readHead(path: string, encoding: Encoding, at: JsonPath): Promise<{ head: string; start: Place }> {
  const finder = new ArrayFinder(at);
  let head = "";
  for await (const text of readText(path, encoding, "characters")) {
    const end = finder.found ? 0 : finder.push(text);
    if (end < 0) {
      head += text;
      continue;
    }
    const rest = text.slice(end);
    const spaces = rest.length - rest.trimStart().length;
    head += text.slice(0, end + spaces);
    if (spaces < rest.length) break;
  }
  const start = startOf(encoding);
  return { head, start: { bytes: start.bytes + bytesOf(encoding, head), line: start.line + countLines(head) } };
}

/** What stands after the array is given as blank rows. */
async function* readElements(
  path: string,
  encoding: Encoding,
  options: TextOptions,
): AsyncGenerator<readonly FileRow[]> {
  const splitter = new ElementSplitter();
  const gathering = new Gathering(options.from?.line ?? 1);
  for await (const text of readText(path, encoding, "characters", options)) {
    const rows = splitter.push(text).flatMap((piece) => gathering.add(piece));
    if (rows.length > 0) yield rows;
  }
  yield gathering.end();
}

/** Puts pieces together to rows: an element is given once it is known what follows it. */
class Gathering {
  #line: number;
  #element: string | undefined;
  #complete = false;
  #between = "";

  constructor(line: number) {
    this.#line = line;
  }

  add({ kind, text, ends }: Piece): readonly FileRow[] {
    if (kind === "between") {
      this.#between += text;
      return ends ? this.#take() : [];
    }
    if (kind === "element") {
      this.#element = (this.#element ?? "") + text;
      this.#complete = ends;
      if (this.#element.length <= maxRowChars) return [];
      throw new UnreadableFile(
        say`The element in line ${this.#line} is longer than ${maxRowChars / 1e6} million characters, or does not end.`,
      );
    }
    const row: FileRow = { line: this.#line, raw: text, ending: "", state: "blank", value: null, tail: true };
    this.#line += countLines(text);
    return [row];
  }

  end(): readonly FileRow[] {
    return this.#take();
  }

  #take(): readonly FileRow[] {
    const [element, between, line] = [this.#element, this.#between, this.#line];
    this.#element = undefined;
    this.#between = "";
    this.#line += countLines(element ?? "") + countLines(between);
    if (element === undefined) {
      return between === "" ? [] : [{ line, raw: between, ending: "", state: "blank", value: null }];
    }
    if (this.#complete) return [jsonRow(line, element, between)];
    const reason = say`it does not end`;
    return [{ line, raw: element, ending: between, state: "broken", reason, value: null }];
  }
}
