/**
 * What is noted of a program's proof. It is kept with the program as English text, for whoever reads the report; `noted`
 * gives it back as it was said, so that it can be told in another language.
 */
import { type Said, say, verbatim, type Word } from "./say.ts";

export const notes = {
  nothingHeldBack: () =>
    say`No example could be held back, so nothing says how it does on other data. More examples would.`,
  wrongFromOthers: (passed: Word, total: Word) =>
    say`Learned from the other examples alone, it would have got ${passed} of ${total} right: look at the results with care, or add an example or two.`,
  failedOnInputs: (failed: Word, total: Word) => say`It did not succeed on ${failed} of your ${total} other inputs.`,
  moreDoubts: (count: Word) =>
    say`${count} more of your inputs could be meant otherwise: look at the results with care.`,
} as const;

/** A note as it was said; one that nobody says any more (of an earlier version) stays as it is. */
export function noted(note: string): Said {
  for (const { template } of Object.values(notes).map((make) => make("", ""))) {
    const form = template.split(/\{\d+\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const found = new RegExp(`^${form.join("(\\d+)")}$`).exec(note);
    if (found) return { template, args: found.slice(1) };
  }
  return verbatim(note);
}
