/**
 * Reads a task file: what it says, where it says it, and what is wrong with it. Pure.
 *
 * The file is the specification only. Programs, executions and verdicts stay in HAPA's database: what is generated is
 * proven anew on each machine, so a file that came with a repository cannot bring code with it.
 */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from "yaml";
import type { Comparison } from "../../contract/comparison.ts";
import type { PrivacyMode } from "../../contract/datasets.ts";
import { type Said, say, verbatim } from "../../contract/say.ts";
import type { Example, Improve, ProgramLanguage, SamplingStrategy } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import { canonical } from "./canonical.ts";
import { exampleFields, fields } from "./fields.ts";
import { keysOf } from "./keys.ts";
import { jsonOf, type Place, type Problem, placeOf, startReading } from "./values.ts";

/** What a file says of its task; what it does not say is left as it is. */
export interface TaskSpec {
  readonly name: string;
  readonly description?: string;
  readonly language?: ProgramLanguage;
  readonly examples?: readonly Example[];
  readonly accuracyTarget?: number;
  readonly latencyTargetMs?: number;
  readonly samplingRate?: number;
  readonly samplingStrategy?: SamplingStrategy;
  readonly comparison?: Comparison;
  readonly privacyMode?: PrivacyMode;
  readonly improve?: Improve;
  readonly modelVerdictsPerDay?: number;
  readonly modelUsdPerDay?: number;
  readonly inputSchema?: JsonValue;
  readonly outputSchema?: JsonValue;
}

export interface PlacedExample extends Example {
  readonly place: Place;
  readonly outputPlace: Place;
}

export interface TaskFileText {
  /** As the file says it; undefined where it says none (or none that can be). */
  readonly id: string | undefined;
  /** Without the examples of `examples_file`. Undefined where something is wrong (a problem of severity "error"). */
  readonly spec: TaskSpec | undefined;
  /** Those in the file itself, in their order; also where something else is wrong. */
  readonly examples: readonly PlacedExample[];
  readonly examplesFile: (Place & { readonly path: string }) | undefined;
  /** Of the name's value, where there is one. */
  readonly namePlace: Place | undefined;
  readonly problems: readonly Problem[];
}

const maxTextChars = 8_000_000;
const maxExamples = 20_000;
export const taskIdForm = /^task_[A-Za-z0-9_-]{1,60}$/;

/** @param fallbackName of a task whose file gives none */
export function readTaskFile(text: string, fallbackName: string): TaskFileText {
  const problems: Problem[] = [];
  const nothing = { id: undefined, spec: undefined, examples: [], examplesFile: undefined, namePlace: undefined };
  if (text.length > maxTextChars) {
    const message = say`A task file may hold 8 million characters. Put the examples into a file of their own (examples_file).`;
    return { ...nothing, problems: [{ start: 0, end: 0, severity: "error", message }] };
  }
  const lines = new LineCounter();
  const document = parsed(text, lines);
  if (!document) {
    const message = say`This nests too deeply to be read.`;
    return { ...nothing, problems: [{ start: 0, end: 0, severity: "error", message }] };
  }
  const reading = startReading(document, problems);
  for (const { pos, message } of document.errors) {
    const said = /call stack/.test(message) ? say`This nests too deeply to be read.` : verbatim(message);
    problems.push({ start: pos[0], end: pos[1], severity: "error", message: said });
  }
  for (const { pos, message } of document.warnings)
    problems.push({ start: pos[0], end: pos[1], severity: "warning", message: verbatim(message) });
  const tell = (node: unknown, severity: Problem["severity"], message: Said): undefined => {
    problems.push({ ...placeOf(node), severity, message });
    return undefined;
  };
  const root = document.contents;
  if (!isMap(root)) {
    const message = say`A task file is a list of keys, such as “name:” and “examples:”.`;
    if (document.errors.length === 0) tell(root, "error", message);
    return { ...nothing, problems };
  }

  const found = keysOf(root as YAMLMap, fields, tell);
  const value = (key: string): JsonValue | undefined => {
    const pair = found.get(key);
    return pair && jsonOf(pair.value, reading);
  };
  const wrongValue = (key: string, message: Said): undefined =>
    tell(found.get(key)?.value ?? found.get(key)?.key, "error", message);
  const textOf = (key: string, most: number): string | undefined => {
    const given = value(key);
    if (given === undefined) return undefined;
    if (typeof given !== "string" && typeof given !== "number") return wrongValue(key, say`“${key}” must be a text.`);
    const trimmed = String(given).trim();
    if (trimmed.length > most) return tell(found.get(key)?.value, "error", say`“${key}” may have ${most} characters.`);
    return trimmed;
  };
  const number = (key: string, least: number, most: number): number | undefined => {
    const given = value(key);
    if (given === undefined) return undefined;
    if (typeof given === "number" && given >= least && given <= most) return given;
    return wrongValue(key, say`“${key}” must be a number from ${least} to ${most}.`);
  };
  const whole = (key: string, most: number): number | undefined => {
    const given = value(key);
    if (given === undefined) return undefined;
    if (typeof given === "number" && Number.isInteger(given) && given >= 0 && given <= most) return given;
    return wrongValue(key, say`“${key}” must be a whole number from 0 to ${most}.`);
  };
  /** One of the values that the key may have. */
  const choice = <T extends string>(key: string): T | undefined => {
    const given = value(key);
    if (given === undefined) return undefined;
    const values = fields[key]?.values ?? [];
    if (typeof given === "string" && values.includes(given)) return given as T;
    return wrongValue(key, say`“${key}” must be one of these: ${values.join(", ")}.`);
  };

  const id = textOf("id", 65);
  if (id !== undefined && !taskIdForm.test(id))
    tell(found.get("id")?.value, "error", say`An id is “task_” and up to 60 letters, digits, “-” or “_”.`);
  const name = textOf("name", 200);
  if (name === "") tell(found.get("name")?.value ?? found.get("name")?.key, "error", say`The name is empty.`);
  const examples = readExamples();
  findRepetitions(examples, lines, problems);
  const path = textOf("examples_file", 1_000);
  const filePair = found.get("examples_file");
  const examplesFile = path && filePair ? { path, ...placeOf(filePair.value) } : undefined;
  if (examplesFile && !isBeside(examplesFile.path))
    tell(filePair?.value, "error", say`“examples_file” must stand beside this file or in a folder below it.`);
  const spec = definedOnly({
    name: name || fallbackName,
    description: textOf("description", 20_000),
    language: choice<ProgramLanguage>("language"),
    examples: found.has("examples") ? examples.map(({ input, output }) => ({ input, output })) : undefined,
    accuracyTarget: number("accuracy_target", 0, 1),
    latencyTargetMs: number("latency_target_ms", 1, 1_000),
    samplingRate: number("sampling_rate", 0, 1),
    samplingStrategy: choice<SamplingStrategy>("sampling_strategy"),
    comparison: choice<Comparison>("comparison"),
    privacyMode: choice<PrivacyMode>("privacy_mode"),
    improve: choice<Improve>("improve"),
    modelVerdictsPerDay: whole("model_verdicts_per_day", 100_000),
    modelUsdPerDay: number("model_usd_per_day", 0, 10_000),
    inputSchema: value("input_schema"),
    outputSchema: value("output_schema"),
  });
  if (examples.length === 0 && !examplesFile && !problems.some(({ severity }) => severity === "error"))
    tell(
      found.get("examples")?.key ?? root,
      "warning",
      say`There are no examples: a program is learned from them and proven on them. Three are usually enough.`,
    );
  const wrong = problems.some(({ severity }) => severity === "error");
  const usableId = id !== undefined && taskIdForm.test(id) ? id : undefined;
  const namePair = found.get("name");
  const namePlace = namePair && isScalar(namePair.value) ? placeOf(namePair.value) : undefined;
  return { id: usableId, spec: wrong ? undefined : spec, examples, examplesFile, namePlace, problems };

  function readExamples(): PlacedExample[] {
    const pair = found.get("examples");
    if (!pair || (isScalar(pair.value) && pair.value.value === null)) return [];
    const list = isAlias(pair.value) ? pair.value.resolve(reading.document) : pair.value;
    if (!isSeq(list)) {
      tell(pair.value ?? pair.key, "error", say`“examples” must be a list: each starts with “- input:”.`);
      return [];
    }
    if (list.items.length > maxExamples)
      tell(pair.key, "error", say`A task may have ${maxExamples} examples, and these are ${list.items.length}.`);
    return list.items.slice(0, maxExamples).flatMap((item): PlacedExample[] => {
      if (!isMap(item)) {
        tell(item ?? list, "error", say`An example has an “input” and an “output”.`);
        return [];
      }
      const parts = keysOf(item as YAMLMap, exampleFields, tell);
      const [input, output] = [parts.get("input"), parts.get("output")];
      if (!input) tell(output?.key ?? item, "error", say`This example has no “input”.`);
      else if (!output) tell(input.key, "error", say`This example has no “output”.`);
      if (!input || !output) return [];
      return [
        {
          input: jsonOf(input.value, reading),
          output: jsonOf(output.value, reading),
          place: {
            start: placeOf(input.key).start,
            end: Math.max(placeOf(input.value).end, placeOf(output.value).end),
          },
          outputPlace: placeOf(output.value ?? output.key),
        },
      ];
    });
  }
}

/** Undefined where brackets stand so deep in each other that the parser has no room for them. */
function parsed(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Contradictions are errors, plain repetitions are told. */
function findRepetitions(examples: readonly PlacedExample[], lines: LineCounter, problems: Problem[]): void {
  const first = new Map<string, PlacedExample>();
  for (const example of examples) {
    const key = canonical(example.input);
    const before = first.get(key);
    if (!before) {
      first.set(key, example);
      continue;
    }
    const { line } = lines.linePos(before.place.start);
    const same = canonical(before.output) === canonical(example.output);
    const message = same
      ? say`The same example stands in line ${line}.`
      : say`This contradicts the example in line ${line}: the same input, another output. Remove one of them.`;
    problems.push({ ...example.place, severity: same ? "information" : "error", message });
  }
}

/** A relative path that leads nowhere above. */
function isBeside(path: string): boolean {
  return !/^([/\\]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes("..");
}

function definedOnly(spec: { [K in keyof TaskSpec]-?: TaskSpec[K] | undefined }): TaskSpec {
  return Object.fromEntries(Object.entries(spec).filter(([, one]) => one !== undefined)) as unknown as TaskSpec;
}
