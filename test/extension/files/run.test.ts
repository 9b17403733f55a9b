import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { spoken } from "../../../src/contract/say.ts";
import type { JsonValue } from "../../../src/contract/wire.ts";
import type { RowFile } from "../../../src/extension/files/format.ts";
import type { FileJob } from "../../../src/extension/files/job.ts";
import { readLabelledRows } from "../../../src/extension/files/learn.ts";
import { openFile } from "../../../src/extension/files/open.ts";
import { type RunInputs, runFile } from "../../../src/extension/files/run.ts";
import { describeSummary } from "../../../src/extension/files/summary.ts";
import { inMemory } from "../../support/result-writer.ts";

const upper: RunInputs = async (inputs) =>
  inputs.map((input: JsonValue) =>
    typeof input !== "string" || input.includes("bad")
      ? { ok: false, error: "cannot" }
      : { ok: true, output: input.toUpperCase() },
  );

describe("a file through a program", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "hapa-files-"));
  });
  after(() => rm(folder, { recursive: true }));

  const file = async (name: string, content: string | Buffer): Promise<RowFile> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return openFile(path);
  };
  const run = async (job: FileJob, program: RunInputs = upper) => {
    const writer = inMemory();
    const summary = await runFile(job, program, writer, { signal: new AbortController().signal });
    return { text: writer.text(), summary };
  };

  it("keeps CRLF, blank lines, the mark and a last line without an ending", async () => {
    const { text, summary } = await run({ file: await file("a.txt", "\ufeffone\r\n\r\nbad\ntwo") });
    assert.equal(text, "\ufeffONE\r\n\r\nbad\nTWO");
    assert.deepEqual([summary.rows, summary.done, summary.problems], [3, 2, [{ line: 3, reason: "cannot" }]]);
    assert.equal(spoken(describeSummary(summary)), "3 rows: 2 done, 1 failed (line 3).");
  });

  it("adds a CSV column and leaves every other byte as it was", async () => {
    const source = 'id,"name"\n1,"Smith, A"\n2,"say ""hi""\nthere"\n\n3,"quoted"\n';
    const { text, summary } = await run({
      file: await file("a.csv", source),
      inputColumn: "name",
      outputColumn: "upper name",
    });
    assert.equal(
      text,
      'id,"name",upper name\n1,"Smith, A","SMITH, A"\n2,"say ""hi""\nthere","SAY ""HI""\nTHERE"\n\n3,"quoted",QUOTED\n',
    );
    assert.equal(summary.done, 3);
  });

  it("names a broken CSV row by its line and does the rows after it", async () => {
    const source = "id,name\n1,ann\n2,bob,extra\n3,cleo\n4\n5,dan\n";
    const { text, summary } = await run({ file: await file("b.csv", source), inputColumn: "name", outputColumn: "up" });
    assert.equal(text, "id,name,up\n1,ann,ANN\n2,bob,extra\n3,cleo,CLEO\n4\n5,dan,DAN\n");
    assert.deepEqual(
      summary.problems.map(({ line }) => line),
      [3, 5],
    );
    assert.match(summary.problems[0]?.reason ?? "", /3 cells where the header has 2/);
  });

  it("tells reasons in the words it is given", async () => {
    const words = { "it has {0} cells where the header has {1}": "머리글 {1}, 행 {0}", 'it has no "{0}"': "없음: {0}" };
    const csv = await file("words.csv", "id,name\n2,bob,extra\n");
    const { summary } = await run({ file: csv, inputColumn: "name", outputColumn: "up", words });
    assert.equal(summary.problems[0]?.reason, "머리글 2, 행 3");
    const lines = await file("words.jsonl", '{"id":1}\n');
    const { summary: other } = await run({ file: lines, inputColumn: "name", outputColumn: "up", words });
    assert.equal(other.problems[0]?.reason, "없음: name");
  });

  it("does the rows after a quote that is never closed", async () => {
    const source = `id,name\n1,ann\n2,"bob\n${Array.from({ length: 1_200 }, (_, at) => `${at},x${at}`).join("\n")}\n`;
    const { summary } = await run({ file: await file("c.csv", source), inputColumn: "name", outputColumn: "up" });
    assert.deepEqual([summary.rows, summary.done], [1_202, 1_201]);
    assert.deepEqual(summary.problems, [{ line: 3, reason: "a quote is not closed" }]);
  });

  it("reads semicolons, tabs and Windows line ends", async () => {
    const semicolons = await run({
      file: await file("d.csv", "id;name\r\n1;ann, b\r\n"),
      inputColumn: "name",
      outputColumn: "up",
    });
    assert.equal(semicolons.text, "id;name;up\r\n1;ann, b;ANN, B\r\n");
    const tabs = await run({ file: await file("d.tsv", "id\tname\n1\tann"), inputColumn: "name", outputColumn: "up" });
    assert.equal(tabs.text, "id\tname\tup\n1\tann\tANN");
  });

  it("fills only the empty cells of a label column, after learning from the others", async () => {
    const labelled = await file("e.csv", "text,label,n\nann,person,1\nbob,,2\nparis,town,3\n,,4\n");
    const rows = await readLabelledRows(labelled, { input: "text", label: "label" }, new AbortController().signal);
    assert.deepEqual(rows, {
      examples: [
        { input: "ann", output: "person" },
        { input: "paris", output: "town" },
      ],
      inputs: ["bob"],
    });
    const { text, summary } = await run({
      file: labelled,
      inputColumn: "text",
      outputColumn: "label",
      onlyEmpty: true,
    });
    assert.equal(text, "text,label,n\nann,person,1\nbob,BOB,2\nparis,town,3\n,,4\n");
    assert.deepEqual([summary.kept, summary.done, summary.rows], [2, 2, 4]);
  });

  it("puts the output in a field of each JSON line, and keeps lines that are no JSON", async () => {
    const source = '{"name":"ann","n":1}\n{broken\n{"n":2}\n{"name":"bob"}\n';
    const { text, summary } = await run({
      file: await file("a.jsonl", source),
      inputColumn: "name",
      outputColumn: "up",
    });
    assert.equal(text, '{"name":"ann","n":1,"up":"ANN"}\n{broken\n{"n":2}\n{"name":"bob","up":"BOB"}\n');
    assert.deepEqual(
      summary.problems.map(({ line }) => line),
      [2, 3],
    );
  });

  it("refuses binary files and other encodings, saying what to do", async () => {
    await assert.rejects(run({ file: await file("b.txt", Buffer.from([1, 0, 2])) }), /not a text file/);
    await assert.rejects(run({ file: await file("c.txt", Buffer.from([0x61, 0x0a, 0xe9, 0x0a])) }), /not UTF-8/);
    await assert.rejects(file("empty.csv", ""), /no header/);
  });

  it("goes in groups, so that a large file does not stand in memory", async () => {
    const sizes: number[] = [];
    const source = Array.from({ length: 10_001 }, (_, at) => `row ${at}`).join("\n");
    const { text, summary } = await run({ file: await file("l.txt", source) }, (inputs, signal) => {
      sizes.push(inputs.length);
      return upper(inputs, signal);
    });
    assert.deepEqual(sizes, [...Array(20).fill(500), 1]);
    assert.equal(summary.done, 10_001);
    assert.equal(text, source.toUpperCase());
  });

  it("stops when it is cancelled", async () => {
    const controller = new AbortController();
    const source = await file("s.txt", "a\n".repeat(10_000));
    const stopping: RunInputs = async (inputs, signal) => {
      controller.abort();
      return upper(inputs, signal);
    };
    await assert.rejects(runFile({ file: source }, stopping, inMemory(), { signal: controller.signal }), {
      name: "AbortError",
    });
  });
});
