/**
 * The keys of a task file (`.hapa/*.task.yaml`), as its readers see them: what completion offers and hover says.
 * `schemas/task.schema.json` says the same to other editors; a test holds the two together.
 */
import { type Said, say } from "../../contract/say.ts";

export interface Field {
  /** Markdown. */
  readonly description: Said;
  /** What may stand there, offered by completion. */
  readonly values?: readonly string[];
  /** What completion writes after the key, in VS Code's snippet syntax. */
  readonly snippet: string;
}

export const fields: Readonly<Record<string, Field>> = {
  id: {
    description: say`Which task this is, wherever the file stands: \`task_\` and up to 60 letters, digits, \`-\` or \`_\`. Without it, the task is known by the file's path in its folder, and a file that is renamed is another task.`,
    snippet: " task_$1",
  },
  name: { description: say`The name the task is listed under. Without it, the file's name.`, snippet: " $1" },
  description: {
    description: say`What is wanted, in a sentence. A model reads it; examples prove it.`,
    snippet: " $1",
  },
  language: {
    description: say`What its programs are written in. TypeScript needs a model, Python needs **HAPA: Set Up Python…** once.`,
    values: ["javascript", "typescript", "python"],
    snippet: " $1",
  },
  examples: {
    description: say`What the program must do: a list of \`input\` and \`output\`, any JSON values. Three are usually enough. Each is a test in the Testing view.`,
    snippet: "\n  - input: $1\n    output: $2",
  },
  examples_file: {
    description: say`More examples, in a file beside this one: CSV or TSV with the columns \`input\` and \`output\`, or JSON lines with these fields.`,
    snippet: " $1.csv",
  },
  accuracy_target: {
    description: say`The share of examples a program must get right to become active, from 0 to 1. 0.9 unless told.`,
    snippet: " 0.9",
  },
  latency_target_ms: { description: say`The time one call may take, in ms. 10 unless told.`, snippet: " 10" },
  sampling_rate: {
    description: say`The share of runs that are marked to be judged, from 0 to 1. 0.05 unless told.`,
    snippet: " 0.05",
  },
  input_schema: { description: say`What an input looks like, as a JSON schema.`, snippet: "\n  type: string" },
  output_schema: { description: say`What an output looks like, as a JSON schema.`, snippet: "\n  type: string" },
};

export const exampleFields: Readonly<Record<string, Field>> = {
  input: { description: say`What the program is given: any JSON value.`, snippet: " $1" },
  output: { description: say`What it must answer: any JSON value.`, snippet: " $1" },
};
