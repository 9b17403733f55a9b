/** The examples of a task file, each as a test: where it stands, what it is called, what is given and expected. */
import * as vscode from "vscode";
import type { JsonValue } from "../../contract/wire.ts";
import { explain } from "../errors.ts";
import { inWords } from "../in-words.ts";
import type { TaskFile, TaskFiles } from "../task-files/task-files.ts";

export interface ExampleTest {
  /** Ascends with the place in the file. */
  readonly id: string;
  readonly label: string;
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
  /** Of the expected output: where a failure is shown. */
  readonly outputRange: vscode.Range;
  readonly input: JsonValue;
  readonly output: JsonValue;
}

/** Of a file with more examples than these, the first are tests. */
const mostTests = 2_000;

/** `error` says what keeps the file from being read as a task. */
export async function listExamples(
  files: TaskFiles,
  file: TaskFile,
): Promise<{ readonly examples: readonly ExampleTest[]; readonly error: string | undefined }> {
  const place = placesIn(file.text);
  const idOf = (at: number) => String(at).padStart(5, "0");
  const own = file.content.examples.map(({ input, output, place: whole, outputPlace }, at) => ({
    ...{ id: idOf(at), label: labelOf(input), uri: file.uri, input, output },
    range: place(whole),
    outputRange: place(outputPlace),
  }));
  try {
    const { apart } = await files.examplesOf(file);
    const beside = vscode.Uri.joinPath(file.uri, "..", file.content.examplesFile?.path ?? "");
    const others = apart.map(({ input, output, line }, at) => {
      const range = new vscode.Range(line - 1, 0, line - 1, 0);
      return {
        ...{ id: idOf(own.length + at), label: labelOf(input), uri: beside, input, output },
        range,
        outputRange: range,
      };
    });
    return { examples: [...own, ...others].slice(0, mostTests), error: undefined };
  } catch (error) {
    return { examples: own.slice(0, mostTests), error: inWords(explain(error).message) };
  }
}

function labelOf(input: JsonValue): string {
  const text = typeof input === "string" && input.trim() !== "" ? input : JSON.stringify(input);
  const line = text.replace(/\s+/g, " ");
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

/** Characters of a text as VS Code's places. */
function placesIn(text: string): (place: { readonly start: number; readonly end: number }) => vscode.Range {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const position = (offset: number): vscode.Position => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return new vscode.Position(low, offset - (starts[low] ?? 0));
  };
  return ({ start, end }) => new vscode.Range(position(start), position(end));
}
