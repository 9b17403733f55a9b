/** Operations that put the elements of a list together again: some of them, in another order or form, with other glue. */
import { quote } from "../../javascript.ts";
import type { Op } from "../language/expr.ts";
import { pyQuote } from "../language/python.ts";
import { blankKey, type Lister, listJs, plural } from "./list-ops.ts";

interface Form {
  readonly cost: number;
  readonly list: (list: readonly string[]) => readonly string[];
  /** Member call on the list. */
  readonly js: string;
  /** Python of the new list; `@` is the old one. */
  readonly py: string;
  /** `#` is what the elements are called. */
  readonly say: string;
}

function joined(list: Lister, form: Form, glue: string): Op {
  const phrase = form.say.replace("#", plural(list.noun));
  return {
    key: `${form.js}.join(${quote(glue)}) ${list.op.key}`,
    gives: "text",
    cost: form.cost,
    apply: (parts: readonly string[]) => form.list(parts).join(glue),
    js: (parts) => `${listJs(list, parts)}${form.js}.join(${quote(glue)})`,
    py: (parts) => `${pyQuote(glue)}.join(${form.py.replaceAll("@", parts?.tight ?? "")})`,
    say: (what) => what.replace(/^the .*? of /, `${phrase} of `),
    traits: { rearranges: true },
  };
}

const slicePy = (from: number, to: number | undefined): string => `@[${from === 0 ? "" : from}:${to ?? ""}]`;

/** A run of elements, joined again by what stood between them; `longest` is how many there are at most in the examples. */
export function slices(list: Lister, longest: number): Op[] {
  const { delimiter } = list;
  if (delimiter === undefined) return [];
  const ranges: [number, number | undefined, string][] = [
    [1, undefined, "all # but the first"],
    [0, -1, "all # but the last"],
    [1, -1, "all # but the first and the last"],
    [0, 2, "the first two #"],
    [-2, undefined, "the last two #"],
    [2, undefined, "all # but the first two"],
    [3, undefined, "all # but the first three"],
    [0, -2, "all # but the last two"],
    [1, 3, "the second and third #"],
    [0, 3, "the first three #"],
  ];
  return ranges.flatMap(([from, to, say], i) => {
    // What takes everything on all examples says nothing of them.
    if ((from === 0 && (to ?? 0) >= longest) || -from >= longest) return [];
    const form: Form = {
      cost: 0.8 + i * 0.15,
      list: (parts) => parts.slice(from, to),
      js: `.slice(${to === undefined ? from : `${from}, ${to}`})`,
      py: slicePy(from, to),
      say,
    };
    return joined(list, form, delimiter);
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const forms: readonly Form[] = [
  { cost: 1, list: (l) => [...l].reverse(), js: ".reverse()", py: "@[::-1]", say: "the reversed #" },
  { cost: 1.4, list: (l) => [...l].sort(compare), js: ".sort()", py: "sorted(@)", say: "the sorted #" },
  {
    cost: 1.6,
    list: (l) => l.filter((word, i) => l.indexOf(word) === i),
    js: ".filter((part, i, all) => all.indexOf(part) === i)",
    py: "dict.fromkeys(@)",
    say: "the # without repeats",
  },
  {
    cost: 2.2,
    list: (l) => l.map((w) => w.trim()).filter((word, i, all) => all.indexOf(word) === i),
    js: ".map((part) => part.trim()).filter((part, i, all) => all.indexOf(part) === i)",
    py: "dict.fromkeys(part.strip() for part in @)",
    say: "the trimmed # without repeats",
  },
  {
    cost: 1,
    list: (l) => l.filter((w) => w !== ""),
    js: '.filter((part) => part !== "")',
    py: "part for part in @ if part",
    say: "the non-empty #",
  },
  {
    cost: 1.7,
    list: (l) => l.map((w) => w.trim()).reverse(),
    js: ".map((part) => part.trim()).reverse()",
    py: "[part.strip() for part in @][::-1]",
    say: "the trimmed and reversed #",
  },
  {
    cost: 1.9,
    list: (l) => l.map((w) => w.trim()).sort(compare),
    js: ".map((part) => part.trim()).sort()",
    py: "sorted(part.strip() for part in @)",
    say: "the trimmed and sorted #",
  },
  {
    cost: 2.4,
    list: (l) => l.filter((w) => !w.endsWith(".")),
    js: '.filter((part) => !part.endsWith("."))',
    py: 'part for part in @ if not part.endswith(".")',
    say: "the # that do not end with a point",
  },
  {
    cost: 2.2,
    list: (l) => l.filter((w) => /^\p{Lu}/u.test(w)).map((w) => w.charAt(0)),
    js: ".filter((part) => /^\\p{Lu}/u.test(part)).map((part) => part.charAt(0))",
    py: "part[0] for part in @ if part[:1].isupper()",
    say: "the initials of the capitalized #",
  },
];

/**
 * The whole list in another order or form, joined by `glues`.
 * `longest` is how many elements the lists of the examples have at most.
 */
export function rearrangements(list: Lister, glues: readonly string[], longest: number): Op[] {
  const own = list.delimiter ?? " ";
  // Two parts in another order are better taken one by one: a third part shows up where it is not expected.
  const fitting = longest > 2 ? forms : forms.filter((form) => !/\.(?:reverse|sort)\(\)$/.test(form.js));
  const ops = fitting.flatMap((form) =>
    glues.map((glue) => joined(list, { ...form, cost: form.cost + (glue === own ? 0 : 0.4) }, glue)),
  );
  // Elements as they are, with something else between them: for a split this is a replacement, which is shorter.
  if (list.nullable || list.op.key === blankKey)
    for (const glue of glues)
      ops.push(joined(list, { cost: 1.3, list: (l) => l, js: "", py: "@", say: "the #" }, glue));
  return ops;
}
