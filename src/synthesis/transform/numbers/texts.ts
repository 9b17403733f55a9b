/** Text items that write numbers: those that stand in the wanted outputs, computed and formatted. */
import type { Op } from "../language/expr.ts";
import { type Item, makeItem } from "../language/item.ts";
import { occurs, type Scene } from "../scene.ts";
import { bucketTexts } from "./buckets.ts";
import { applied } from "./call.ts";
import { constantCost } from "./constants.ts";
import { abbreviateOp, ordinalOp, padLikeOp, padOp, type Scale } from "./format.ts";
import { baseOp, capitalOp, repeatOp, romanOp, upperOp } from "./format-numerals.ts";
import { formulaOp, withConstant } from "./formulas.ts";
import { nthOp } from "./lists.ts";
import { numberWord, wordsOp } from "./number-words.ts";
import { toNumberOp } from "./numerals.ts";
import { distinct } from "./read.ts";
import { fixedOp, plainOp, roundOp, stepOp, tidy } from "./round.ts";
import { digitRunsOp } from "./scan.ts";
import { beforeRounding, exactly, numbersForGoal, readAs, roundedOtherwise } from "./targets.ts";
import { tokenRows, type Writing, writingsOf } from "./tokens.ts";
import { prepare, type Workbench } from "./workbench.ts";

const mostItems = 240;
/** Number items that are written in every way, to see whether the outputs hold that. */
const mostWritten = 40;

/** Text items whose values stand in all targets, cheapest first. */
export function numberTexts(scene: Scene, numbers: readonly Item[]): Item[] {
  const { targets, deadline } = scene;
  const bench = prepare(numbers, deadline);
  const found: Item[] = [];
  for (const { tokens: row, fragment } of tokenRows(targets)) {
    for (const writing of writingsOf(row)) {
      if (deadline.expired()) break;
      found.push(...(fragment ? asRead(writing, bench) : written(writing, bench)));
    }
    if (row.some((token) => /^0\d/.test(token))) found.push(...counters(scene, row));
  }
  found.push(...tried(scene, numbers), ...repeats(scene, bench), ...bucketTexts(targets, numbers));
  return distinct(found.filter((item) => occurs(item.values, targets)).map(judgedAnew)).slice(0, mostItems);
}

function chained(item: Item, ops: readonly Op[], extra = 0): Item[] {
  let made: Item | undefined = item;
  for (const [i, op] of ops.entries()) made = made && makeItem(op, [made], i === 0 ? extra : 0);
  return made ? [made] : [];
}

const wholeEverywhere = (item: Item): boolean =>
  [...item.values, ...item.probes].every((value) => value === undefined || Number.isInteger(value));

/** Whether nobody would mind to see all of its decimals. */
const isShort = ({ probes }: Item): boolean =>
  probes.every((value) => typeof value !== "number" || Number.isInteger(tidy(value * 1e6)));

function asRead({ wanted, finish }: Writing, bench: Workbench): Item[] {
  return readAs(wanted, bench).flatMap((item) => chained(item, [plainOp, ...finish]));
}

/** The wanted numbers of one row of tokens as text. */
function written({ wanted, digits, trailing, finish }: Writing, bench: Workbench): Item[] {
  const plain = [plainOp, ...finish];
  if (digits === undefined) return numbersForGoal(wanted, bench).flatMap((item) => chained(item, plain));
  const fixed = [fixedOp(digits), ...finish];
  const ranges = digits === 0 ? rangeEnds(wanted, bench.items).flatMap((item) => chained(item, plain)) : [];
  const nearest = beforeRounding(wanted, digits, bench).flatMap((item) =>
    digits === 0 && wholeEverywhere(item) ? chained(item, plain) : chained(item, fixed),
  );
  const otherwise = roundedOtherwise(wanted, digits, bench).flatMap((item) =>
    chained(item, digits === 0 ? plain : fixed),
  );
  const exact = trailing
    ? []
    : exactly(wanted, bench)
        .filter(isShort)
        .flatMap((item) => chained(item, plain, digits === 0 ? 0 : 0.6));
  return [...exact, ...nearest, ...otherwise, ...ranges];
}

/** Cost of having no value on all other rows. */
const missingCost = 4;

/** The item with its cost from what it is and on what share of the other rows it has no value; an empty text is one. */
function judgedAnew(item: Item): Item {
  const missing = item.probes.filter((value) => value === undefined).length / Math.max(1, item.probes.length);
  return { ...item, cost: item.expr.cost + missing * missingCost };
}

/** Ends of the range that a number falls in: 30-39, 11-20. */
function rangeEnds(wanted: readonly number[], numbers: readonly Item[]): Item[] {
  return numbers.slice(0, 4).flatMap((number) =>
    [5, 10, 20, 25, 50, 100, 500, 1000].flatMap((step) =>
      (["floor", "ceil"] as const).flatMap((direction) => {
        const end = makeItem(stepOp(direction, step), [number]);
        const rest = (wanted[0] ?? 0) - Number(end?.values[0]);
        if (!end || rest === 0 || Math.abs(rest) > step) return [];
        if (!wanted.every((value, i) => value - Number(end.values[i]) === rest)) return [];
        const likely = Math.abs(rest) === step - 1 ? 0.5 : Math.abs(rest) === step ? 0.8 : 1 + constantCost(rest);
        return chained(end, [formulaOp(withConstant(rest < 0 ? "-" : "+", Math.abs(rest), 0.7 + likely))]);
      }),
    ),
  );
}

/** Keeping the width is one idea with counting on, and reads what is read already. */
const widthKept = -3.2;

/** Numbers inside codes, counted up or down with their width kept: A-0099, A-0100. */
function counters({ texts }: Scene, row: readonly string[]): Item[] {
  const wanted = row.map(Number);
  return texts.slice(0, 6).flatMap((text) => {
    const list = makeItem(digitRunsOp, [text]);
    if (!list) return [];
    return [0, 1, -1, -2].flatMap((index) => {
      const run = makeItem(nthOp(index, "run of digits", "text"), [list]);
      const number = run && makeItem(toNumberOp, [run]);
      if (!run || !number || run.values.some((value) => String(value).length > 14)) return [];
      const step = (wanted[0] ?? 0) - Number(number.values[0]);
      if (step === 0 || !wanted.every((value, i) => value - Number(number.values[i]) === step)) return [];
      return stepped(number, step).flatMap((text) => makeItem(padLikeOp, [text, run], widthKept - run.expr.cost) ?? []);
    });
  });
}

function stepped(number: Item, step: number): Item[] {
  const formula = withConstant(step < 0 ? "-" : "+", Math.abs(step), 0.7 + constantCost(step));
  return chained(number, [formulaOp(formula), plainOp]);
}

/** 1.2K, 3.4M; 12 KB, 1.5 MB. */
const scales: readonly Scale[] = [
  { base: 1000, units: ["", "K", "M", "B", "T"] },
  { base: 1000, units: ["", "k", "M", "B"] },
  { base: 1000, units: ["", "k", "m", "b"] },
  { base: 1000, units: ["", " thousand", " million", " billion"] },
  { base: 1024, units: [" B", " KB", " MB", " GB", " TB"] },
  { base: 1000, units: [" B", " kB", " MB", " GB", " TB"] },
  { base: 1000, units: [" B", " KB", " MB", " GB", " TB"] },
  { base: 1024, units: ["B", "KB", "MB", "GB", "TB"] },
  { base: 1024, units: ["B", "K", "M", "G", "T"] },
  { base: 1024, units: [" B", " KiB", " MiB", " GiB", " TiB"] },
  { base: 1000, units: [" g", " kg", " t"] },
  { base: 1000, units: [" m", " km"] },
  { base: 1000, units: [" ml", " l"] },
  { base: 1000, units: [" ms", " s"] },
];

/** Ways of writing that are easier tried than recognised. */
function tried({ targets, deadline }: Scene, numbers: readonly Item[]): Item[] {
  const widths = [
    ...new Set(targets.flatMap((target) => (target.slice(0, 400).match(/\d+/g) ?? []).map((run) => run.length))),
  ]
    .filter((width) => width > 1 && width < 13)
    .slice(0, 3);
  const has = (pattern: RegExp): boolean => targets.every((target) => pattern.test(target));
  const ordinals = has(/\d(?:st|nd|rd|th)/);
  const words = has(numberWord);
  const binary = has(/^[01]+$/);
  const romans = has(/[IVXLCDM]/);
  const digits16 = (letters: string): boolean =>
    has(new RegExp(`[0-9${letters}]`)) &&
    targets.some((t) => new RegExp(`\\b\\d*[${letters}]+\\d`).test(t) || new RegExp(`\\d[${letters}]`).test(t));
  const [hex, capitals] = [digits16("a-f"), digits16("A-F")];
  const units = scales.filter(({ units: [, ...above] }) =>
    targets.some((t) => above.some((unit) => new RegExp(`\\d${unit}`).test(t))),
  );
  const items: Item[] = [];
  for (const item of numbers.slice(0, mostWritten)) {
    if (deadline.expired()) break;
    items.push(...chained(item, [plainOp]));
    for (const width of widths) items.push(...padded(item, width));
    if (ordinals) items.push(...chained(item, [ordinalOp]));
    if (words) items.push(...chained(item, [wordsOp]), ...chained(item, [wordsOp, capitalOp]));
    if (binary)
      items.push(...chained(item, [baseOp(2)]), ...widths.flatMap((width) => chained(item, [baseOp(2), padOp(width)])));
    if (romans) items.push(...chained(item, [romanOp]));
    if (hex) items.push(...inHex(item, []));
    if (capitals) items.push(...inHex(item, [upperOp]));
    for (const scale of units)
      for (const digits of [1, -1, 0, 2])
        items.push(...applied([abbreviateOp(digits, scale)], [item]).filter((made) => endings(made) > 1));
  }
  return items.filter((item) => occurs(item.values, targets));
}

/** How many different units its values end with: one alone is a constant. */
const endings = ({ values }: Item): number =>
  new Set(values.map((value) => String(value).replace(/^[^a-z]*\d/i, ""))).size;

/** Padded to a width, where some example needs a zero for that. */
function padded(item: Item, width: number): Item[] {
  const [plain] = chained(item, [plainOp]);
  if (!plain?.values.some((value) => String(value).length < width)) return [];
  return chained(plain, [padOp(width)]);
}

const inHex = (item: Item, after: readonly Op[]): Item[] =>
  [[], [padOp(2)], [padOp(4)]].flatMap((pad) => chained(item, [baseOp(16), ...pad, ...after]));

/** How often: a number that is read, rounded, or what it lacks of a whole. */
function repeatCounts(counts: readonly number[], bench: Workbench): Item[] {
  const read = readAs(counts, bench);
  const lacking = bench.items.slice(0, 12).flatMap((number) => {
    const whole = (counts[0] ?? 0) + Number(number.values[0]);
    if (!Number.isInteger(whole) || whole < 1 || whole > 100) return [];
    const item = makeItem(formulaOp(withConstant("-", whole, 1.4 + constantCost(whole), true)), [number]);
    return item?.values.every((value, i) => value === counts[i]) ? [item] : [];
  });
  const rounded = bench.items.slice(0, 12).flatMap((number) => {
    const item = makeItem(roundOp(0), [number]);
    return item?.values.every((value, i) => value === counts[i]) ? [item] : [];
  });
  return distinct([...read, ...lacking, ...rounded]);
}

/** Characters repeated as often as a number says: stars, bars. */
function repeats({ targets }: Scene, bench: Workbench): Item[] {
  if (targets.length < 2 || targets.some((target) => target.length > 100)) return [];
  const characters = new Set(targets.flatMap((target) => target.match(/[^\p{L}\p{N}\s().,:;/'"$€%+-]/gu) ?? []));
  const items: Item[] = [];
  for (const character of [...characters].slice(0, 6)) {
    const counts = targets.map((target) => target.split(character).length - 1);
    const inOneRun = counts.every((count, i) => targets[i]?.includes(character.repeat(count)));
    if (!inOneRun || counts.every((count) => count === counts[0])) continue;
    items.push(
      ...repeatCounts(counts, bench)
        .slice(0, 4)
        .flatMap((item) => chained(item, [repeatOp(character)])),
    );
  }
  return items;
}
