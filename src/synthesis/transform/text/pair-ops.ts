/** Operations on two or more texts of a record: one without the other, all that are not empty. */
import { quote } from "../../javascript.ts";
import type { Code, Op } from "../language/expr.ts";
import { pyQuote } from "../language/python.ts";

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
