/** The parts of emitted JavaScript that read a text: its words, its runs, its cues. Only those a program needs. */
import { quote } from "../javascript.ts";
import { isForm, languageCues, lengthCues, lureCues, patternCues, toneCues } from "./cues.ts";
import { stemLength, wordPattern } from "./features.ts";
import { commonWords, complaint, lexiconStem, lures, negatedWords, negators, praise } from "./lexicon.ts";
import type { LinearProgram } from "./quantise.ts";

/** Functions that add what texts, categories and numbers say, as far as the program has such fields. */
export function readingParts({ tables, reading }: LinearProgram): string {
  const kinds = new Set(tables.map(({ kind }) => kind));
  const cues = new Set(tables.flatMap(({ kind, weights }) => (kind === "cues" ? [...weights.keys()] : [])));
  const hasText = ["stems", "pairs", "runs", "cues"].some((kind) => kinds.has(kind as "stems"));
  const [shortest, longest] = reading.runs;
  let source = "";
  if (hasText)
    source += `${wordsPart(reading.maxLength)}
// Words by their first ${stemLength} letters, pairs of neighbours, and runs of ${shortest} to ${longest} characters add their weights.
function addText(text, tables, scores) {
  const words = wordsOf(text);
  const stems = new Set();
  const pairs = new Set();
  const runs = new Set();
  let previous = "^";
  for (const word of words) {
    const stem = word.slice(0, ${stemLength});
    stems.add(stem);
    pairs.add(previous + " " + stem);
    previous = stem;
    if (/[\\ud800-\\udfff]/.test(word)) continue;
    const padded = " " + word + " ";
    for (let size = ${shortest}; size <= ${longest}; size++) {
      for (let i = 0; i + size <= padded.length; i++) runs.add(padded.slice(i, i + size));
    }
  }
  let known = add(tables.stems, stems, 1 / Math.sqrt(stems.size || 1), scores);
  known += add(tables.pairs, pairs, 1 / Math.sqrt(pairs.size || 1), scores);
  known += add(tables.runs, runs, 1 / Math.sqrt(runs.size || 1), scores);
${
  cues.size > 0
    ? `  const { form, content } = cuesOf(text.slice(0, ${reading.maxLength}).trim(), words);
  add(tables.cues, form, 1, scores);
  return known + add(tables.cues, content, 1, scores);`
    : "  return known;"
}
}

`;
  if (cues.size > 0) source += cuesPart(cues);
  if (kinds.has("category"))
    source += `function addCategory(value, tables, scores) {\n  return add(tables.category, ["is " + value], 1, scores);\n}\n\n`;
  if (kinds.has("number"))
    source += `// A number adds the weights of every limit it reaches.
function addNumber(value, tables, scores) {
  const number = typeof value === "number" || /^\\s*-?([0-9]+([.][0-9]*)?|[.][0-9]+)\\s*$/.test(value) ? Number(value) : NaN;
  if (Number.isNaN(number)) {
    add(tables.number, ["missing"], 1, scores);
    return 0;
  }
  const reached = Object.keys(tables.number.weights).filter((limit) => number >= Number(limit));
  add(tables.number, reached, 1, scores);
  return 1;
}

`;
  return source;
}

export function wordsPart(maxLength: number): string {
  return `// Words in small letters: runs of letters and digits; every other sign is a word of its own.
function wordsOf(text) {
  return text.slice(0, ${maxLength}).toLowerCase().match(${wordPattern}) ?? [];
}
`;
}

/** `cuesOf` and what it needs, for the cues named. */
export function cuesPart(cues: ReadonlySet<string>): string {
  const has = (list: readonly { readonly name: string }[]): boolean => list.some(({ name }) => cues.has(name));
  const target = (name: string): string => (isForm(name) ? "form" : "content");
  const lines = patternCues
    .filter(({ name }) => cues.has(name))
    .map(({ name, pattern }) => `  if (${regex(pattern)}.test(text)) ${target(name)}.push(${quote(name)});`);
  for (const { name, most } of lengthCues)
    if (cues.has(name)) lines.push(`  if (words.length <= ${most}) form.push(${quote(name)});`);
  let before = "";
  if (has(toneCues)) {
    before += tonePart;
    lines.push('  const tone = toneOf(words);\n  (tone === "neutral" ? form : content).push(tone);');
  }
  if (has(lureCues)) {
    before += luresPart;
    lines.push(
      `  const lures = words.filter((word) => LURES[word.slice(0, ${lexiconStem})] !== undefined).length;`,
      '  if (lures >= 1) content.push("lures");',
      '  if (lures >= 2) content.push("lures more");',
    );
  }
  if (has(languageCues)) {
    before += languagePart;
    lines.push("  content.push(languageOf(words));");
  }
  return `${before}// What a text shows beside its words: of form, and of content.
function cuesOf(text, words) {
  const form = [];
  const content = [];
${lines.join("\n")}
  return { form, content };
}

`;
}

export const regex = (pattern: string): string => `/${pattern.replaceAll("/", "\\/")}/`;

function wrapWords(words: readonly string[], value: string): string {
  let lines = "";
  let line = " ";
  for (const word of words) {
    const entry = ` ${/^[a-z]+$/.test(word) ? word : quote(word)}: ${value},`;
    if (line.length + entry.length > 115) {
      lines += `${line}\n`;
      line = " ";
    }
    line += entry;
  }
  return `${lines}${line}\n`;
}

export const tonePart = `// Words of praise (1) and complaint (-1), and words that turn those after them (0), by their first ${lexiconStem} letters.
const TONE = {
${wrapWords(praise, "1")}${wrapWords(
  complaint.filter((word) => !praise.includes(word)),
  "-1",
)}${wrapWords(negators, "0")}};

// A turned word of praise complains; a turned word of complaint says nothing.
function toneOf(words) {
  let tone = 0;
  let turned = 0;
  for (const word of words) {
    const value = TONE[word.slice(0, ${lexiconStem})];
    if (value === 1) tone += turned > 0 ? -1 : 1;
    if (value === -1 && turned <= 0) tone -= 1;
    turned = value === 0 ? ${negatedWords} : turned - 1;
  }
  return tone > 0 ? "praises" : tone < 0 ? "complains" : "neutral";
}

`;

export const languagePart = `// The commonest words of some languages.
const COMMON_WORDS = {
${Object.entries(commonWords)
  .map(([language, words]) => `  ${language}: ${JSON.stringify(` ${words.join(" ")} `)},\n`)
  .join("")}};

// The language most of whose commonest words occur.
function languageOf(words) {
  let best = "";
  let most = 0;
  for (const language of Object.keys(COMMON_WORDS)) {
    const count = words.filter((word) => COMMON_WORDS[language].includes(" " + word + " ")).length;
    if (count > most) {
      best = language;
      most = count;
    }
  }
  return best;
}

`;
export const luresPart = `// Words of advertising, by their first ${lexiconStem} letters.
const LURES = {
${wrapWords(lures, "1")}};

`;
