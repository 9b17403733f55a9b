/**
 * The keys of a task file (`.hapa/*.task.yaml`), as its readers see them: what completion offers and hover says.
 * `schemas/task.schema.json` says the same to other editors; a test holds the two and the contract together.
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
  sampling_strategy: {
    description: say`Which runs these are: \`random\`, by chance alone; \`stratified\`, as many of each output; \`edge\`, unusual ones; \`adaptive\`, ones like those that failed, and more after a change. Half stay chance with each of them. \`random\` unless told.`,
    values: ["random", "stratified", "edge", "adaptive"],
    snippet: " $1",
  },
  comparison: {
    description: say`When an output counts as the right one: \`exact\`, the same value; \`text\`, whatever its case, blanks and quotes; \`number\`, the same number but for rounding; \`unordered\`, lists in any order; \`label\`, whatever its case; \`meaning\`, other words for the same, which a person or the model that judges must read. \`exact\` unless told.`,
    values: ["exact", "text", "number", "unordered", "label", "meaning"],
    snippet: " $1",
  },
  privacy_mode: {
    description: say`What of its runs goes into its dataset: \`strict\`, hashes and counts only; \`balanced\`, rows with personal data masked; \`permissive\`, rows as they are. \`balanced\` unless told; more than HAPA keeps now only when you allow it.`,
    values: ["strict", "balanced", "permissive"],
    snippet: " $1",
  },
  improve: {
    description: say`Whether better versions are made from corrected failures: \`auto\`, by itself; \`ask\`, when you say so; \`off\`, never. They run only after a rollout. \`auto\` unless told.`,
    values: ["auto", "ask", "off"],
    snippet: " $1",
  },
  model_verdicts_per_day: {
    description: say`How many of these runs a model may judge in a day: it is sent the task's description and the input, also the output where it compares by \`meaning\`. 0 unless told: none, and nothing is sent; more than HAPA allows now only when you allow it.`,
    snippet: " 0",
  },
  model_usd_per_day: {
    description: say`What these verdicts may cost in a day, in USD, and as much again the better versions a model makes; it holds where the model's prices are set. 1 unless told; more than HAPA allows now only when you allow it.`,
    snippet: " 1",
  },
  input_schema: { description: say`What an input looks like, as a JSON schema.`, snippet: "\n  type: string" },
  output_schema: { description: say`What an output looks like, as a JSON schema.`, snippet: "\n  type: string" },
};

export const exampleFields: Readonly<Record<string, Field>> = {
  input: { description: say`What the program is given: any JSON value.`, snippet: " $1" },
  output: { description: say`What it must answer: any JSON value.`, snippet: " $1" },
};
