/** The characters of a text, without what stands between them, in groups of fixed lengths: telephone numbers, IBANs, ids. */
import { quote } from "../../javascript.ts";
import type { Op } from "../language/expr.ts";
import { pyQuote } from "../language/python.ts";
import { textOp } from "./define.ts";

const kinds = [
  { name: "digits", keep: /\d/g, drop: /\D+/g, dropPy: "[^0-9]+", unit: "\\d", unitPy: "[0-9]" },
  {
    name: "letters and digits",
    keep: /[A-Za-z0-9]/g,
    drop: /[^A-Za-z0-9]+/g,
    dropPy: "[^A-Za-z0-9]+",
    unit: ".",
    unitPy: ".",
  },
] as const;

const mostGroups = 8;

/**
 * Operations that write the digits (or letters and digits) of a text in the groups that all targets have. Texts with
 * another number of them stay as they are without their marks.
 * @param texts the texts they are read from, one per target
 */
export function masks(texts: readonly string[], targets: readonly string[]): Op[] {
  return kinds.flatMap(({ name, keep, drop, dropPy, unit, unitPy }) => {
    const shape = commonShape(targets, keep);
    if (!shape) return [];
    const total = shape.lengths.reduce((sum, length) => sum + length, 0);
    const bare = (text: string): string => text.replace(drop, "");
    // What stands before the last so many characters (a country code) is left out where that fits.
    const skipped = texts.some((text, i) => bare(text) !== bare(targets[i] ?? ""));
    if (!texts.every((text, i) => bare(text).endsWith(bare(targets[i] ?? "")))) return [];
    const groups = shape.lengths.map((length) => `(${unit}{${length}})`).join("");
    const groupsPy = shape.lengths.map((length) => `(${unitPy}{${length}})`).join("");
    const pattern = new RegExp(`${skipped ? "" : "^"}${groups}$`);
    const by = shape.marks.map(
      (mark, i) => mark.replaceAll("$", "$$$$") + (i < shape.lengths.length ? `$${i + 1}` : ""),
    );
    const byPy = shape.marks.map(
      (mark, i) => mark.replaceAll("\\", "\\\\") + (i < shape.lengths.length ? `\\g<${i + 1}>` : ""),
    );
    const from = skipped ? bare(texts[0] ?? "").length - total : 0;
    return [
      textOp({
        cost: 2.6 + shape.lengths.length * 0.3 + (skipped ? 1 : 0) + (unit === "." ? 0.4 : 0),
        apply: (text) => {
          const kept = bare(text);
          return pattern.test(kept) ? kept.slice(-total).replace(new RegExp(`^${groups}$`), by.join("")) : kept;
        },
        js: (r) =>
          skipped
            ? `${r}.replace(${drop}, "").replace(${new RegExp(`^.*?${groups}$`)}, ${quote(by.join(""))})`
            : `${r}.replace(${drop}, "").replace(${pattern}, ${quote(by.join(""))})`,
        py: (r) =>
          `re.sub(r"${skipped ? "^.*?" : "^"}${groupsPy}\\Z", ${pyQuote(byPy.join(""))}, re.sub(r"${dropPy}", "", ${r}))`,
        say: (what) =>
          `the ${name} of ${what} in groups of ${shape.lengths.join(", ")}${from > 0 ? " from the end" : ""}`,
      }),
    ];
  });
}

/** Lengths of the groups and the marks around them, where all texts share them. */
function commonShape(
  texts: readonly string[],
  keep: RegExp,
): { readonly lengths: readonly number[]; readonly marks: readonly string[] } | undefined {
  const [first = ""] = texts;
  const shapeOf = (text: string): string => text.replace(keep, "\u0000");
  const shape = shapeOf(first);
  if (!texts.every((text) => shapeOf(text) === shape)) return undefined;
  const lengths = [...shape.matchAll(/\0+/g)].map(([run]) => run.length);
  const marks = shape.split(/\0+/);
  if (lengths.length < 2 || lengths.length > mostGroups || marks.every((mark) => mark === "")) return undefined;
  return /\p{L}|\p{N}/u.test(marks.join("")) ? undefined : { lengths, marks };
}
