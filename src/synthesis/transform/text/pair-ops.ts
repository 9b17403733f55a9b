/** Operations on two or more texts of a record: one without the other, all that are not empty. */
import { quote } from "../../javascript.ts";
import type { Code, Helper, Op } from "../language/expr.ts";
import { pyQuote } from "../language/python.ts";
import { elementAtHelper } from "./list-ops.ts";

const text = (code: Code | undefined): string => code?.tight ?? "";

/** What two texts give together. */
export const pairOps: readonly Op[] = [
  {
    ...{ key: "slice after length", gives: "text", cost: 2 },
    apply: (whole: string, start: string) => whole.slice(start.length),
    js: (whole, start) => `${text(whole)}.slice(${text(start)}.length)`,
    py: (whole, start) => `${text(whole)}[len(${start?.bare}):]`,
    say: (whole, start) => `${whole} without as many characters as ${start} has`,
  },
  {
    ...{ key: "slice after length 1", gives: "text", cost: 2.2 },
    apply: (whole: string, start: string) => whole.slice(start.length + 1),
    js: (whole, start) => `${text(whole)}.slice(${text(start)}.length + 1)`,
    py: (whole, start) => `${text(whole)}[len(${start?.bare}) + 1:]`,
    say: (whole, start) => `what is behind ${start} and one more character in ${whole}`,
  },
  {
    ...{ key: "without", gives: "text", cost: 2 },
    apply: (whole: string, other: string) => whole.replace(other, () => ""),
    js: (whole, other) => `${text(whole)}.replace(${other?.bare}, "")`,
    py: (whole, other) => `${text(whole)}.replace(${other?.bare}, "", 1)`,
    say: (whole, other) => `${whole} without ${other}`,
  },
  {
    ...{ key: "without trimmed", gives: "text", cost: 2.6 },
    apply: (whole: string, other: string) => whole.replace(other, () => "").trim(),
    js: (whole, other) => `${text(whole)}.replace(${other?.bare}, "").trim()`,
    py: (whole, other) => `${text(whole)}.replace(${other?.bare}, "", 1).strip()`,
    say: (whole, other) => `${whole} without ${other} and the spaces around it`,
  },
  {
    ...{ key: "or else", gives: "text", cost: 1.6, loose: true as const },
    apply: (one: string, other: string) => (one === "" ? other : one),
    js: (one, other) => `${text(one)} || ${text(other)}`,
    py: (one, other) => `${text(one)} or ${text(other)}`,
    say: (one, other) => `${one}, or ${other} where that is empty`,
  },
];

function counted(
  key: string,
  cost: number,
  apply: (list: readonly string[], n: number) => string,
  js: (list: string, n: string) => string,
  py: (list: string, n: string) => string,
): Op {
  const isPlace = (n: string): boolean => /^[1-9]\d{0,2}$/.test(n);
  return {
    ...{ key, gives: "text", cost, loose: "js" as const, helpers: [placeHelper, elementAtHelper] },
    apply: (list: readonly string[], n: string) => (isPlace(n) ? apply(list, Number(n)) : undefined),
    js: (list, n) => js(text(list), `toPlace(${n?.bare})`),
    py: (list, n) => py(text(list), `to_place(${n?.bare})`),
    say: (list, n) => `of ${list}, the one that ${n} counts`,
  };
}

const placeHelper: Helper = {
  name: "toPlace",
  js: [
    "function toPlace(text) {",
    '  if (!/^[1-9]\\d{0,2}$/.test(text)) throw new TypeError("expected a whole number from 1 on");',
    "  return Number(text);",
    "}",
  ].join("\n"),
  py: [
    "import re",
    "def to_place(text):",
    '    if not re.search(r"^[1-9][0-9]{0,2}\\Z", text):',
    '        raise TypeError("expected a whole number from 1 on")',
    "    return int(text)",
  ].join("\n"),
};

/** What a number in one field takes out of another: `words[number - 1]`. Numbers count from 1. */
export const countedOps: readonly Op[] = [
  counted(
    "nth",
    1.2,
    (list, n) => list[n - 1] ?? "",
    (l, n) => `${l}[${n} - 1] ?? ""`,
    (l, n) => `element_at(${l}, ${n} - 1)`,
  ),
];

/** All texts that are not empty, joined. */
export function joinFilled(glue: string, count: number): Op {
  const list = (codes: readonly (Code | undefined)[]): string => `[${codes.map((code) => code?.bare).join(", ")}]`;
  return {
    key: `filled ${count} ${quote(glue)}`,
    gives: "text",
    cost: 1.5 + glue.length * 0.2,
    apply: (...texts: string[]) => texts.filter((one) => one !== "").join(glue),
    js: (...codes) => `${list(codes)}.filter((part) => part !== "").join(${quote(glue)})`,
    py: (...codes) => `${pyQuote(glue)}.join(part for part in ${list(codes)} if part)`,
    say: (...texts) => `${texts.join(", ")} (those that are not empty) joined`,
    traits: { rearranges: true },
  };
}
