/** Writes a decision list as JavaScript or Python that reads like the rules themselves. */
import type { JsonValue } from "../../contract/wire.ts";
import { freeName, literal, member, quote } from "../javascript.ts";
import { languageCues, lengthCues, lureCues, patternCues, toneCues } from "./cues.ts";
import { type Frame, guard } from "./emit-javascript.ts";
import { fieldText, pythonGuard, pythonLiteral, textOf } from "./emit-python.ts";
import type { Field } from "./inputs.ts";
import * as js from "./javascript-parts.ts";
import { lexiconStem } from "./lexicon.ts";
import * as py from "./python-parts.ts";
import type { Condition, Rule } from "./rules.ts";

export interface RulesProgram {
  readonly labels: readonly JsonValue[];
  readonly fields: readonly Field[];
  readonly maxLength: number;
  readonly rules: readonly Rule[];
}

/** Rules side by side that ask for words of the same field and say the same, as one. */
interface Line {
  readonly conditions: readonly Condition[];
  readonly label: number;
  readonly confidence: number;
}

export function linesOf(rules: readonly Rule[]): Line[] {
  const lines: { conditions: Condition[]; label: number; confidence: number }[] = [];
  for (const { condition, label, confidence } of rules) {
    const last = lines.at(-1);
    const first = last?.conditions[0];
    if (
      condition?.kind === "word" &&
      first?.kind === "word" &&
      first.field === condition.field &&
      last?.label === label
    ) {
      last.conditions.push(condition);
      last.confidence = Math.min(last.confidence, confidence);
    } else lines.push({ conditions: condition ? [condition] : [], label, confidence });
  }
  return lines;
}

interface Names {
  readonly text: string;
  readonly words: string;
}

function namesOf(fields: readonly Field[], snake: boolean): Names[] {
  const taken = new Set<string>();
  return fields.map(({ key, kind }) => {
    const plain = key === undefined ? (kind === "number" ? "number" : "text") : freeName(String(key), taken);
    const text = snake && key !== undefined ? `${plain.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}_value` : plain;
    return { text, words: key === undefined ? "tokens" : snake ? `${text}_words` : `${text}Words` };
  });
}

const kindsIn = (rules: readonly Rule[]) => {
  const conditions = rules.flatMap(({ condition }) => condition ?? []);
  const cues = conditions.filter(({ kind }) => kind === "cue").map(({ value }) => String(value));
  const among = (list: readonly { name: string }[]): boolean => list.some(({ name }) => cues.includes(name));
  const counted = [...lengthCues, ...toneCues, ...lureCues, ...languageCues];
  return {
    words: conditions.some(({ kind, value }) => kind === "word" || counted.some(({ name }) => name === value)),
    any: conditions.some(({ kind }) => kind === "word"),
    tone: among(toneCues),
    lures: among(lureCues),
    language: among(languageCues),
  };
};

export function emitRulesJavascript({ labels, fields, maxLength, rules }: RulesProgram, frame: Frame): string {
  const names = namesOf(fields, false);
  const has = kindsIn(rules);
  const reading = fields.flatMap((field, f) => {
    const { text, words } = names[f] ?? { text: "text", words: "tokens" };
    const value = field.key === undefined ? "input" : member("input", field.key);
    if (field.kind === "number") return [`const ${text} = numberOf(${value});`];
    if (field.kind === "category") return [`const ${text} = String(${value} ?? "");`];
    const lines = [`const ${text} = String(${value} ?? "").slice(0, ${maxLength}).trim();`];
    return has.words ? [...lines, `const ${words} = wordsOf(${text});`] : lines;
  });
  const answer = (label: number, confidence: number): string =>
    `{ label: ${confidence < frame.threshold ? "null" : literal(labels[label] ?? null)}, confidence: ${confidence.toFixed(4)} }`;
  const tests = linesOf(rules).map(({ conditions, label, confidence }) =>
    conditions.length === 0
      ? `return ${answer(label, confidence)};`
      : `if (${javascriptTest(conditions, names)}) {\n    return ${answer(label, confidence)};\n  }`,
  );
  const empty = fields.map((field, f) => `${names[f]?.text} === ${field.kind === "number" ? "undefined" : '""'}`);
  return `${has.words ? `${js.wordsPart(maxLength)}\n` : ""}${has.any ? "// Whether one of the words is in the list.\nfunction hasAny(words, list) {\n  return words.some((word) => list.includes(word));\n}\n\n" : ""}${has.tone ? js.tonePart : ""}${has.lures ? js.luresPart : ""}${has.language ? js.languagePart : ""}${fields.some(({ kind }) => kind === "number") ? numberJavascript : ""}// The label and how sure it is (0 to 1); null for an empty input.
function classify(input) {
  ${guard(fields, frame.optional)}
  ${reading.join("\n  ")}
  if (${empty.join(" && ")}) return { label: null, confidence: 0 };
  ${tests.join("\n  ")}
}

// ${frame.explanation.replace(/\s+/g, " ")}
function run(input) {
  return classify(input).label;
}
`;
}

const numberJavascript = `function numberOf(value) {
  if (typeof value === "number") return value;
  return /^\\s*-?([0-9]+([.][0-9]*)?|[.][0-9]+)\\s*$/.test(value) ? Number(value) : undefined;
}

`;

function javascriptTest(conditions: readonly Condition[], names: readonly Names[]): string {
  const condition = conditions[0];
  const { text, words } = names[condition?.field ?? 0] ?? { text: "text", words: "tokens" };
  if (!condition) return "true";
  if (condition.kind === "word")
    return `hasAny(${words}, [${conditions.map(({ value }) => quote(String(value))).join(", ")}])`;
  if (condition.kind === "category") return `${text} === ${quote(condition.value)}`;
  if (condition.kind === "atLeast") return `${text} >= ${condition.value}`;
  if (condition.kind === "below") return `${text} < ${condition.value}`;
  const cue = cueOf(condition.value);
  if (cue.pattern !== undefined) return `${js.regex(cue.pattern)}.test(${text})`;
  if (cue.most !== undefined) return `${words}.length <= ${cue.most}`;
  if (cue.lures !== undefined)
    return `${words}.filter((word) => LURES[word.slice(0, ${lexiconStem})] !== undefined).length >= ${cue.lures}`;
  return `${toneCues.some(({ name }) => name === condition.value) ? "toneOf" : "languageOf"}(${words}) === ${quote(condition.value)}`;
}

export function emitRulesPython({ labels, fields, maxLength, rules }: RulesProgram, frame: Frame): string {
  const names = namesOf(fields, true);
  const has = kindsIn(rules);
  const hasText = fields.some(({ kind }) => kind === "text");
  const reading = fields.flatMap((field, f) => {
    const { text, words } = names[f] ?? { text: "text", words: "tokens" };
    const value = fieldText(field);
    if (field.kind === "number") return [`${text} = number_of(${value})`];
    if (field.kind === "category") return [`${text} = text_of(${value})`];
    const lines = [`${text} = beginning(text_of(${value})).strip(BLANKS)`];
    return has.words ? [...lines, `${words} = words_of(${text})`] : lines;
  });
  const answer = (label: number, confidence: number): string =>
    `{"label": ${confidence < frame.threshold ? "None" : pythonLiteral(labels[label] ?? null)}, "confidence": ${confidence.toFixed(4)}}`;
  const tests = linesOf(rules).map(({ conditions, label, confidence }) =>
    conditions.length === 0
      ? `    return ${answer(label, confidence)}`
      : `    if ${pythonTest(conditions, names)}:\n        return ${answer(label, confidence)}`,
  );
  const empty = fields.map((field, f) => `${names[f]?.text} ${field.kind === "number" ? "is None" : '== ""'}`);
  return `import re
${hasText ? "import unicodedata\n" : ""}

${textOf}${hasText ? py.wordsPart(maxLength) : ""}${has.tone ? py.tonePart() : ""}${has.lures ? py.luresPart() : ""}${has.language ? py.languagePart() : ""}${fields.some(({ kind }) => kind === "number") ? numberPython : ""}def classify(input):
    """The label and how sure it is (0 to 1); None for an empty input."""
${pythonGuard(fields, frame.optional)}
    ${reading.join("\n    ")}
    if ${empty.join(" and ")}:
        return {"label": None, "confidence": 0}
${tests.join("\n")}


def run(input):
    ${py.pythonText(frame.explanation.replace(/\s+/g, " "))}
    return classify(input)["label"]
`;
}

const numberPython = `def number_of(value):
    if isinstance(value, str) and re.fullmatch(r"\\s*-?([0-9]+([.][0-9]*)?|[.][0-9]+)\\s*", value):
        return float(value)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


`;

function pythonTest(conditions: readonly Condition[], names: readonly Names[]): string {
  const condition = conditions[0];
  const { text, words } = names[condition?.field ?? 0] ?? { text: "text", words: "tokens" };
  if (!condition) return "True";
  if (condition.kind === "word")
    return `any(word in [${conditions.map(({ value }) => py.pythonText(String(value))).join(", ")}] for word in ${words})`;
  if (condition.kind === "category") return `${text} == ${py.pythonText(condition.value)}`;
  if (condition.kind === "atLeast") return `${text} is not None and ${text} >= ${condition.value}`;
  if (condition.kind === "below") return `${text} is not None and ${text} < ${condition.value}`;
  const cue = cueOf(condition.value);
  if (cue.pattern !== undefined) return `re.search(${py.pythonPattern(cue.pattern)}, ${text})`;
  if (cue.most !== undefined) return `len(${words}) <= ${cue.most}`;
  if (cue.lures !== undefined) return `sum(word[:${lexiconStem}] in LURES for word in ${words}) >= ${cue.lures}`;
  return `${toneCues.some(({ name }) => name === condition.value) ? "tone_of" : "language_of"}(${words}) == ${py.pythonText(condition.value)}`;
}

function cueOf(name: string): { pattern?: string | undefined; most?: number | undefined; lures?: number } {
  const lures = lureCues.findIndex((cue) => cue.name === name);
  if (lures >= 0) return { lures: lures + 1 };
  return {
    pattern: patternCues.find((cue) => cue.name === name)?.pattern,
    most: lengthCues.find((cue) => cue.name === name)?.most,
  };
}
