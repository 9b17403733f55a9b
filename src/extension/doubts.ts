/** What a program's report leaves open about the person's own lines, in their words. Pure. */
import type { Verification } from "../contract/artifacts.ts";
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
export function alternatives({ others }: Doubt): string {
  return `or ${others.slice(0, 2).map(shorten).join(", ")}${others.length > 2 ? ", …" : ""}?`;
}

/** Names lines that could be meant otherwise, counted from 1; at most five of them. */
export function nameLines(numbers: readonly number[]): string {
  const named = numbers.slice(0, 5).map((number) => number.toLocaleString("en-US"));
  const rest = numbers.length - named.length;
  const all = rest > 0 ? [...named, `${rest} more`] : named;
  const last = all.at(-1) ?? "";
  return all.length === 1
    ? `Line ${last} could be meant otherwise.`
    : `Lines ${all.slice(0, -1).join(", ")} and ${last} could be meant otherwise.`;
}

function shorten(text: string): string {
  return `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;
}
