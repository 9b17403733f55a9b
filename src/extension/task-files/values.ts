/** YAML nodes as JSON values, with what a person should know of how they were read. Pure. */
import { type Alias, type Document, isAlias, isMap, isPair, isScalar, isSeq } from "yaml";
import { type Said, say } from "../../contract/say.ts";
import type { JsonValue } from "../../contract/wire.ts";

/** From `start` to before `end`, in characters from the start of the text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export interface Problem extends Place {
  readonly severity: "error" | "warning" | "information";
  readonly message: Said;
}

export function placeOf(node: unknown): Place {
  const range = (node as { range?: readonly [number, number, number] | null } | null)?.range;
  return range ? { start: range[0], end: Math.max(range[1], range[0]) } : { start: 0, end: 0 };
}

/** What is read of one file: shared by all of its values. */
export interface Reading {
  readonly document: Document.Parsed;
  readonly problems: Problem[];
  /** What aliases stand for: to find it, the parser walks the whole file. */
  readonly targets: Map<Alias, unknown>;
  nodesLeft: number;
  isTooMuch: boolean;
}

const maxNodes = 500_000;
const maxDepth = 100;

export function startReading(document: Document.Parsed, problems: Problem[]): Reading {
  return { document, problems, targets: new Map(), nodesLeft: maxNodes, isTooMuch: false };
}

/** The value; what JSON cannot hold is told as an error, and what a person may have meant otherwise as a hint. */
export function jsonOf(node: unknown, reading: Reading, depth = 0): JsonValue {
  const { problems } = reading;
  const tell = (severity: Problem["severity"], message: Said) => problems.push({ ...placeOf(node), severity, message });
  // Aliases make much of little: a few lines can stand for more than a machine holds.
  if (reading.nodesLeft-- <= 0 || depth > maxDepth) {
    if (!reading.isTooMuch)
      tell(
        "error",
        say`This is too large or too deep for a task file. Put examples into a file of their own (examples_file).`,
      );
    reading.isTooMuch = true;
    return null;
  }
  if (reading.isTooMuch) return null;
  if (isAlias(node)) return jsonOf(target(node, reading), reading, depth + 1);
  if (isSeq(node)) return node.items.slice(0, reading.nodesLeft + 1).map((item) => jsonOf(item, reading, depth + 1));
  if (isMap(node)) {
    const entries: [string, JsonValue][] = node.items
      .slice(0, reading.nodesLeft + 1)
      .flatMap((pair) => (isPair(pair) ? [[keyText(pair.key), jsonOf(pair.value, reading, depth + 1)]] : []));
    return Object.fromEntries(entries);
  }
  if (!isScalar(node)) return null;
  const { value, source } = node;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) {
      tell(
        "error",
        say`${source ?? String(value)} is no number that JSON can hold. Put it in quotes where it is meant as a text.`,
      );
      return null;
    }
    const plain = source === undefined || source === String(value) || source === JSON.stringify(value);
    if (!plain)
      tell(
        "information",
        say`This is read as the number ${String(value)}. Put it in quotes where it is meant as the text “${source}”.`,
      );
    return value;
  }
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  tell("error", say`This is no value that JSON can hold. Put it in quotes where it is meant as a text.`);
  return null;
}

function target(alias: Alias, { document, targets }: Reading): unknown {
  if (!targets.has(alias)) targets.set(alias, alias.resolve(document));
  return targets.get(alias);
}

/** A key as text: `1: x` is the key "1", as in JSON. */
export function keyText(key: unknown): string {
  if (!isScalar(key)) return String(key);
  return typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
}
