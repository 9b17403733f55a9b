/** Replacing what patterns find, in a time that grows with the text only. */

/** What was found: its kind, its one spelling (the same person's number in two spellings is one), and where it ends. */
export interface Found {
  readonly kind: string;
  readonly value: string;
  /** Where it starts and ends in the text; the whole match unless told. */
  readonly start?: number;
  readonly end?: number;
}

/** Gives the placeholder for a value. */
export type NameOf = (kind: string, value: string) => string;

/**
 * @param pattern Global, and bounded in how far one match can reach, or starting at the edge of a run of characters only:
 * then no text makes it slow.
 * @param judge Whether a match is what it looks like; undefined: no, look again from the next character on; null: no,
 * and nothing within it is either.
 */
export function replaceFound(
  text: string,
  pattern: RegExp,
  judge: (match: RegExpExecArray) => Found | undefined | null,
  nameOf: NameOf,
): string {
  let done = "";
  let from = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const found = judge(match);
    if (!found) {
      pattern.lastIndex = found === null ? match.index + match[0].length : match.index + 1;
      continue;
    }
    const { kind, value, start = match.index, end = match.index + match[0].length } = found;
    done += text.slice(from, start) + nameOf(kind, value);
    from = end;
    pattern.lastIndex = end;
  }
  return from === 0 ? text : done + text.slice(from);
}
