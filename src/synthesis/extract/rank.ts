/** Which of the programs that fit to prefer, given the texts at hand, and where they disagree. */
import type { JsonValue } from "../../contract/wire.ts";
import type { Deadline } from "../deadline.ts";
import { spread } from "../spread.ts";
import { type Program, runProgram } from "./program.ts";

export interface AtHand {
  readonly input: JsonValue;
  readonly text: string;
}

export interface Ambiguity {
  readonly input: JsonValue;
  /** What programs that fit give, the chosen one's first. */
  readonly outputs: readonly JsonValue[];
}

const maxAmbiguous = 10;
const maxOutputs = 4;
const rivalMargin = 2;
const maxRivals = 8;
const sampled = 200;
const maxSampledLength = 20_000;

/** Texts an output is made of, and how many could be there. */
function piecesOf(output: JsonValue): { found: string[]; possible: number } {
  const values = output !== null && typeof output === "object" ? Object.values(output) : [output];
  const found = values.filter((value) => typeof value === "string" && value !== "");
  return {
    found: found.map(String),
    possible: Array.isArray(output) ? Math.min(1, values.length) || 1 : values.length,
  };
}

const charKind = (c: string | undefined): string =>
  c === undefined || c === "" || c === "\n" || c === "\r"
    ? ""
    : /\s/.test(c)
      ? " "
      : /\d/.test(c)
        ? "0"
        : /[\p{L}_]/u.test(c)
          ? "a"
          : c;

/** How an extracted text joins its surroundings: kinds of the characters on both sides of both its ends. */
function seams(text: string, piece: string): { left: string; right: string; cut: boolean } | undefined {
  const start = text.indexOf(piece);
  if (start < 0 || text.indexOf(piece, start + 1) >= 0) return undefined;
  const end = start + piece.length;
  const [before, first, last, after] = [text[start - 1], text[start], text[end - 1], text[end]].map(charKind);
  const solid = (kind: string | undefined): boolean => kind === "0" || kind === "a";
  const numeric = !/\p{L}/u.test(piece);
  const more = last === "0" && /^[.,]\d/.test(text.slice(end, end + 2));
  const less = first === "0" && /\d[.,]$/.test(text.slice(Math.max(0, start - 2), start));
  const decimal = numeric && (more || less);
  const cut = (solid(before) && solid(first)) || (solid(last) && solid(after)) || decimal;
  return { left: `${before}${first}`, right: `${last}${after}`, cut };
}

/** How unlike its results on the examples a program's results on other texts are, in bits. */
function strangeness(program: Program, known: readonly string[], others: readonly string[]): number {
  if (others.length === 0) return 0;
  const seen = new Set<string>();
  let knownShare = 0;
  let knownCuts = 0;
  let kinds = "";
  let longest = 0;
  for (const text of known) {
    const { found, possible } = piecesOf(runProgram(program, text));
    knownShare += Math.min(1, found.length / possible) / known.length;
    for (const piece of found) {
      longest = Math.max(longest, piece.length);
      kinds += Array.from(piece.slice(0, 100), charKind).join("");
      const seam = seams(text, piece);
      if (!seam) continue;
      seen.add(`<${seam.left}`).add(`>${seam.right}`);
      if (seam.cut) knownCuts++;
    }
  }
  const familiar = new Set(kinds);
  let [lost, cut, novel, odd] = [0, 0, 0, 0];
  for (const text of others) {
    const { found, possible } = piecesOf(runProgram(program, text));
    lost += Math.max(0, 1 - found.length / possible);
    const pieces = found.slice(0, 50);
    const met = pieces.map((piece) => seams(text, piece));
    const isNew = (side: string): boolean => !seen.has(side) && !/^<.$|^>.$/.test(side);
    if (knownCuts === 0 && met.some((seam) => seam?.cut)) cut++;
    if (met.some((seam) => seam && (isNew(`<${seam.left}`) || isNew(`>${seam.right}`)))) novel++;
    if (pieces.some((piece) => piece.length > 4 * longest + 10 || hasOther(piece, familiar))) odd++;
  }
  const rows = others.length;
  const missing = Math.max(0, lost / rows - (1 - knownShare));
  const trust = rows / (rows + 4);
  return (2 * missing + 5 * missing ** 2) * trust + (5 * cut + 0.7 * novel + 0.4 * odd) / rows;
}

const hasOther = (piece: string, familiar: ReadonlySet<string>): boolean =>
  Array.from(piece.slice(0, 100), charKind).some((kind) => !familiar.has(kind));

export interface Ranked {
  readonly best: Program;
  readonly ambiguous: readonly Ambiguity[];
}

/** @param programs at least one, all fitting; `known`: texts of the examples */
export function rankAndCompare(
  programs: readonly Program[],
  known: readonly string[],
  atHand: readonly AtHand[],
  deadline?: Deadline,
): Ranked {
  const fresh = atHand.filter(({ text }) => !known.includes(text) && text.trim() !== "");
  const sample = spread(fresh.length, sampled)
    .map((i) => fresh[i]?.text ?? "")
    .filter((text) => text.length <= maxSampledLength);
  const shown = spread(known.length, 60)
    .map((i) => known[i] ?? "")
    .filter((text) => text.length <= maxSampledLength);
  const ranked = programs
    .map((program) => ({
      program,
      cost: program.cost + (deadline?.expired() ? 0 : strangeness(program, shown, sample)),
    }))
    .sort((a, b) => a.cost - b.cost);
  const [first, ...others] = ranked;
  if (!first) throw new RangeError("nothing to rank");
  const behaviour = ({ program }: { readonly program: Program }): string =>
    JSON.stringify(sample.map((text) => runProgram(program, text)));
  // Most programs that fit differ in spelling only.
  const behaviours = new Set([behaviour(first)]);
  const rivals: typeof others = [];
  for (const other of others) {
    if (other.cost > first.cost + rivalMargin || rivals.length >= maxRivals || deadline?.expired()) break;
    const own = behaviour(other);
    if (!behaviours.has(own)) rivals.push(other);
    behaviours.add(own);
  }
  const ambiguous: Ambiguity[] = [];
  const asked = new Set<string>();
  for (const { input, text } of fresh.slice(0, 2_000)) {
    if (ambiguous.length >= maxAmbiguous || deadline?.expired()) break;
    if (asked.has(text) || text.length > maxSampledLength) continue;
    asked.add(text);
    const outputs = new Map(
      [first, ...rivals].map(({ program }) => {
        const output = runProgram(program, text);
        return [JSON.stringify(output), output];
      }),
    );
    if (outputs.size > 1) ambiguous.push({ input, outputs: [...outputs.values()].slice(0, maxOutputs) });
  }
  return { best: first.program, ambiguous };
}
