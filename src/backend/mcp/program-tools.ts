/** Every active program as a tool: a name that is its own, a description with an example, a schema that clients take. Pure. */
import type { JsonValue } from "../../contract/wire.ts";
import type { ActiveTask } from "../../store/tasks.ts";

/** `{type: "object", …}`, as the protocol wants it. */
export interface ObjectSchema {
  readonly type: "object";
  readonly properties?: Record<string, object>;
  readonly required?: string[];
  readonly [keyword: string]: unknown;
}

export interface ToolInput {
  readonly schema: ObjectSchema;
  /** The program's input stands in the argument `input`; else the arguments are the input. */
  readonly isWrapped: boolean;
}

/** Clients put the server's name in front, and models take 64 characters in all. */
const longestName = 48;
const longestSchema = 10_000;
const longestText = 1_000;

/**
 * Task id → tool name: from the task's name; where several have the same, each has the end of its id behind it, so that
 * no name ever comes to mean another program.
 * @param reserved Names that are taken by other tools.
 */
export function toolNames(
  tasks: readonly Pick<ActiveTask, "id" | "name">[],
  reserved: readonly string[],
): Map<string, string> {
  const slugs = tasks.map(({ name }) => slug(name));
  const counts = new Map<string, number>(reserved.map((name) => [name, 1]));
  for (const name of slugs) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(
    tasks.map(({ id }, at) => {
      const name = slugs[at] ?? "";
      const isPlain = name !== "" && counts.get(name) === 1;
      return [id, isPlain ? name : `${name || "program"}_${id.slice(-8).toLowerCase()}`];
    }),
  );
}

function slug(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .slice(0, longestName)
    .replace(/^_+|_+$/g, "");
}

/** The task's own schema where that is one of an object; else its schema, or what the first example shows, of `input`. */
export function toolInput({ inputSchema, firstExample }: ActiveTask): ToolInput {
  const own =
    isPlainObject(inputSchema) && JSON.stringify(inputSchema).length <= longestSchema ? inputSchema : undefined;
  if (own && isArguments(own)) return { schema: own, isWrapped: false };
  // What a schema refers to stands at its root.
  const { $defs, definitions, $schema: _, ...rest } = own ?? typeOf(firstExample?.input);
  const shared = { ...($defs === undefined ? {} : { $defs }), ...(definitions === undefined ? {} : { definitions }) };
  const input = { description: "The program's input.", ...rest };
  return { schema: { type: "object", properties: { input }, required: ["input"], ...shared }, isWrapped: true };
}

/** Whether a schema may stand for a tool's arguments: one that clients or models refuse would cost them all other tools. */
function isArguments(schema: Record<string, unknown>): schema is ObjectSchema {
  const { type, properties = {}, required = [] } = schema as { [keyword: string]: JsonValue };
  const combines = ["anyOf", "oneOf", "allOf", "not", "enum", "const", "$ref"].some((keyword) => keyword in schema);
  const isNamed = isPlainObject(properties) && Object.values(properties).every(isPlainObject);
  return type === "object" && !combines && isNamed && Array.isArray(required) && required.every(isText);
}

function isText(value: JsonValue): boolean {
  return typeof value === "string";
}

/** The schema that takes anything. */
export const anyInput: ToolInput = {
  schema: {
    type: "object",
    properties: { input: { description: "The program's input: any JSON value." } },
    required: ["input"],
  },
  isWrapped: true,
};

function typeOf(value: JsonValue | undefined): { [keyword: string]: JsonValue } {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return { type: typeof value };
  if (Array.isArray(value)) return { type: "array" };
  return isPlainObject(value) ? { type: "object" } : {};
}

function isPlainObject(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a model reads to decide whether this is the tool it needs. */
export function toolDescription({ name, description, firstExample }: ActiveTask): string {
  const said = clip(description || name);
  const example = firstExample
    ? ` Example: ${clip(JSON.stringify(firstExample.input))} gives ${clip(JSON.stringify(firstExample.output))}.`
    : "";
  return `${said}${/[.!?]$/.test(said) ? "" : "."}${example} A program proven on examples: runs locally, gives the same output for the same input, and changes nothing.`;
}

function clip(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
