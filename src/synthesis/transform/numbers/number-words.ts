/** English number words, up to a hundred, in both directions. */
import type { Helper, Op } from "../language/expr.ts";
import { callOp, helper } from "./call.ts";
import type { Hinted } from "./numerals.ts";

const small =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

const table = (name: string, words: readonly string[]): Helper => {
  const rows = [words.slice(0, 10), words.slice(10)].filter((row) => row.length > 0);
  const lines = rows.map((row) => `  ${row.map((word) => JSON.stringify(word)).join(", ")},`).join("\n");
  return helper(name, [`const ${name} = [\n${lines}\n];`], [`${name} = [\n${lines}\n]`]);
};

const smallTable = table("SMALL_NUMBERS", small);
const tensTable = table("TENS", tens);

const wordsHelper = helper(
  "numberWords",
  [
    "/** forty-two for 42. */",
    "function numberWords(number) {",
    '  if (!Number.isInteger(number) || number < 0 || number > 99) throw new TypeError("expected a whole number below 100");',
    "  if (number < 20) return SMALL_NUMBERS[number];",
    "  const rest = number % 10;",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source of a program
    '  return TENS[Math.floor(number / 10) - 2] + (rest === 0 ? "" : `-${SMALL_NUMBERS[rest]}`);',
    "}",
  ],
  [
    "def number_words(number):",
    '    """forty-two for 42."""',
    "    if number != int(number) or not 0 <= number <= 99:",
    '        raise TypeError("expected a whole number below 100")',
    "    number = int(number)",
    "    if number < 20:",
    "        return SMALL_NUMBERS[number]",
    "    rest = number % 10",
    '    return TENS[number // 10 - 2] + ("" if rest == 0 else f"-{SMALL_NUMBERS[rest]}")',
  ],
  [smallTable, tensTable],
);

function numberWords(number: number): string | undefined {
  if (!Number.isInteger(number) || number < 0 || number > 99) return undefined;
  if (number < 20) return small[number];
  const rest = number % 10;
  return `${tens[Math.floor(number / 10) - 2]}${rest === 0 ? "" : `-${small[rest]}`}`;
}

/** Number below a hundred to words. */
export const wordsOp: Op = callOp(wordsHelper, {
  gives: "text",
  cost: 2,
  apply: numberWords,
  say: (x) => `${x} in words`,
});

/** Whether a text holds a number word. */
export const numberWord: RegExp = new RegExp(`\\b(?:${[...small.slice(1), ...tens].join("|")})\\b`, "i");

const readHelper = helper(
  "readWords",
  [
    "/** 42 for forty-two. */",
    "function readWords(text) {",
    "  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];",
    "  const values = words.flatMap((word) => {",
    "    if (SMALL_NUMBERS.includes(word)) return SMALL_NUMBERS.indexOf(word);",
    "    return TENS.includes(word) ? TENS.indexOf(word) * 10 + 20 : [];",
    "  });",
    '  if (values.length === 0) throw new TypeError("expected a number in words");',
    "  return values.reduce((sum, value) => sum + value, 0);",
    "}",
  ],
  [
    "import re",
    "def read_words(text):",
    '    """42 for forty-two."""',
    '    words = re.findall(r"[a-z]+", text.lower())',
    "    values = [SMALL_NUMBERS.index(word) for word in words if word in SMALL_NUMBERS]",
    "    values += [TENS.index(word) * 10 + 20 for word in words if word in TENS]",
    "    if not values:",
    '        raise TypeError("expected a number in words")',
    "    return sum(values)",
  ],
  [smallTable, tensTable],
);

function readWords(text: string): number | undefined {
  const values = (text.toLowerCase().match(/[a-z]+/g) ?? []).flatMap((word) => {
    if (small.includes(word)) return small.indexOf(word);
    return tens.includes(word) ? tens.indexOf(word) * 10 + 20 : [];
  });
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}

/** Text with a number in words to that number. */
export const readWordsOp: Hinted = {
  hint: numberWord,
  op: callOp(readHelper, {
    gives: "number",
    cost: 2,
    apply: readWords,
    say: (text) => `the number that ${text} says in words`,
    name: "number",
  }),
};
