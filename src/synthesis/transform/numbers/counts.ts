/** Operations from text to a number that count: characters, words, marks, kinds of characters. */
import { quote } from "../../javascript.ts";
import type { Op } from "../language/expr.ts";
import { pyQuote } from "../language/python.ts";

const count = (key: string, cost: number, pattern: RegExp, py: string, say: string): Op => ({
  key,
  gives: "number",
  cost,
  apply: (text: string) => (text.match(pattern) ?? []).length,
  js: (text) => `(${text.tight}.match(${pattern}) ?? []).length`,
  py: (text) => `len(${py.replace("$", text.bare)})`,
  say: (text) => `the number of ${say} in ${text}`,
  name: "count",
});

const fixedCounts: readonly Op[] = [
  {
    key: "length",
    gives: "number",
    cost: 2.2,
    apply: (text: string) => [...text].length,
    js: (text) => `[...${text.bare}].length`,
    py: (text) => `len(${text.bare})`,
    say: (text) => `the length of ${text}`,
    name: "length",
  },
  count("words", 1.6, /[^ \t\r\n]+/g, "$.split()", "words"),
];

/** How often a mark stands in the text; `more` 1 for the number of parts between them. */
const markCount = (mark: string, more: 0 | 1): Op => ({
  key: `marks${more}${mark}`,
  gives: "number",
  cost: more ? 2 : 2.2,
  apply: (text: string) => text.split(mark).length - 1 + more,
  js: (text) => `${text.tight}.split(${quote(mark)}).length${more ? "" : " - 1"}`,
  py: (text) => (more ? `len(${text.tight}.split(${pyQuote(mark)}))` : `${text.tight}.count(${pyQuote(mark)})`),
  ...(more ? {} : { loose: "js" as const }),
  say: (text) =>
    more ? `the number of parts of ${text} between ${quote(mark)}` : `how often ${quote(mark)} stands in ${text}`,
  name: "count",
});

/** Whether the operation counts: few calculate with that. */
export const isCount = ({ name }: Op): boolean => name === "count" || name === "length";

/** Text to counts; marks are those that the texts hold. */
export function countOps(texts: readonly string[]): Op[] {
  const marks = new Map<string, number>();
  for (const text of texts)
    for (const mark of new Set(text.slice(0, 500).match(/[^\p{L}\p{N}\s]|[ \n]/gu) ?? []))
      marks.set(mark, (marks.get(mark) ?? 0) + 1);
  const common = [...marks].sort((a, b) => b[1] - a[1]).slice(0, 6);
  return [...fixedCounts, ...common.flatMap(([mark]) => [markCount(mark, 0), markCount(mark, 1)])];
}
