/**
 * Turns the pieces of a streamed answer into the Markdown a person sees: a structured answer is shown as its
 * explanation and a fenced block, growing as the fields arrive; any other text passes through. Each character is looked
 * at once, so that an answer without end costs no more per piece than a short one.
 */
export function markdownStream(language: string, emit: (text: string) => void): (piece: string) => void {
  let blank = "";
  let read: ((piece: string) => string) | undefined;
  return (piece) => {
    let text = piece;
    if (!read) {
      blank += piece;
      if (blank.trim() === "") return;
      read = blank.trimStart().startsWith("{") ? jsonFields(language) : (plain) => plain;
      text = blank;
    }
    const markdown = read(text);
    if (markdown) emit(markdown);
  };
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };
/** Longer names of fields are none of ours. */
const longestName = 20;

/** Reads JSON text character by character; gives what the texts "explanation" and "code" of its outer object say. */
function jsonFields(language: string): (piece: string) => string {
  let depth = 0;
  let inText = false;
  /** What follows a backslash, as far as it has come. */
  let escaped: string | undefined;
  /** The last text of the outer object, and the field it names once a colon follows. */
  let last = "";
  let name = "";
  let shown: "explanation" | "code" | undefined;
  let begun = false;

  const open = (): string => {
    shown = depth === 1 && (name === "explanation" || name === "code") ? name : undefined;
    last = "";
    if (!shown) return "";
    const gap = begun ? "\n\n" : "";
    begun ||= shown === "code";
    return shown === "code" ? `${gap}\`\`\`${language}\n` : gap;
  };
  const close = (): string => (shown === "code" ? "\n```\n" : "");
  const put = (character: string): string => {
    if (shown) {
      begun = true;
      return character;
    }
    if (last.length <= longestName) last += character;
    return "";
  };

  const inside = (character: string): string => {
    if (escaped !== undefined) {
      escaped += character;
      if (escaped.startsWith("u") && escaped.length < 5) return "";
      const plain = escaped.startsWith("u")
        ? String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
        : (escapes[escaped] ?? escaped);
      escaped = undefined;
      return put(plain);
    }
    if (character === "\\") {
      escaped = "";
      return "";
    }
    if (character !== '"') return put(character);
    inText = false;
    return close();
  };
  const outside = (character: string): string => {
    if (character === '"') {
      inText = true;
      return open();
    }
    if (character === ":") name = last;
    else if (character === ",") name = "";
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    return "";
  };
  return (piece) => {
    let markdown = "";
    for (let at = 0; at < piece.length; at++) {
      const character = piece.charAt(at);
      markdown += inText ? inside(character) : outside(character);
    }
    return markdown;
  };
}
