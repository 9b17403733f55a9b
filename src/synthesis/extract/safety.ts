/**
 * Whether a backtracking matcher runs a pattern in linear time on every text, wherever it starts. The rule is a
 * sufficient condition on the tree; a pattern that breaks it is not emitted:
 *
 * 1. No unbounded repeat inside an unbounded repeat.
 * 2. One way out: what may follow an unbounded repeat (if that can fail at all) begins with no character of the repeat.
 *    It then has one length at which the match can go on, as in one-unambiguous expressions (Brüggemann-Klein and Wood,
 *    "One-unambiguous regular languages", Information and Computation 142, 1998, section 3).
 * 3. One way in: a search starts at every position, and starts must not walk the same run again and again (`\d+x` on
 *    "111…" takes quadratic time). So between an unbounded repeat and the one before it stands a character that the
 *    repeat has not, or it stands at the start of the text, or behind `\b` with word characters only. By rules 2 and 3
 *    the ambiguity of the automaton, with the loop of the search itself, is bounded by a constant (Weber and Seidl, "On
 *    the degree of ambiguity of finite automata", TCS 88, 1991; used against ReDoS by Weideman et al., CIAA 2016).
 * 4. Bounded repeats and alternatives take at most `maxSteps` steps a start (`maxStepsOnce` where there is one start).
 *
 * One exception to 2: a repeat may end in one character of its own (`https?://\S*\w`) where nothing after it can fail
 * and the fixed text before it has such a character: a failing run then contains no second start.
 */
import { isSubset, overlap, type Range, rangesOf, union, wordRanges } from "./charset.ts";
import type { Node } from "./pattern.ts";

const maxSteps = 1_200;
/** For a pattern that starts at the start of the text only. */
const maxStepsOnce = 100_000;
/** What an unbounded repeat counts for, where it may be walked several times. */
const runSteps = 100;
const newline = rangesOf("\n");

interface Before {
  /** Whether a match attempt gets here in one way only, from the start of the text. */
  readonly once: boolean;
  readonly edge: "word" | "line" | undefined;
  /** Sets of characters that must have stood since the unbounded repeat before. */
  readonly passed: readonly (readonly Range[])[];
}

interface After {
  readonly first: readonly Range[];
  readonly canFail: boolean;
  /** The one character that must follow, where nothing after that can fail. */
  readonly last?: readonly Range[];
}

interface Walk {
  readonly before: Before;
  /** Characters looked at, at most, apart from unbounded repeats, and ways to get through that a failure tries in turn. */
  readonly steps: number;
  readonly ways: number;
  readonly problem?: string;
}

const isUnbounded = (max: number): boolean => max === Number.POSITIVE_INFINITY;

/** Characters a match of the node can begin with, and whether it can be empty. */
function firstOf(node: Node): { first: readonly Range[]; empty: boolean } {
  switch (node.kind) {
    case "text":
      return { first: rangesOf(node.text).slice(0, 1), empty: node.text === "" };
    case "set":
      return { first: node.set.ranges, empty: node.min === 0 };
    case "edge":
      return { first: [], empty: true };
    case "capture":
      return firstOf(node.part);
    case "repeat": {
      const { first, empty } = firstOf(node.part);
      return { first, empty: empty || node.min === 0 };
    }
    case "either": {
      const options = node.options.map(firstOf);
      return { first: union(...options.map((o) => o.first)), empty: options.some((o) => o.empty) };
    }
    case "seq": {
      const firsts: (readonly Range[])[] = [];
      for (const part of node.parts) {
        const { first, empty } = firstOf(part);
        firsts.push(first);
        if (!empty) return { first: union(...firsts), empty: false };
      }
      return { first: union(...firsts), empty: true };
    }
  }
}

function someNode(node: Node, test: (node: Node) => boolean): boolean {
  if (test(node)) return true;
  if (node.kind === "seq") return node.parts.some((part) => someNode(part, test));
  if (node.kind === "either") return node.options.some((option) => someNode(option, test));
  return node.kind === "repeat" || node.kind === "capture" ? someNode(node.part, test) : false;
}

const hasUnbounded = (node: Node): boolean =>
  someNode(node, (n) => (n.kind === "set" || n.kind === "repeat") && isUnbounded(n.max));
const canFail = (node: Node): boolean => someNode(node, (n) => n.kind === "edge") || !firstOf(node).empty;

function allCharacters(node: Node): readonly Range[] {
  if (node.kind === "text") return rangesOf(node.text);
  if (node.kind === "set") return node.set.ranges;
  if (node.kind === "seq") return union(...node.parts.map(allCharacters));
  if (node.kind === "either") return union(...node.options.map(allCharacters));
  return node.kind === "edge" ? [] : allCharacters(node.part);
}

/** What may come after the part at `i`. */
function afterPart(parts: readonly Node[], i: number, after: After): After {
  const rest = parts.slice(i + 1);
  if (rest.length === 0) return after;
  const { first, empty } = firstOf({ kind: "seq", parts: rest });
  const [next, ...others] = rest;
  const single = next?.kind === "set" && next.min === 1 && next.max === 1 ? next.set.ranges : undefined;
  const last = single && !others.some(canFail) && !after.canFail ? single : undefined;
  return {
    first: empty ? union(first, after.first) : first,
    canFail: rest.some(canFail) || after.canFail,
    ...(last ? { last } : {}),
  };
}

function checkUnbounded(
  ranges: readonly Range[],
  first: readonly Range[],
  before: Before,
  after: After,
): string | undefined {
  if (!after.canFail) return undefined;
  if (overlap(first, after.first)) {
    const { last } = after;
    const stops = last && before.passed.some((set) => isSubset(set, last) || !overlap(set, ranges));
    return stops ? undefined : "what follows an unbounded repeat can begin inside it";
  }
  const entered =
    before.once ||
    (before.edge === "word" && isSubset(ranges, wordRanges)) ||
    (before.edge === "line" && !overlap(ranges, newline)) ||
    before.passed.some((set) => !overlap(set, ranges));
  return entered ? undefined : "a search can start anywhere inside an unbounded repeat";
}

function walk(node: Node, before: Before, after: After): Walk {
  const left: Before = { once: before.once, edge: undefined, passed: before.passed };
  switch (node.kind) {
    case "text":
      return {
        before: { ...left, passed: [...left.passed, ...rangesOf(node.text).map((r) => [r])] },
        steps: node.text.length,
        ways: 1,
      };
    case "edge":
      return {
        before: {
          once: before.once || node.at === "start",
          edge: node.at === "word" ? "word" : node.at === "lineStart" ? "line" : before.edge,
          passed: before.passed,
        },
        steps: 1,
        ways: 1,
      };
    case "set": {
      const { ranges } = node.set;
      if (isUnbounded(node.max)) {
        const problem = checkUnbounded(ranges, ranges, before, after);
        return { before: { ...left, passed: [] }, steps: 1, ways: 1, ...(problem ? { problem } : {}) };
      }
      const ways = after.canFail && overlap(ranges, after.first) ? node.max - node.min + 1 : 1;
      const passed = node.min > 0 ? [...left.passed, ranges] : left.passed;
      return { before: { ...left, passed }, steps: node.max, ways };
    }
    case "capture":
      return walk(node.part, before, after);
    case "seq": {
      let state: Walk = { before, steps: 1, ways: 1 };
      for (const [i, part] of node.parts.entries()) {
        const next = walk(part, state.before, afterPart(node.parts, i, after));
        const problem = state.problem ?? next.problem;
        // A long run that is walked again for every way to get to it.
        const run = state.ways > 1 && hasUnbounded(part) ? runSteps : 1;
        state = {
          before: next.before,
          steps: state.steps + state.ways * next.steps * run,
          ways: state.ways * next.ways,
          ...(problem ? { problem } : {}),
        };
      }
      return state;
    }
    case "either": {
      const walks = node.options.map((option) => walk(option, before, after));
      const clash = node.options.some((a, i) =>
        node.options.some((b, j) => i < j && overlap(firstOf(a).first, firstOf(b).first)),
      );
      const problem =
        walks.find((w) => w.problem)?.problem ??
        (clash && node.options.some(hasUnbounded) ? "alternatives with unbounded repeats begin alike" : undefined);
      const ends = walks.map((w) => w.before.passed.at(-1));
      const known = ends.every((end) => end !== undefined) && !node.options.some((o) => firstOf(o).empty);
      const passed = known && !node.options.some(hasUnbounded) ? [...left.passed, union(...ends)] : [];
      return {
        before: { ...left, passed },
        steps: walks.reduce((sum, w) => sum + w.steps, 0),
        ways: clash ? walks.reduce((sum, w) => sum + w.ways, 0) : Math.max(...walks.map((w) => w.ways)),
        ...(problem ? { problem } : {}),
      };
    }
    case "repeat":
      return walkRepeat(node, before, after);
  }
}

function walkRepeat(node: Extract<Node, { kind: "repeat" }>, before: Before, after: After): Walk {
  const { first } = firstOf(node.part);
  const unbounded = hasUnbounded(node.part);
  if (isUnbounded(node.max)) {
    const body = walk(node.part, { once: false, edge: undefined, passed: [] }, { first: [], canFail: true });
    const problem = unbounded
      ? "an unbounded repeat inside an unbounded repeat"
      : firstOf(node.part).empty
        ? "an unbounded repeat of what can be empty"
        : (body.problem ?? checkUnbounded(allCharacters(node.part), first, before, after));
    return {
      before: { ...before, edge: undefined, passed: [] },
      steps: body.steps,
      ways: 1,
      ...(problem ? { problem } : {}),
    };
  }
  const again = node.max > 1 ? union(first, after.first) : after.first;
  const inner = walk(
    node.part,
    node.max > 1 && unbounded ? { once: before.once, edge: undefined, passed: [] } : before,
    { ...after, first: again },
  );
  const loose = after.canFail && overlap(first, after.first) ? node.max - node.min + 1 : 1;
  const ways = Math.min(1e9, inner.ways ** Math.max(1, node.max)) * loose;
  const passed = node.min > 0 ? inner.before.passed : unbounded ? [] : before.passed;
  return {
    before: { once: before.once, edge: undefined, passed },
    steps: Math.min(1e9, inner.steps * Math.max(1, node.max) * inner.ways ** Math.max(0, node.max - 1)),
    ways,
    ...(inner.problem ? { problem: inner.problem } : {}),
  };
}

/** Why the pattern might take more than linear time; undefined where it cannot. */
export function backtrackingProblem(pattern: Node): string | undefined {
  const { problem, steps } = walk(pattern, { once: false, edge: undefined, passed: [] }, { first: [], canFail: false });
  const anchored = pattern.kind === "seq" && pattern.parts[0]?.kind === "edge" && pattern.parts[0].at === "start";
  return problem ?? (steps > (anchored ? maxStepsOnce : maxSteps) ? `up to ${steps} steps from one start` : undefined);
}
