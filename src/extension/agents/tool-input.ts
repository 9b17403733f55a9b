/** What agents give a tool, checked by hand: a model's mistake is told in words it can act on. Pure. */
import { say, spoken } from "../../contract/say.ts";
import type { Example } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import { explain, Notice } from "../errors.ts";

export interface Fields {
  text(name: string): string;
  optionalText(name: string): string | undefined;
  list(name: string): JsonValue[];
  optionalList(name: string): JsonValue[];
  number(name: string): number | undefined;
}

export function readFields(input: unknown): Fields {
  const record = (typeof input === "object" && input !== null ? input : {}) as Record<string, unknown>;
  const get = (name: string): unknown => (Object.hasOwn(record, name) ? record[name] : undefined);
  const optionalText = (name: string) => {
    const value = get(name);
    return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  };
  const optionalList = (name: string) => {
    const value = get(name);
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value as JsonValue[];
    throw new Notice(say`"${name}" must be a list.`);
  };
  return {
    optionalText,
    optionalList,
    text: (name) => {
      const value = optionalText(name);
      if (value === undefined) throw new Notice(say`"${name}" is missing: give a text.`);
      return value;
    },
    list: (name) => {
      const value = optionalList(name);
      if (value.length === 0) throw new Notice(say`"${name}" is missing: give a list with at least one entry.`);
      return value;
    },
    number: (name) => {
      const value = get(name);
      return typeof value === "number" ? value : undefined;
    },
  };
}

/** @throws Notice where one is no pair of `input` and `output` */
export function readExamples(values: readonly JsonValue[]): Example[] {
  return values.map((value, at) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      const { input, output } = value;
      if (input !== undefined && output !== undefined) return { input, output };
    }
    throw new Notice(say`examples[${at}] must be an object with "input" and "output".`);
  });
}

/** An error whose message an agent reads: what was wrong and, where it is known, which cases failed. */
export function toolError(error: unknown): Error {
  const details = error instanceof Notice && error.details ? `\n\n${spoken(error.details).slice(0, 4_000)}` : "";
  return new Error(spoken(explain(error).message) + details);
}
