/** Lines of cells between delimiters: comma-separated values and their like, with or without quotes. */

export interface CellStyle {
  readonly delimiter: string;
  /** Whether a cell may stand in double quotes, and then hold delimiters, and quotes written twice. */
  readonly quotes: boolean;
  /** Whether spaces around cells do not belong to them. */
  readonly trim: boolean;
}

const delimiters = [",", "\t", "|", ";", " | ", ":", "/", " - "];

/** Every style that may fit these texts, the commonest first. */
export function cellStyles(texts: readonly string[]): CellStyle[] {
  return delimiters
    .filter((delimiter) => texts.some((text) => text.includes(delimiter)))
    .flatMap((delimiter) => {
      const quotable = delimiter.length === 1 && texts.some((text) => text.includes('"'));
      return (quotable ? [true, false] : [false]).flatMap((quotes) =>
        [false, true].map((trim) => ({ delimiter, quotes, trim })),
      );
    });
}

const escaped = (delimiter: string): string =>
  delimiter === "|" ? "\\|" : delimiter === "/" ? "\\/" : delimiter === "\t" ? "\\t" : delimiter;

/**
 * One cell with the delimiter before it. It runs in linear time: every repeat stops at the one character that follows
 * it, and where closing quotes are missing, no later start walks the same text, for it begins behind a quote too.
 */
export function cellPattern({ delimiter, trim }: CellStyle): string {
  const mark = escaped(delimiter);
  const inside = delimiter === "|" || delimiter === "/" ? delimiter : mark;
  return `${mark}${trim ? " *" : ""}(?:"([^"]*(?:""[^"]*)*)"|([^${inside}]*))`;
}

export function cellsOf(text: string, style: CellStyle): string[] {
  const { delimiter, quotes, trim } = style;
  if (!quotes) {
    const cells = text.split(delimiter);
    return trim ? cells.map((cell) => cell.trim()) : cells;
  }
  return Array.from((delimiter + text).matchAll(new RegExp(cellPattern(style), "g")), ([, quoted, plain = ""]) =>
    quoted === undefined ? (trim ? plain.trim() : plain) : quoted.replaceAll('""', '"'),
  );
}
