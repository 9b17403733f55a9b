/**
 * Which executions are judged. By the execution's id and a profile of the task that all instances share, so that any of
 * them decides alike. Half of a targeted strategy's rate is always by chance alone: only those executions say how often
 * the program is right; the others are there to find what it gets wrong.
 */
import type { SamplingStrategy } from "../contract/tasks.ts";
import { featuresOf } from "./statistics/features.ts";
import { fraction, hash32, mix32 } from "./statistics/hash.ts";

export interface SamplingRule {
  readonly strategy: SamplingStrategy;
  /** Share of executions to be judged, 0 to 1; `adaptive` goes above it for a while, as far as the daily caps allow. */
  readonly rate: number;
}

/** What is known of an execution when it is over. */
export interface Sampled {
  /** As JSON. */
  readonly input: string;
  /** As JSON; null where the program failed. */
  readonly output: string | null;
  /** How sure the program was of its answer, or how far the second best was behind, 0 to 1; undefined if it does not say. */
  readonly confidence?: number | undefined;
}

/** `chance`: a fair draw, counts for accuracy and change. `target`: chosen by the strategy, does not. */
export type Choice = "chance" | "target" | "none";

/**
 * What is usual for a task, learned from its fair draws. Plain JSON of a few kilobytes, changed in place by the one who
 * keeps it; instances decide alike as long as they read the same copy.
 */
export interface SamplingProfile {
  seen: number;
  readonly shapes: number[];
  readonly lengths: number[];
  readonly outputs: number[];
  /** How many of `outputs` came at all: as many are judged of each as of any other. */
  kinds: number;
  /** Of `seen`, how many would have been an edge case at the time. */
  edges: number;
  /** By shape: verdicts, and how many of them were "wrong". */
  readonly judged: number[];
  readonly wrong: number[];
  /** Fair draws since the program, its data or its examples changed. */
  sinceChange: number;
}

const bins = 256;
/** Fewer fair draws do not tell what is usual: until then every strategy is chance. */
const leastSeen = 50;
/** How much oftener than the rate the strangest execution is chosen; all others are out without a look at the input. */
const mostBoost = 10;
/** For so many fair draws after a change `adaptive` looks more closely. */
const afterChange = 200;
const changeBoost = 4;
/** A program less sure than this, or with a second best this near, is near a decision boundary. */
const unsure = 0.6;

export function newProfile(): SamplingProfile {
  const zeros = (): number[] => new Array<number>(bins).fill(0);
  return {
    seen: 0,
    shapes: zeros(),
    lengths: zeros(),
    outputs: zeros(),
    kinds: 0,
    edges: 0,
    judged: zeros(),
    wrong: zeros(),
    sinceChange: 0,
  };
}

/** Where an execution falls in [0, 1): what falls below a rate is chosen at that rate. */
export function placeOf(id: string): number {
  return fraction(id);
}

/** Where the row of a batch falls, where rows get no id: by the batch's id (hashed once) and the position. */
export function placeOfRow(batch: number, position: number): number {
  return mix32(batch + Math.imul(position, 0x9e3779b9)) / 2 ** 32;
}

/** The part of the rate that is chance, and says how often the program is right. */
const fairShare: Readonly<Record<SamplingStrategy, number>> = { random: 1, stratified: 0.5, edge: 0.5, adaptive: 0.5 };

/** @param at its place, see `placeOf` */
export function choose(at: number, rule: SamplingRule, profile: SamplingProfile, execution: Sampled): Choice {
  // Where all are judged there is nothing to choose.
  const known = rule.strategy !== "random" && rule.rate < 1 && profile.seen >= leastSeen;
  if (at < rule.rate * (known ? fairShare[rule.strategy] : 1)) return "chance";
  // Most executions are out whatever they look like.
  if (!known || at >= rule.rate * mostBoost) return "none";
  return at < probability(rule, profile, execution) ? "target" : "none";
}

/** The chance that such an execution is judged. Over all executions the mean is about the rate. */
export function probability({ strategy, rate }: SamplingRule, profile: SamplingProfile, execution: Sampled): number {
  if (strategy === "random" || profile.seen < leastSeen) return rate;
  const weight = weights[strategy](profile, execution);
  return Math.min(1, rate * Math.min(mostBoost, fairShare[strategy] + weight / 2));
}

type Weight = (profile: SamplingProfile, execution: Sampled) => number;

/** How an execution shares in the half of the rate that is not chance; the mean over the usual executions is 1. */
const weights: Readonly<Record<Exclude<SamplingStrategy, "random">, Weight>> = {
  stratified: ({ outputs, kinds, seen }, { output }) => {
    const share = Math.max(1, outputs[outputBin(output)] ?? 0) / seen;
    return 1 / (Math.max(1, kinds) * share);
  },
  edge: (profile, execution) => (isEdge(profile, execution) ? (profile.seen - leastSeen + 1) / (profile.edges + 1) : 0),
  adaptive: (profile, { input }) => {
    const lately = profile.sinceChange < afterChange ? changeBoost : 1;
    return 2 * Math.max(lately, 1 + mostBoost * nearFailure(profile, input)) - 1;
  },
};

/** New or rare in shape, unusually long, or the program is not sure. */
function isEdge(profile: SamplingProfile, { input, confidence }: Sampled): boolean {
  if (confidence !== undefined && confidence < unsure) return true;
  const { shape, length } = featuresOf(input, 0);
  const rare = Math.max(1, profile.seen / 100);
  if ((profile.shapes[shape] ?? 0) < rare) return true;
  let longer = 0;
  // Of most inputs the first few bins are enough to know.
  for (let bin = length; bin < bins && longer < rare; bin++) longer += profile.lengths[bin] ?? 0;
  return longer < rare;
}

/** How often inputs of this shape were wrong, 0 where none was. */
function nearFailure({ shapes, wrong, judged }: SamplingProfile, input: string): number {
  const { shape } = featuresOf(input, 0);
  // A new shape may be anything.
  if ((shapes[shape] ?? 0) === 0) return 0.5;
  const failures = wrong[shape] ?? 0;
  return failures === 0 ? 0 : (failures + 1) / ((judged[shape] ?? 0) + 2);
}

/** Learns what is usual from a fair draw (`choose` said `chance`). */
export function learnUsual(profile: SamplingProfile, execution: Sampled): void {
  if (profile.seen >= leastSeen && isEdge(profile, execution)) profile.edges++;
  const { shape, length } = featuresOf(execution.input, 0);
  add(profile.shapes, shape);
  add(profile.lengths, length);
  const output = outputBin(execution.output);
  if (profile.outputs[output] === 0) profile.kinds++;
  add(profile.outputs, output);
  profile.seen++;
  profile.sinceChange++;
}

/** Learns where the program is wrong, from any verdict. */
export function learnVerdict(profile: SamplingProfile, input: string, right: boolean): void {
  const { shape } = featuresOf(input, 0);
  add(profile.judged, shape);
  if (!right) add(profile.wrong, shape);
}

/** A new version was rolled out, drift was noticed, examples were corrected: look more closely for a while. */
export function noteChange(profile: SamplingProfile): void {
  profile.sinceChange = 0;
  profile.judged.fill(0);
  profile.wrong.fill(0);
}

function add(counts: number[], bin: number): void {
  counts[bin] = (counts[bin] ?? 0) + 1;
}

function outputBin(output: string | null): number {
  return output === null ? 0 : 1 + (hash32(output) % (bins - 1));
}
