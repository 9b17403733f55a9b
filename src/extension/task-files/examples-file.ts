/** The examples of a task file that stand in a file beside it: CSV, TSV or JSON lines. No VS Code here. */
import { say } from "../../contract/say.ts";
import type { Example } from "../../contract/tasks.ts";
import { Notice } from "../errors.ts";
import { openFile } from "../files/open.ts";

export interface FileExample extends Example {
  /** Counted from 1. */
  readonly line: number;
}

const maxExamples = 20_000;

/** @throws Notice where it cannot be read as examples; the message names the file and, where there is one, the line. */
export async function readExamplesFile(path: string, name: string): Promise<FileExample[]> {
  const file = await openFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Notice(
      say`${name} cannot be read: ${error.code === "ENOENT" ? say`there is no such file.` : error.message}`,
    );
  });
  for (const column of ["input", "output"])
    if (!file.columns.includes(column))
      throw new Notice(say`${name} needs a column “${column}” (in JSON lines, a field).`);
  const examples: FileExample[] = [];
  for await (const rows of file.rows({}))
    for (const row of rows) {
      if (row.state === "blank") continue;
      const [input, output] = [file.get(row, "input"), file.get(row, "output")];
      if (row.state === "broken" || input === undefined || output === undefined)
        throw new Notice(
          say`Line ${row.line} of ${name} is no example: ${row.reason ?? say`input or output is missing`}.`,
        );
      if (examples.length === maxExamples) throw new Notice(say`${name} has more than ${maxExamples} examples.`);
      examples.push({ input, output, line: row.line });
    }
  return examples;
}
