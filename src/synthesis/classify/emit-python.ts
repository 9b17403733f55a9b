/** Writes a linear model as Python, standard library only, that gives what the JavaScript program gives. */
import type { JsonValue } from "../../contract/wire.ts";
import { codes, type Frame, pairsOf, tableNames, wrap } from "./emit-javascript.ts";
import type { Field } from "./inputs.ts";
import { cuesPart, pythonText, wordsPart } from "./python-parts.ts";
import { encodingOf, type LinearProgram, type Table } from "./quantise.ts";

export function emitLinearPython(program: LinearProgram, frame: Frame): string {
  const { labels, fields, start, tables, reading } = program;
  const encoding = encodingOf(labels.length);
  const names = tableNames(fields);
  const kinds = new Set(tables.map(({ kind }) => kind));
  const hasText = ["stems", "pairs", "runs", "cues"].some((kind) => kinds.has(kind as "stems"));
  const cues = new Set(tables.flatMap(({ kind, weights }) => (kind === "cues" ? [...weights.keys()] : [])));
  const data = fields.flatMap((_, f) => {
    const own = tables.filter(({ field }) => field === f);
    return own.length === 0
      ? []
      : [`${names[f]} = {\n${own.map((table) => writeTable(table, labels.length)).join("")}}\n`];
  });
  const calls = fields.flatMap((field, f) =>
    tables.some((table) => table.field === f) ? [callFor(field, names[f] ?? "")] : [],
  );
  const { label, zero } = codes(labels.length);
  const tally = {
    two: "totals[1] += weights",
    pairs: `for i in range(0, len(weights), 2):\n            totals[ord(weights[i]) - ${label}] += ord(weights[i + 1]) - ${zero}`,
  }[encoding === "two" ? "two" : "pairs"];
  return `import math
${hasText || kinds.has("number") ? "import re\n" : ""}${hasText ? "import unicodedata\n" : ""}
LABELS = [${labels.map(pythonLiteral).join(", ")}]

# Where each label's score starts.
START = [${start.map((value) => Number(value.toFixed(4))).join(", ")}]

# What each feature adds to labels${encoding !== "two" ? ": pairs of characters, one for the label and one for the weight" : ""}.
${data.join("\n")}

def add(table, features, share, scores):
    """Adds the weights of features that are in the table, each times the share; gives how many are."""
    if table is None:
        return 0
    totals = [0] * len(scores)
    known = 0
    for feature in features:
        weights = table["weights"].get(feature)
        if weights is None:
            continue
        known += 1
        ${tally}
    for i, total in enumerate(totals):
        scores[i] += total * table["step"] * share
    return known


${textOf}
${hasText ? `${wordsPart(reading.maxLength)}${cues.size > 0 ? cuesPart(cues) : ""}${addText(reading.runs, cues.size > 0)}` : ""}${kinds.has("category") ? addCategory : ""}${kinds.has("number") ? addNumber : ""}def classify(input):
    """The likeliest label and how sure it is (0 to 1); None where nothing of the input is known."""
${pythonGuard(fields, frame.optional)}
    scores = list(START)
    known = ${calls.join(" + ") || "0"}
    if known == 0:
        return {"label": None, "confidence": 0}
    best = scores.index(max(scores))
    total = sum(math.exp(score - scores[best]) for score in scores)
    confidence = math.floor(10000 / total + 0.5) / 10000
    return {"label": ${frame.threshold > 0 ? `None if confidence < ${frame.threshold} else ` : ""}LABELS[best], "confidence": confidence}


def run(input):
    ${pythonText(frame.explanation.replace(/\s+/g, " "))}
    return classify(input)["label"]
`;
}

export function pythonLiteral(value: JsonValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "string" ? pythonText(value) : JSON.stringify(value);
}

function writeTable({ kind, step, weights }: Table, labels: number): string {
  const encoding = encodingOf(labels);
  const entries = [...weights].map(([text, values]) => {
    const written = encoding === "two" ? String(values[0] ?? 0) : pythonText(pairsOf(values, labels));
    return `${pythonText(text)}: ${written},`.slice(0, -1);
  });
  return `    "${kind}": {\n        "step": ${step},\n        "weights": {\n${wrap(entries, "            ")}        },\n    },\n`;
}

export const fieldText = ({ key }: Field): string =>
  key === undefined ? "input" : typeof key === "number" ? `item_at(input, ${key})` : `input.get(${pythonText(key)})`;

function callFor(field: Field, table: string): string {
  const value = fieldText(field);
  if (field.kind === "number") return `add_number(${value}, ${table}, scores)`;
  return `add_${field.kind}(text_of(${value}), ${table}, scores)`;
}

/** Raises a TypeError where the JavaScript program throws one. */
export function pythonGuard(fields: readonly Field[], optional: boolean): string {
  const key = fields[0]?.key;
  if (key !== undefined)
    return `    if not isinstance(input, ${typeof key === "number" ? "list" : "dict"}):\n        raise TypeError("expected a record")`;
  const wanted = fields[0]?.kind === "number" ? "a number" : "text";
  return `    if isinstance(input, (list, dict))${optional ? "" : " or input is None"}:\n        raise TypeError("expected ${wanted}")`;
}

/** Values as JavaScript writes them. */
export const textOf = `def item_at(items, i):
    return items[i] if i < len(items) else None


def text_of(value):
    """A value as text: nothing is empty, and whole numbers have no point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return str(value)


`;

const addText = (
  [shortest, longest]: readonly [number, number],
  cues: boolean,
): string => `def add_text(text, tables, scores):
    """Words by their first 5 letters, pairs of neighbours, and runs of ${shortest} to ${longest} characters add their weights."""
    words = words_of(text)
    stems = {}
    pairs = {}
    runs = {}
    previous = "^"
    for word in words:
        stem = word[:5]
        stems[stem] = True
        pairs[previous + " " + stem] = True
        previous = stem
        if max(word) > "\\uffff":
            continue
        padded = " " + word + " "
        for size in range(${shortest}, ${longest + 1}):
            for i in range(len(padded) - size + 1):
                runs[padded[i : i + size]] = True
    known = add(tables.get("stems"), stems, 1 / math.sqrt(len(stems) or 1), scores)
    known += add(tables.get("pairs"), pairs, 1 / math.sqrt(len(pairs) or 1), scores)
    known += add(tables.get("runs"), runs, 1 / math.sqrt(len(runs) or 1), scores)
${
  cues
    ? `    form, content = cues_of(beginning(text).strip(BLANKS), words)
    add(tables.get("cues"), form, 1, scores)
    return known + add(tables.get("cues"), content, 1, scores)`
    : "    return known"
}


`;

const addCategory = `def add_category(value, tables, scores):
    return add(tables["category"], ["is " + value], 1, scores)


`;

const addNumber = `def add_number(value, tables, scores):
    """A number adds the weights of every limit it reaches."""
    written = isinstance(value, str) and re.fullmatch(r"\\s*-?([0-9]+([.][0-9]*)?|[.][0-9]+)\\s*", value)
    if not written and (isinstance(value, bool) or not isinstance(value, (int, float))):
        add(tables["number"], ["missing"], 1, scores)
        return 0
    number = float(value)
    limits = [limit for limit in tables["number"]["weights"] if limit != "missing" and number >= float(limit)]
    add(tables["number"], limits, 1, scores)
    return 1


`;
