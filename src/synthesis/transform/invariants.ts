/**
 * What a program keeps of its input: where all examples keep their digits, say, a program that loses digits elsewhere
 * is probably not the one meant.
 */

interface Invariant {
  readonly weight: number;
  readonly holds: (input: string, output: string) => boolean;
  /** Whether holding on this example says anything. */
  readonly says: (input: string, output: string) => boolean;
}

const only = (text: string, kept: RegExp): string => text.match(kept)?.join("") ?? "";
const digits = /\d/g;
const letters = /\p{L}/gu;
const longest = 300;

const same = (weight: number, view: (text: string) => string, least = 1): Invariant => ({
  weight,
  holds: (input, output) => view(input) === view(output),
  says: (input) => view(input).length >= least,
});

const invariants: readonly Invariant[] = [
  same(3, (text) => only(text, digits), 2),
  same(3, (text) => only(text, letters).toLowerCase(), 2),
  same(2, (text) => only(text, letters), 2),
  same(3, (text) => text.replace(/\s+/g, ""), 2),
  {
    weight: 3,
    holds: (input, output) => (output.match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => input.includes(word)),
    says: (_, output) => /[\p{L}\p{N}]/u.test(output),
  },
  {
    weight: 2.5,
    holds: (input, output) => {
      const known = new Set(input.match(/[\p{L}\p{N}]+/gu));
      return (output.match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => known.has(word));
    },
    says: (_, output) => /[\p{L}\p{N}]/u.test(output),
  },
];

export interface Pair {
  /** The input's fields, one below the other. */
  readonly input: string;
  readonly output: string;
}

/** A penalty: 0 where the other rows keep all that all examples keep. */
export function brokenInvariants(examples: readonly Pair[], others: readonly Pair[]): number {
  if (others.length === 0) return 0;
  const short = others.filter(({ input, output }) => input.length <= longest && output.length <= longest);
  let sum = 0;
  for (const { weight, holds, says } of invariants) {
    if (!examples.every(({ input, output }) => holds(input, output))) continue;
    if (!examples.some(({ input, output }) => says(input, output))) continue;
    const broken = short.filter(({ input, output }) => !holds(input, output)).length;
    if (broken > 0) sum += weight * Math.sqrt(broken / short.length);
  }
  return sum;
}
