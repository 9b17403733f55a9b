/**
 * Puts a field into the text of a JSON object and leaves every other character as it was: numbers longer than
 * JavaScript's keep their digits, spaces and the order of fields stay. Pure.
 */

/** @param raw The text of an object, which is valid JSON. @param json The field's new value as JSON text. */
export function setField(raw: string, name: string, json: string): string {
  const fields = [...fieldsOf(raw)];
  const [first, second] = fields;
  // Of fields with the same name the last one counts.
  const same = fields.findLast((field) => field.name === name);
  if (same) return raw.slice(0, same.from) + json + raw.slice(same.to);
  const open = raw.indexOf("{") + 1;
  const end = fields.at(-1)?.to ?? open;
  if (!first) return `${raw.slice(0, open)}${JSON.stringify(name)}:${json}${raw.slice(raw.lastIndexOf("}"))}`;
  const colon = raw.slice(first.nameTo, first.from);
  // The new field stands as the others do: on a line of its own with their indent, or after the same space.
  const lead = raw.slice(open, first.nameFrom) || (colon.endsWith(" ") ? " " : "");
  const comma = second ? raw.slice(first.to, second.nameFrom) : `,${lead}`;
  return raw.slice(0, end) + comma + JSON.stringify(name) + colon + json + raw.slice(end);
}

interface Field {
  readonly name: string;
  readonly nameFrom: number;
  readonly nameTo: number;
  /** Where its value stands. */
  readonly from: number;
  readonly to: number;
}

function* fieldsOf(raw: string): Generator<Field> {
  let at = raw.indexOf("{") + 1;
  while (true) {
    while (isSpace(raw.charCodeAt(at)) || raw[at] === ",") at += 1;
    if (raw[at] !== '"') return;
    const nameFrom = at;
    const nameTo = stringEnd(raw, nameFrom);
    let from = raw.indexOf(":", nameTo) + 1;
    while (isSpace(raw.charCodeAt(from))) from += 1;
    at = valueEnd(raw, from);
    yield { name: JSON.parse(raw.slice(nameFrom, nameTo)) as string, nameFrom, nameTo, from, to: at };
  }
}

/** The place after a value that begins at `from`. */
function valueEnd(raw: string, from: number): number {
  let depth = 0;
  for (let at = from; at < raw.length; at++) {
    const char = raw[at];
    if (char === '"') at = stringEnd(raw, at) - 1;
    else if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") {
      if (depth === 0) return trimmed(raw, at);
      depth -= 1;
    } else if (char === "," && depth === 0) return trimmed(raw, at);
  }
  return raw.length;
}

/** The place after the string whose first quote is at `quote`. */
function stringEnd(raw: string, quote: number): number {
  for (let at = quote + 1; at < raw.length; at++) {
    if (raw[at] === "\\") at += 1;
    else if (raw[at] === '"') return at + 1;
  }
  return raw.length;
}

function trimmed(raw: string, at: number): number {
  while (isSpace(raw.charCodeAt(at - 1))) at -= 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}
