/** Files are read the same however they are cut into pieces, from their start and from any row on. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { after, before, describe, it } from "mocha";
import { cellsOf, cellValues, quoteCell } from "../../../src/extension/files/cells.ts";
import { bytesOf, type Encoding, encodeText } from "../../../src/extension/files/encoding.ts";
import type { FileRow, RowFile } from "../../../src/extension/files/format.ts";
import { setField } from "../../../src/extension/files/json-field.ts";
import { ArrayFinder, ElementSplitter } from "../../../src/extension/files/json-scan.ts";
import { countLines } from "../../../src/extension/files/lines.ts";
import { openFile } from "../../../src/extension/files/open.ts";

const encodings: readonly Encoding[] = [
  { name: "utf-8", markBytes: 0 },
  { name: "utf-8", markBytes: 3 },
  { name: "utf-16le", markBytes: 2 },
  { name: "utf-16be", markBytes: 2 },
];
/** Text with whatever is hard: quotes, brackets, line ends, characters of two to four bytes. */
const odd = fc.string({
  unit: fc.constantFrom(
    "a",
    "7",
    " ",
    '"',
    ",",
    ";",
    "\t",
    "{",
    "}",
    "[",
    "]",
    ":",
    "\\",
    "é",
    "가",
    "😀",
    "\n",
    "\r\n",
  ),
  maxLength: 60,
});
const json = fc.jsonValue({ maxDepth: 3, noUnicodeString: false } as never);

/** What stands after a JSON array comes in pieces of any size. */
function inOne(rows: readonly FileRow[]): readonly FileRow[] {
  const [first, ...others] = rows.filter(({ tail }) => tail);
  const raw = [first, ...others].map((row) => row?.raw ?? "").join("");
  return [...rows.filter(({ tail }) => !tail), ...(first ? [{ ...first, raw }] : [])];
}

describe("reading a file in pieces", function () {
  this.timeout(60_000);
  let folder = "";
  let number = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "hapa-reading-"));
  });
  after(() => rm(folder, { recursive: true }));

  const write = async (ending: string, text: string, encoding: Encoding): Promise<string> => {
    const path = join(folder, `${++number}.${ending}`);
    await writeFile(path, encodeText(encoding, (encoding.markBytes > 0 ? "\ufeff" : "") + text));
    return path;
  };
  const rowsOf = async (file: RowFile, options: object): Promise<FileRow[]> => {
    const rows: FileRow[] = [];
    for await (const some of file.rows(options)) rows.push(...some);
    return rows;
  };
  const whole = (file: RowFile, rows: readonly FileRow[]): string =>
    file.head(undefined) + rows.map(({ raw, ending }) => raw + ending).join("");

  /** What must hold of any file, whatever is in it. */
  async function check(
    ending: string,
    text: string,
    encoding: Encoding,
    chunkBytes: number,
    cut: number,
  ): Promise<void> {
    const path = await write(ending, text, encoding);
    const file = await openFile(path);
    const rows = await rowsOf(file, {});
    assert.equal(whole(file, rows), text, "rows do not add up to the file");
    assert.deepEqual(inOne(await rowsOf(file, { chunkBytes })), inOne(rows), "other pieces, other rows");
    const at = cut % Math.max(1, rows.filter(({ tail }) => !tail).length);
    const before = rows.slice(0, at).reduce((sum, { raw, ending: end }) => sum + bytesOf(encoding, raw + end), 0);
    const line = file.start.line + rows.slice(0, at).reduce((sum, row) => sum + countLines(row.raw + row.ending), 0);
    const from = { bytes: file.start.bytes + before, line };
    const later = await rowsOf(file, { from, chunkBytes });
    assert.deepEqual(inOne(later), inOne(rows.slice(at)), "from the middle, other rows");
    await rm(path);
  }

  const shape = fc.record({
    encoding: fc.constantFrom(...encodings),
    chunkBytes: fc.integer({ min: 1, max: 40 }),
    cut: fc.nat(),
  });

  for (const ending of ["txt", "jsonl"])
    it(`gives the same rows of .${ending}`, () =>
      fc.assert(
        fc.asyncProperty(odd, shape, (text, { encoding, chunkBytes, cut }) =>
          check(ending, text, encoding, chunkBytes, cut),
        ),
        { numRuns: 150 },
      ));

  for (const ending of ["csv", "tsv"])
    it(`gives the same rows of .${ending}`, () =>
      fc.assert(
        fc.asyncProperty(odd, shape, (text, { encoding, chunkBytes, cut }) =>
          check(ending, `id,name\n${text}`, encoding, chunkBytes, cut),
        ),
        { numRuns: 150 },
      ));

  it("gives the elements of any JSON array, wherever it stands", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(json, { maxLength: 8 }),
        fc.boolean(),
        fc.nat(3),
        shape,
        async (values, nested, indent, with_) => {
          const text = JSON.stringify(nested ? { meta: { n: 1, s: '[{"' }, items: values } : values, null, indent);
          await check("json", `${text}\n`, with_.encoding, with_.chunkBytes, with_.cut);
          const path = await write("json", text, with_.encoding);
          const rows = await rowsOf(await openFile(path), { chunkBytes: with_.chunkBytes });
          assert.deepEqual(
            rows.filter(({ state }) => state === "row").map(({ value }) => value),
            JSON.parse(JSON.stringify(values)),
          );
          await rm(path);
        },
      ),
      { numRuns: 60 },
    ));

  it("cuts a JSON array at every place of its text", () => {
    const values = [1, 'a"]\\', [], { a: [1, { b: "}" }] }, null, "가"];
    const text = JSON.stringify(values, null, 1);
    for (let cut = 0; cut <= text.length; cut++) {
      const finder = new ArrayFinder([]);
      const splitter = new ElementSplitter();
      const elements: string[] = [""];
      for (const part of [text.slice(0, cut), text.slice(cut)]) {
        const from = finder.found ? 0 : finder.push(part);
        if (from < 0) continue;
        for (const piece of splitter.push(part.slice(from))) {
          if (piece.kind !== "element") continue;
          elements[elements.length - 1] += piece.text;
          if (piece.ends) elements.push("");
        }
      }
      assert.deepEqual(
        elements.slice(0, -1).map((element) => JSON.parse(element) as unknown),
        values,
        `cut at ${cut}`,
      );
    }
  });

  it("goes on after a broken element, and tells its line", async () => {
    const path = await write("json", '[\n  {"a": 1},\n  {"a": oops},\n  {"a": 3}\n]\n', {
      name: "utf-8",
      markBytes: 0,
    });
    const rows = await rowsOf(await openFile(path), {});
    assert.deepEqual(
      rows.filter(({ state }) => state !== "blank").map(({ state, line }) => [state, line]),
      [
        ["row", 2],
        ["broken", 3],
        ["row", 4],
      ],
    );
  });

  it("says so where a JSON file has no list, or not the one that is asked for", async () => {
    const path = await write("json", '{"a": {"b": [1]}, "c": [2]}', { name: "utf-8", markBytes: 0 });
    await assert.rejects(openFile(path, { at: "x" }), /no list at “x”.*a\.b, c/);
    assert.equal((await rowsOf(await openFile(path, { at: "c" }), {}))[0]?.value, 2);
    const none = await write("json", '{"a": 1}', { name: "utf-8", markBytes: 0 });
    await assert.rejects(openFile(none), /no list in this JSON file/);
  });

  it("reads and writes cells as csv-parse and csv-stringify do", () =>
    fc.assert(
      fc.property(
        fc.array(
          odd.filter((cell) => !/^\s*$/.test(cell)),
          { minLength: 1, maxLength: 6 },
        ),
        fc.constantFrom(",", ";", "\t"),
        (cells, delimiter) => {
          const raw = stringify([cells], { delimiter }).slice(0, -1);
          assert.deepEqual(cellValues(raw, delimiter), cells);
          assert.deepEqual(parse(raw, { delimiter, record_delimiter: ["\n"] })[0], cells);
          assert.equal(
            cells.map((cell) => quoteCell(cell, delimiter)).join(delimiter),
            raw.includes("\r") ? cells.map((cell) => quoteCell(cell, delimiter)).join(delimiter) : raw,
          );
          for (const [at, { from, to }] of cellsOf(raw, delimiter).entries())
            assert.deepEqual(
              cellValues(raw.slice(0, from) + quoteCell("x", delimiter) + raw.slice(to), delimiter),
              cells.with(at, "x"),
            );
        },
      ),
    ));

  it("sets a field and leaves the rest of an object's text as it was", () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ maxLength: 5 }), json, { maxKeys: 5 }),
        fc.string({ maxLength: 5 }),
        json,
        fc.nat(3),
        (object, name, value, indent) => {
          const raw = JSON.stringify(object, null, indent);
          const set = setField(raw, name, JSON.stringify(value));
          const wanted = JSON.parse(raw) as object;
          Object.defineProperty(wanted, name, {
            value: JSON.parse(JSON.stringify(value)),
            enumerable: true,
            configurable: true,
            writable: true,
          });
          assert.deepEqual(JSON.parse(set), wanted);
          if (!Object.hasOwn(object, name) && indent === 0) assert.ok(set.startsWith(raw.slice(0, -1)));
        },
      ),
    ));

  it("keeps numbers that JavaScript cannot hold, and the way an object is written", () => {
    assert.equal(
      setField('{ "id": 12345678901234567890, "x": 1.50 }', "y", '"z"'),
      '{ "id": 12345678901234567890, "x": 1.50, "y": "z" }',
    );
    assert.equal(setField('{\n  "a": 1\n}', "b", "2"), '{\n  "a": 1,\n  "b": 2\n}');
    assert.equal(setField('{"a":1,"b":{"a":2}}', "a", "3"), '{"a":3,"b":{"a":2}}');
  });
});
