/** Who is right where the two versions differ: by what is known to be the right output, or by what somebody says. */
import { isRight, rightIfKnown } from "../../contract/comparison.ts";
import type { Disagreement } from "../../contract/rollouts.ts";
import { type Oracle, oracles } from "../../contract/validations.ts";
import type { JsonValue } from "../../contract/wire.ts";
import { canonical } from "../../generation/cases.ts";
import type { RolloutChange } from "../../store/rollout-change.ts";
import type { RolloutRequestRow, RolloutRow } from "../../store/schema.ts";
import type { Store } from "../../store/store.ts";
import type { ReferencePrograms } from "../reference-program.ts";
import type { Verdict } from "../statistics/paired-test.ts";
import { type RolloutState, retract, step } from "../statistics/rollout.ts";
import { apply } from "./steps.ts";

export type Sides = NonNullable<Disagreement["right"]>;

/** What should have come out, as JSON, and who says so. */
export interface Expected {
  readonly oracle: Oracle;
  readonly expected: string;
}

/** Both outcomes of a request: a status, and the output as JSON. */
export type Outcomes = Pick<
  RolloutRequestRow,
  "incumbent_status" | "incumbent_output" | "candidate_status" | "candidate_output"
>;

const verdictOf: Readonly<Record<Sides, Verdict>> = {
  candidate: "candidate_right",
  incumbent: "incumbent_right",
  both: "both_right",
  neither: "both_wrong",
  unsure: "unsure",
};

/** A JSON text with object keys in order, so that equal inputs have equal texts. */
export function canonicalText(json: string): string {
  return json.startsWith("{") || json.startsWith("[") ? canonical(JSON.parse(json)) : json;
}

/** Whether the two gave something else: another output, or one of them none. */
export function differ(one: Outcomes, comparison: RolloutRow["comparison"]): boolean {
  const incumbent = outputOf(one.incumbent_status, one.incumbent_output);
  const candidate = outputOf(one.candidate_status, one.candidate_output);
  if (incumbent === null || candidate === null) return incumbent !== candidate;
  return incumbent !== candidate && !isRight(parsed(incumbent), parsed(candidate), comparison);
}

/**
 * @param expected the right output, as JSON
 * @returns null where one of them has other words for it, which may mean the same: see `Comparison`
 */
export function whoIsRight(one: Outcomes, expected: string, comparison: RolloutRow["comparison"]): Sides | null {
  const wanted = parsed(expected);
  const [incumbent, candidate] = outputsOf(one).map((output) =>
    output === undefined ? false : rightIfKnown(wanted, output, comparison),
  );
  return incumbent === undefined || candidate === undefined ? null : sidesOf(incumbent, candidate);
}

/** What the incumbent and the candidate gave; undefined where one failed. */
export function outputsOf(one: Outcomes): [incumbent: JsonValue | undefined, candidate: JsonValue | undefined] {
  const incumbent = outputOf(one.incumbent_status, one.incumbent_output);
  const candidate = outputOf(one.candidate_status, one.candidate_output);
  return [incumbent === null ? undefined : parsed(incumbent), candidate === null ? undefined : parsed(candidate)];
}

/** Who is right, from whether each of them is. */
export function sidesOf(incumbent: boolean, candidate: boolean): Sides {
  if (incumbent && candidate) return "both";
  if (candidate) return "candidate";
  return incumbent ? "incumbent" : "neither";
}

/** Whether a verdict of `oracle` counts where there is one of `before` already: the last word of the best. */
export function overrules(oracle: Oracle, before: Oracle | null): boolean {
  return before === null || oracles.indexOf(oracle) <= oracles.indexOf(before);
}

export function withVerdict(state: RolloutState, before: Sides | null, right: Sides): RolloutState {
  if (before === right) return state;
  const without = before === null ? state : retract(state, verdictOf[before]);
  return step(without, { kind: "verdict", verdict: verdictOf[right] });
}

/** A verdict on a disagreement, by its id. */
export interface NewVerdict {
  readonly id: string;
  readonly right: Sides;
  readonly oracle: Oracle;
  /** As JSON. */
  readonly expected: string | null;
}

/** Keeps verdicts and does what they lead to; one by a lesser oracle than spoke before is left out. */
export async function keepVerdicts(change: RolloutChange, verdicts: readonly NewVerdict[]): Promise<void> {
  let state = JSON.parse(change.row.statistics) as RolloutState;
  for (const { id, right, oracle, expected } of verdicts) {
    const request = await change.request(id);
    if (!request || !overrules(oracle, request.oracle)) continue;
    await change.judge(id, { verdict: right, oracle, expected_output: expected });
    state = withVerdict(state, request.verdict, right);
  }
  const { state: how } = change.row;
  // What is over stays as it was decided.
  if (how === "running" || how === "paused") await apply(change, state);
}

/** A model's word counts where the rollout reckons with its errors. @param statistics the rollout's, as JSON */
export function mayJudge(oracle: Oracle, statistics: string): boolean {
  return oracle !== "model" || (JSON.parse(statistics) as RolloutState).plan.oracleErrorRate > 0;
}

/** What the right outputs are known by. */
export interface KnowingParts {
  readonly store: Store;
  readonly programs: ReferencePrograms;
}

/** Whether a task's reference program is one of the two that are compared: its word says nothing of them then. */
export async function isItsOwnReference(programs: ReferencePrograms, rollout: RolloutRow): Promise<boolean> {
  const program = await programs.of(rollout.task_id);
  if (!program) return false;
  return (await program.isItself(rollout.incumbent_version)) || program.isItself(rollout.candidate_version);
}

/**
 * The right outputs of inputs, as far as labelled rows or verdicts on executions say them.
 * @param inputs JSON texts; the answers are in their order
 */
export async function expectedOf(
  { store, programs }: KnowingParts,
  rollout: RolloutRow,
  inputs: readonly string[],
): Promise<(Expected | undefined)[]> {
  if (inputs.length === 0) return [];
  const { task_id: taskId, statistics } = rollout;
  const texts = inputs.map(canonicalText);
  const labels = await store.references.outputs(taskId, texts);
  const confirmed = await store.rollouts.confirmed(taskId, [...new Set([...inputs, ...texts])]);
  // It is asked about these itself: another may have been the reference then.
  const hasProgram = confirmed.size > 0 && (await programs.of(taskId)) !== undefined;
  return inputs.map((input, at) => {
    const text = texts[at] ?? "";
    const label = labels.get(text);
    const said = confirmed.get(input) ?? confirmed.get(text);
    // A row as it is now, before what one said then.
    if (label !== undefined && said?.oracle !== "person") return { oracle: "reference", expected: label };
    if (!said || !mayJudge(said.oracle, statistics) || (said.oracle === "reference" && hasProgram)) return undefined;
    return said;
  });
}

function outputOf(status: string | null, output: string | null): string | null {
  return status === "success" ? output : null;
}

function parsed(json: string): JsonValue {
  return JSON.parse(json) as JsonValue;
}
