/** Steps that cut text into a list and put all or some of it together again: in another order, form, or with other glue. */
import { quote } from "../javascript.ts";
import { blankKey, listJs, plural } from "./lists.ts";
import type { Lister, Step } from "./step.ts";

function joined(
  lister: Lister & { delimiter: string },
  extra: { cost: number; list: (list: readonly string[]) => readonly string[]; js: string; say: string },
  glue = lister.delimiter,
): Step {
  return {
    cost: lister.cost + extra.cost,
    rearranges: true,
    apply: (text) => extra.list(lister.cut(text)).join(glue),
    js: (r) => `${lister.js(r)}${extra.js}.join(${quote(glue)})`,
    say: (what) =>
      (extra.say.includes("@") ? extra.say : `${extra.say} of @`)
        .replace("#", plural(lister))
        .replace("@", () => `${what}${lister.where && ` (cut${lister.where})`}`),
  };
}

/** A run of elements, joined again by what stood between them; `longest` is how many there are at most in the examples. */
export function slices(lister: Lister, longest: number): Step[] {
  const { delimiter } = lister;
  if (delimiter === undefined) return [];
  const base = { ...lister, delimiter };
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
    return joined(base, {
      cost: 0.8 + i * 0.15,
      list: (list) => list.slice(from, to),
      js: `.slice(${to === undefined ? from : `${from}, ${to}`})`,
      say,
    });
  });
}

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The whole list in another order or form, joined by `glues`.
 * `longest` is how many elements the lists of the examples have at most. The patterns are those people meet: reversed, sorted, without repeats or gaps, initials, capitalized, trimmed.
 */
export function rearrangements(lister: Lister, glues: readonly string[], longest: number): Step[] {
  const base = { ...lister, delimiter: lister.delimiter ?? " ", js: listJs(lister) };
  const forms: Parameters<typeof joined>[1][] = [
    { cost: 1, list: (l) => [...l].reverse(), js: ".reverse()", say: "the # of @ in reverse order" },
    { cost: 1.4, list: (l) => [...l].sort(compare), js: ".sort()", say: "the # of @ in alphabetical order" },
    {
      cost: 1.6,
      list: (l) => l.filter((word, i) => l.indexOf(word) === i),
      js: ".filter((part, i, all) => all.indexOf(part) === i)",
      say: "the # of @ without repeats",
    },
    { cost: 1, list: (l) => l.filter((w) => w !== ""), js: '.filter((part) => part !== "")', say: "the non-empty #" },
    {
      cost: 1,
      list: (l) => l.map((w) => w.charAt(0)),
      js: ".map((part) => part.charAt(0))",
      say: "the initials of the #",
    },
    {
      cost: 1.3,
      list: (l) => l.map((w) => w.charAt(0).toUpperCase()),
      js: ".map((part) => part.charAt(0).toUpperCase())",
      say: "the upper-case initials of the #",
    },
    {
      cost: 1.6,
      list: (l) => l.map(capitalize),
      js: ".map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())",
      say: "the capitalized #",
    },
    { cost: 1, list: (l) => l.map((w) => w.trim()), js: ".map((part) => part.trim())", say: "the trimmed #" },
    {
      cost: 1.7,
      list: (l) => l.map((w) => w.trim()).reverse(),
      js: ".map((part) => part.trim()).reverse()",
      say: "the trimmed # of @ in reverse order",
    },
    {
      cost: 1.9,
      list: (l) => l.map((w) => w.trim()).sort(compare),
      js: ".map((part) => part.trim()).sort()",
      say: "the trimmed # of @ in alphabetical order",
    },
    {
      cost: 1.5,
      list: (l) => l.map((w) => [...w].reverse().join("")),
      js: '.map((part) => [...part].reverse().join(""))',
      say: "the reversed #",
    },
  ];
  // Two parts in another order are better taken one by one: a third part shows up where it is not expected.
  const fitting = longest > 2 ? forms : forms.filter((form) => !/\.(?:reverse|sort)\(\)$/.test(form.js));
  const steps = fitting.flatMap((form) =>
    glues.map((glue) => joined(base, { ...form, cost: form.cost + glueCost(base, glue) }, glue)),
  );
  // Elements as they are, with something else between them: for a split this is a replacement, which is shorter.
  if (lister.nullable || lister.key === blankKey)
    for (const glue of glues)
      steps.push(
        joined(
          base,
          {
            cost: 1.3,
            list: (l) => l,
            js: "",
            say: `the # of @, ${glue === "" ? "run together" : `joined by ${quote(glue)}`}`,
          },
          glue,
        ),
      );
  return steps;
}

const glueCost = (lister: { delimiter: string }, glue: string): number => (glue === lister.delimiter ? 0 : 0.4);
