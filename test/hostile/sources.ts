/** Hostile programs whose source itself is the attack: too deep, too long or too odd for a file of their own. */
import type { ProgramLanguage } from "../../src/contract/tasks.ts";

export interface HostileSource {
  readonly name: string;
  readonly tries: string;
  readonly expected: readonly string[];
  readonly language: ProgramLanguage;
  readonly code: string;
}

const contained = 'function run(input) { return "contained"; }';
/** Long for a program, and still read and compiled well within a budget. */
const longest = 40_000;

function filled(start: string, piece: string, end: string): string {
  return start + piece.repeat(Math.floor((longest - start.length - end.length) / piece.length)) + end;
}

function nested(open: string, middle: string, close: string, depth: number): string {
  return open.repeat(depth) + middle + close.repeat(depth);
}

const javascript: readonly (readonly [name: string, tries: string, expected: string, code: string])[] = [
  [
    "parentheses",
    "parentheses too deep for a parser",
    "error",
    `const x = ${nested("(", "1", ")", 100_000)};\n${contained}`,
  ],
  [
    "arrays",
    "arrays just deep enough for one parser and too deep for the next",
    "success error",
    `const x = ${nested("[", "1", "]", 2_500)};\n${contained}`,
  ],
  [
    "blocks",
    "blocks too deep for a parser",
    "error",
    `function run(input) ${nested("{", 'return "contained";', "}", 100_000)}`,
  ],
  [
    "functions",
    "functions in functions in functions",
    "success error",
    `function run(input) { return ${nested("(() => ", '"contained"', ")()", 1_000)}; }`,
  ],
  [
    "ternaries",
    "a chain of conditions too long to walk",
    "success error",
    `${contained}\nconst x = ${"1 ? 2 : ".repeat(50_000)} 3;`,
  ],
  ["sum", "a sum too long to walk", "success error", `const x = ${"1+".repeat(200_000)}1;\n${contained}`],
  [
    "members",
    "a chain of calls too long to walk",
    "success error",
    `const f = (x) => x${".a".repeat(20_000)};\n${contained}`,
  ],
  [
    "templates",
    "templates in templates",
    "success error",
    `const x = ${nested("`${", "1", "}`", 2_000)};\n${contained}`,
  ],
  [
    "pattern",
    "a regular expression too deep to check",
    "success error",
    `const x = /${nested("(?:", "a", ")", 100_000)}/;\n${contained}`,
  ],
  [
    "patterns",
    "forty kilobytes of regular expressions",
    "success error timeout",
    filled(`${contained}\nconst x = [`, "/(?<a>a+)+\\k<a>$/u,", "1];"),
  ],
  [
    "declarations",
    "forty kilobytes of functions",
    "success error timeout memory",
    `${contained}\n${Array.from({ length: 2_000 }, (_, i) => `function f${i}(){}`).join("")}`,
  ],
  [
    "constants",
    "forty kilobytes of constants to freeze",
    "success error timeout memory",
    `${contained}\nconst x = {${Array.from({ length: 2_000 }, (_, i) => `a${i}:[${i}]`).join()}};`,
  ],
  [
    "numbers",
    "a number of forty thousand digits",
    "success error timeout",
    filled(`${contained}\nconst x = `, "7", "n;"),
  ],
  ["comment", "forty kilobytes of nothing", "success", filled(`${contained}\n/*`, "*", "*/")],
  ["lines", "thirteen thousand line ends of the rare kind", "success", filled(`${contained}\n`, "\u2028", "")],
  [
    "escapes",
    "a name written in seven thousand escapes",
    "success error",
    filled(`${contained}\nconst `, "\\u{61}", " = 1;"),
  ],
  [
    "surrogates",
    "halves of characters in names, strings and patterns",
    "success error",
    `${contained}\nconst s = "\ud800", t = /[\udc00-\udfff]/, u = "\ud83d" + "\ude00";`,
  ],
  ["nothing", "no program at all", "error", "\u0000\ufeff"],
];

/** A reader of types that such a source has broken must not be asked again: its process may end for it. */
const typescript: readonly (readonly [name: string, tries: string, expected: string, code: string])[] = [
  [
    "parentheses",
    "parentheses too deep for the reader of types",
    "error crashed",
    `const x = ${nested("(", "1", ")", 100_000)};\n${contained}`,
  ],
  [
    "types",
    "types in types in types",
    "success error crashed",
    `type X = ${nested("[", "1", "]", 20_000)};\n${contained}`,
  ],
  [
    "generics",
    "angle brackets too deep to tell from a comparison",
    "success error crashed",
    `type X = ${nested("Array<", "1", ">", 5_000)};\n${contained}`,
  ],
  [
    "assertions",
    "assertions on assertions",
    "success error crashed",
    `const x = 1${" as any".repeat(20_000)};\n${contained}`,
  ],
];

export function hostileSources(): HostileSource[] {
  const made = (language: ProgramLanguage) => (one: (typeof javascript)[number]) => {
    const [name, tries, expected, code] = one;
    return { name: `source: ${name} (${language})`, tries, expected: expected.split(" "), language, code };
  };
  return [...javascript.map(made("javascript")), ...typescript.map(made("typescript"))];
}
