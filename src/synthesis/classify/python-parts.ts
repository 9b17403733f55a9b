/** The parts of emitted Python that read a text: its words, its cues. They say what `javascript-parts.ts` says. */
import { isForm, languageCues, lengthCues, lureCues, patternCues, toneCues } from "./cues.ts";
import { commonWords, complaint, lexiconStem, lures, negatedWords, negators, praise } from "./lexicon.ts";

/** A Python string literal: JSON's escapes mean the same, surrogates alone excepted, which no well-formed text has. */
export const pythonText = (text: string): string =>
  JSON.stringify(text.toWellFormed()).replace(
    /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** What JavaScript's `trim` and `\s` take for blank. */
const blanks =
  "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000\\u2001\\u2002\\u2003\\u2004\\u2005\\u2006\\u2007\\u2008\\u2009\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";

export const wordsPart = (maxLength: number): string => `BLANKS = "${blanks}"


def beginning(text):
    """The part of a text that is read, measured in UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")[:${2 * maxLength}]
    return units.decode("utf-16-le", "ignore")


def words_of(text):
    """Words in small letters: runs of letters and digits; every other sign is a word of its own."""
    words = []
    word = ""
    for c in beginning(text).lower():
        if c == "'" or unicodedata.category(c)[0] in "LMN":
            word += c
            continue
        if word:
            words.append(word)
            word = ""
        if c not in BLANKS:
            words.append(c)
    return words + [word] if word else words


`;

/** `cues_of` and what it needs, for the cues named. */
export function cuesPart(cues: ReadonlySet<string>): string {
  const has = (list: readonly { readonly name: string }[]): boolean => list.some(({ name }) => cues.has(name));
  const lines = patternCues
    .filter(({ name }) => cues.has(name))
    .map(({ name, pattern }) => {
      const source = pythonPattern(pattern);
      return `    if re.search(${source}, text):\n        ${isForm(name) ? "form" : "content"}.append(${pythonText(name)})`;
    });
  for (const { name, most } of lengthCues)
    if (cues.has(name)) lines.push(`    if len(words) <= ${most}:\n        form.append(${pythonText(name)})`);
  let before = "";
  if (has(toneCues)) {
    before += tonePart();
    lines.push('    tone = tone_of(words)\n    (form if tone == "neutral" else content).append(tone)');
  }
  if (has(lureCues)) {
    before += luresPart();
    lines.push(
      `    lures = sum(word[:${lexiconStem}] in LURES for word in words)`,
      '    if lures >= 1:\n        content.append("lures")',
      '    if lures >= 2:\n        content.append("lures more")',
    );
  }
  if (has(languageCues)) {
    before += languagePart();
    lines.push("    content.append(language_of(words))");
  }
  return `${before}def cues_of(text, words):
    """What a text shows beside its words: of form, and of content."""
    form = []
    content = []
${lines.join("\n")}
    return form, content


`;
}

/** The pattern as a literal; `$` is the very end in JavaScript, but not in Python. */
export const pythonPattern = (pattern: string): string =>
  `r'${pattern.replaceAll("$", (_, at: number) => (pattern[at - 1] === "[" ? "$" : "\\Z"))}'`;

const setOf = (words: readonly string[]): string => {
  let lines = "";
  let line = "    ";
  for (const word of words) {
    if (line.length + word.length > 100) {
      lines += `${line.trimEnd()}\n`;
      line = "    ";
    }
    line += `${word} `;
  }
  return `set("""\n${lines}${line.trimEnd()}\n""".split())`;
};

/** The words of praise and complaint, and whether they are turned. */
export const tonePart = (): string => `PRAISE = ${setOf(praise)}
COMPLAINT = ${setOf(complaint.filter((word) => !praise.includes(word)))}
TURNING = ${setOf(negators)}


def tone_of(words):
    """A turned word of praise complains; a turned word of complaint says nothing."""
    tone = 0
    turned = 0
    for word in words:
        start = word[:${lexiconStem}]
        if start in PRAISE and start not in TURNING:
            tone += -1 if turned > 0 else 1
        if start in COMPLAINT and start not in TURNING and turned <= 0:
            tone -= 1
        turned = ${negatedWords} if start in TURNING else turned - 1
    return "praises" if tone > 0 else "complains" if tone < 0 else "neutral"


`;

export const luresPart = (): string => `LURES = ${setOf(lures)}


`;

export const languagePart = (): string => `COMMON_WORDS = {
${Object.entries(commonWords)
  .map(([language, words]) => `    "${language}": ${setOf(words).replaceAll("\n", "\n    ")},\n`)
  .join("")}}


def language_of(words):
    """The language most of whose commonest words occur."""
    best = ""
    most = 0
    for language, common in COMMON_WORDS.items():
        count = sum(word in common for word in words)
        if count > most:
            best = language
            most = count
    return best


`;
