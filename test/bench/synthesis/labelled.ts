/** Reads labelled texts: CSV `text,label` or `text,category`, or JSON `{test_cases: [{input, expected_output}]}`. */
import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { Example } from "../../../src/contract/tasks.ts";
import { jsonValue } from "../../../src/contract/wire.ts";

const Cases = z.object({ test_cases: z.array(z.object({ input: jsonValue, expected_output: jsonValue })) });

/** @throws Error where the file is of neither shape */
export function readLabelled(source: string, file: string): Example[] {
  if (file.endsWith(".json"))
    return Cases.parse(JSON.parse(source)).test_cases.map(({ input, expected_output }) => ({
      input,
      output: expected_output,
    }));
  const [header = [], ...rows]: string[][] = parse(source, { bom: true, skip_empty_lines: true });
  const names = header.map((name) => name.trim().toLowerCase());
  const text = names.indexOf("text");
  const label = names.findIndex((name) => name === "label" || name === "category");
  if (text < 0 || label < 0)
    throw new Error(`the header must be text,label or text,category, and is ${header.join(",")}`);
  return rows.map((row) => ({ input: row[text] ?? "", output: row[label] ?? "" }));
}
