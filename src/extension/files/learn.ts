/** Labelled rows as examples: rows whose label column has a value teach, some of the others are for rehearsal. */
import { type Example, maxExamples } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import { isEmpty, type RowFile } from "./format.ts";

export interface LabelledRows {
  readonly examples: readonly Example[];
  /** Inputs of rows without a label. */
  readonly inputs: readonly JsonValue[];
}

const maxInputs = 2_000;
/** Of one request; the API takes 8 MB. */
const maxChars = 3_000_000;

/** Reads the file until there is enough of both. @throws UnreadableFile */
export async function readLabelledRows(
  file: RowFile,
  columns: { readonly input: string; readonly label: string },
  signal: AbortSignal,
): Promise<LabelledRows> {
  const examples: Example[] = [];
  const inputs: JsonValue[] = [];
  let exampleChars = 0;
  let inputChars = 0;
  for await (const rows of file.rows({ signal }))
    for (const row of rows) {
      if (row.state !== "row") continue;
      const input = file.get(row, columns.input);
      const output = file.get(row, columns.label);
      if (input === undefined || isEmpty(input)) continue;
      if (output !== undefined && !isEmpty(output)) {
        exampleChars += row.raw.length;
        if (examples.length < maxExamples && exampleChars < maxChars) examples.push({ input, output });
      } else {
        inputChars += row.raw.length;
        if (inputs.length < maxInputs && inputChars < maxChars) inputs.push(input);
      }
    }
  return { examples, inputs };
}
