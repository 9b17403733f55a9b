/** What a program's report leaves open about the person's own lines, in their words. Pure. */
import type { Verification } from "../contract/artifacts.ts";
import { type Said, say } from "../contract/say.ts";
import type { Example } from "../contract/tasks.ts";
import type { Doubt } from "../contract/webview.ts";
import { formatExamples } from "./examples.ts";
import { textOf } from "./files/format.ts";

/** The ambiguous inputs that are among these lines. */
export function doubtsAbout(lines: readonly string[], { ambiguous }: Verification): Doubt[] {
  const present = new Set(lines);
  return ambiguous.flatMap(({ input, outputs: [first, ...others] }) => {
    if (typeof input !== "string" || !present.has(input)) return [];
    const texts = others.flatMap((output) => (output === null ? [] : [textOf(output)]));
    return texts.length === 0 ? [] : [{ input, current: first == null ? null : textOf(first), others: texts }];
  });
}

/** The examples that look like slips, as they are typed. */
export function oddExamples(examples: readonly Example[], verification: Verification): string[] {
  return verification.oddExamples.flatMap((at) => {
    const example = examples[at];
    return example ? [formatExamples([example])] : [];
  });
}

/** What a line could become besides, as a question beside it; at most two of them. */
export function alternatives({ others }: Doubt): Said {
  const [first = "", second = ""] = others.map(shorten);
  if (others.length <= 1) return say`or ${first}?`;
  return others.length === 2 ? say`or ${first}, ${second}?` : say`or ${first}, ${second}, …?`;
}

/** Names lines that could be meant otherwise, counted from 1; at most five of them. */
export function nameLines(numbers: readonly number[]): Said {
  const named = numbers.slice(0, 5).map((number) => number.toLocaleString("en-US"));
  const rest = numbers.length - named.length;
  if (rest > 0) return say`Lines ${named.join(", ")} and ${rest} more could be meant otherwise.`;
  const last = named.at(-1) ?? "";
  return named.length <= 1
    ? say`Line ${last} could be meant otherwise.`
    : say`Lines ${named.slice(0, -1).join(", ")} and ${last} could be meant otherwise.`;
}

function shorten(text: string): string {
  return `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;
}
