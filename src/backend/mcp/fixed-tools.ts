/** The tools that are always there: what an agent reads of them, what they take, whose permission they need. */
import { z } from "zod";
import type { RouteName } from "../../contract/routes.ts";
import { anyInput, type ObjectSchema } from "./program-tools.ts";

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly annotations: {
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly openWorldHint: boolean;
  };
}

const anything = z.custom<unknown>((value) => value !== undefined, { error: "is missing; any JSON value will do" });
const text = z.string().trim().min(1);
/** What each takes. */
export const toolArguments = {
  generate_program: z.strictObject({
    description: text.max(20_000),
    examples: z.array(z.strictObject({ input: anything, output: anything })).min(1),
    inputs: z.array(anything).optional(),
    language: z.enum(["javascript", "typescript", "python"]).default("javascript"),
    name: text.max(200).optional(),
  }),
  run_program: z.strictObject({
    program: text.max(200),
    inputs: z.array(anything).min(1),
    version: z.int().min(1).optional(),
  }),
  list_programs: z.strictObject({ query: z.string().max(200).optional() }),
};
export type FixedTool = keyof typeof toolArguments;

/** Which route's permission a tool needs to be offered. */
export const needs: Readonly<Record<FixedTool, RouteName>> = {
  generate_program: "generateCode",
  run_program: "executeBatch",
  list_programs: "listTasks",
};

const value = anyInput.schema.properties?.["input"] ?? {};
/** What an agent reads of each. */
export const fixedTools: Readonly<Record<FixedTool, Omit<Tool, "name">>> = {
  generate_program: {
    title: "Generate a verified program",
    description:
      "Makes a small program from input/output examples, proves it on them in a sandbox, and keeps it under an id to be run again on any number of inputs. Use it instead of transforming, extracting or classifying many values yourself: the program is deterministic and runs locally in microseconds. Give at least two, better three or more, varied examples. Works offline for text transformations, dates, numbers and classification by examples; a configured model helps where examples are not enough.",
    inputSchema: {
      type: "object",
      properties: {
        description: { type: "string", description: "What the program does, in a sentence." },
        examples: {
          type: "array",
          minItems: 1,
          description:
            "Input and output pairs, each any JSON value; all inputs of one shape, all outputs of one shape.",
          items: {
            type: "object",
            properties: { input: value, output: { description: "What the program must return: any JSON value." } },
            required: ["input", "output"],
          },
        },
        inputs: {
          type: "array",
          items: {},
          description: "Some inputs without outputs that it will be used on: those the examples leave open are told.",
        },
        language: { type: "string", enum: ["javascript", "typescript", "python"], default: "javascript" },
        name: { type: "string", description: "A short name to find it by." },
      },
      required: ["description", "examples"],
    },
    annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
  },
  run_program: {
    title: "Run a program",
    description:
      "Runs a kept program on a list of inputs in a local sandbox and gives the outputs in the same order. An input that fails has an error instead and does not stop the others.",
    inputSchema: {
      type: "object",
      properties: {
        program: { type: "string", description: "The program's id (task_…) or name; list_programs tells them." },
        inputs: { type: "array", minItems: 1, items: {}, description: "One or more inputs, each any JSON value." },
        version: { type: "integer", minimum: 1, description: "Another version than the active one." },
      },
      required: ["program", "inputs"],
    },
    annotations: { readOnlyHint: true, destructiveHint: false, openWorldHint: false },
  },
  list_programs: {
    title: "List programs",
    description: "The programs that are kept here, newest first, with what they do and an example of each.",
    inputSchema: {
      type: "object",
      properties: { query: { type: "string", description: "Only those whose name or description contains this." } },
    },
    annotations: { readOnlyHint: true, destructiveHint: false, openWorldHint: false },
  },
};
