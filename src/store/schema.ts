/** The tables, as Kysely sees them. JSON columns hold text; times are ISO 8601 in UTC; booleans are 0 or 1. */
import type { Generated } from "kysely";
import type { ArtifactState, ExecutionStatus, GeneratorName } from "../contract/artifacts.ts";
import type { Comparison } from "../contract/comparison.ts";
import type { SlashCommand, TurnStatus } from "../contract/conversations.ts";
import type { PrivacyMode } from "../contract/datasets.ts";
import type { ErrorCode } from "../contract/errors.ts";
import type { ImprovementState, ImprovementTrigger } from "../contract/improvements.ts";
import type { Role } from "../contract/roles.ts";
import type { Disagreement, Rollout } from "../contract/rollouts.ts";
import type { Improve, Language, ProgramLanguage, SamplingStrategy } from "../contract/tasks.ts";
import type { Oracle } from "../contract/validations.ts";

export interface TaskRow {
  id: string;
  name: string;
  description: string;
  language: ProgramLanguage;
  input_schema: string | null;
  output_schema: string | null;
  examples: string;
  accuracy_target: number;
  latency_target_ms: number;
  sampling_rate: number;
  comparison: Comparison;
  model_verdicts_per_day: number;
  model_usd_per_day: number;
  privacy_mode: PrivacyMode;
  sampling_strategy: SamplingStrategy;
  improve: Improve;
  draft: 0 | 1;
  /** The one place that says which version runs. */
  active_version: number | null;
  /** The rollout that is running or paused. */
  rollout_id: string | null;
  /** Set: it is hidden from everything, may be brought back for a day, and then goes. */
  deleted_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface ArtifactRow {
  id: string;
  task_id: string;
  version: number;
  language: ProgramLanguage;
  code: string;
  verdict: Exclude<ArtifactState, "active">;
  explanation: string | null;
  generator: GeneratorName;
  model: string | null;
  prompt_hash: string | null;
  prompt_tokens: number;
  completion_tokens: number;
  cost_usd: number | null;
  /** 0: the provider did not say what it used; the token counts are 0 then. */
  usage_told: 0 | 1;
  duration_ms: number;
  verification: string;
  created_at: string;
}

export interface ExecutionRow {
  id: string;
  task_id: string;
  artifact_id: string;
  version: number;
  status: ExecutionStatus;
  input: string;
  output: string | null;
  error_message: string | null;
  latency_ms: number;
  /** 0: nobody need judge it; 1: a fair draw (`chance`); 2: chosen for what it looks like, or asked for (`target`). */
  sampled: 0 | 1 | 2;
  executed_at: string;
}

/** How many of a task's executions, by version, ended how; kept with the rows themselves. */
export interface ExecutionCountRow {
  task_id: string;
  version: number;
  status: ExecutionStatus;
  n: number;
}

export interface ValidationRow {
  id: string;
  execution_id: string;
  task_id: string;
  version: number;
  oracle: Oracle;
  correct: 0 | 1;
  expected_output: string | null;
  created_at: string;
}

/** How far a model has judged a task's executions, and what it has used on the last day it did. */
export interface ModelJudgingRow {
  task_id: string;
  /** The last execution it was asked about, or passed over. */
  asked_up_to: string;
  day: string;
  verdicts: number;
  cost_usd: number;
}

/** An execution somebody else judged, about which a model was asked as well. */
export interface ModelCheckRow {
  task_id: string;
  execution_id: string;
}

export interface ReferenceRow {
  task_id: string;
  /** As the task's inputs are told apart: JSON with object keys in order. */
  input: string;
  output: string;
}

/** A version of some task by whose output a task's executions are judged; it may be gone. */
export interface ReferenceProgramRow {
  task_id: string;
  program_task_id: string;
  version: number;
}

export interface FeedbackRow {
  id: string;
  target_type: string;
  target_id: string;
  rating: "up" | "down";
  comment: string | null;
  expected_output: string | null;
  created_at: string;
}

export interface KeyRow {
  id: string;
  name: string;
  role: Role;
  prefix: string;
  /** SHA-256 of the key, in hex. */
  hash: string;
  expires_at: string | null;
  revoked_at: string | null;
  created_at: string;
}

export interface CacheRow {
  key: string;
  value: string;
  /** Milliseconds since 1970. */
  expires_at: number;
}

/** What one use of one model cost in a month. */
export interface SpendingRow {
  /** `2026-11`, in UTC. */
  month: string;
  use: "chat" | "generation" | "completion" | "judge";
  model: string;
  /** The host of its endpoint. */
  provider: string;
  calls: number;
  prompt_tokens: number;
  completion_tokens: number;
  /** Of tokens the provider told. */
  cost_usd: number;
  /** Of calls whose tokens were never told, from above. */
  estimated_usd: number;
  untold_calls: number;
  unpriced_calls: number;
}

/** Held back for a call under way. One that is never settled (the process was killed) counts until the month is over. */
export interface SpendingReservationRow {
  id: string;
  month: string;
  amount_usd: number;
  created_at: string;
}

/** Secrets that this installation made for itself. */
export interface InstallationKeyRow {
  name: string;
  /** Hex. */
  value: string;
}

export interface MigrationRow {
  name: string;
  applied_at: string;
}

export interface ConversationRow {
  id: string;
  /** Empty until the first question. */
  title: string;
  deleted_at: string | null;
  created_at: string;
  /** When it was last asked something. */
  updated_at: string;
}

export interface TurnRow {
  /** Ascends: the order of the turns. */
  seq: Generated<number>;
  /** The caller's. */
  id: string;
  conversation_id: string;
  command: SlashCommand | null;
  language: Language;
  status: TurnStatus;
  question: string;
  markdown: string;
  model: string | null;
  /** Null where no model was asked, or its provider did not say. */
  prompt_tokens: number | null;
  completion_tokens: number | null;
  cost_usd: number | null;
  cached: 0 | 1;
  elapsed_ms: number | null;
  artifact_id: string | null;
  error_code: ErrorCode | null;
  error_message: string | null;
  error_details: string | null;
  rating: "up" | "down" | null;
  /** Which process answers it; see `runner` in turns.ts. */
  runner: string;
  created_at: string;
  /** When its answer was last saved. */
  saved_at: string;
  checks: string;
  examples: string;
  context: string;
}

/** What happened, in the order of the commits; the oldest go after a while. */
export interface EventRow {
  id: Generated<number>;
  type: string;
  task_id: string | null;
  timestamp: string;
  /** JSON as it is sent. */
  data: string;
}

export interface WebhookRow {
  id: string;
  url: string;
  /** JSON: types of events, or beginnings with a star. */
  events: string;
  task_id: string | null;
  /** SHA-256 of the secret, in hex: tells a copy of the database that has lost the key its secrets are made with. */
  secret_hash: string;
  given_up: Generated<number>;
  failing_since: string | null;
  last_error: string | null;
  created_at: string;
}

/** An event on its way to a webhook; gone once it arrived or was given up. */
export interface WebhookDeliveryRow {
  id: Generated<number>;
  webhook_id: string;
  /** `webhook-id`: the same each time it is tried. */
  message_id: string;
  body: string;
  attempts: Generated<number>;
  /** Milliseconds since 1970. While it is under way: when it may be tried by another process. */
  next_at: number;
  /** The process that is sending it; see runner.ts. */
  runner: string | null;
}

export interface RolloutRow {
  id: string;
  task_id: string;
  incumbent_version: number;
  candidate_version: number;
  goal: Rollout["goal"];
  /** The task's, when it began: what was counted by another one says nothing. */
  comparison: Comparison;
  state: Rollout["state"];
  stage: Rollout["stage"];
  share: number;
  /** JSON: the evidence, as learning/statistics/rollout.ts has it. */
  statistics: string;
  /** Raised by whoever is about to read and write it. */
  revision: number;
  started_by: Rollout["startedBy"];
  reason: string;
  end_reason: string | null;
  ended_by: Rollout["endedBy"];
  started_at: string;
  ended_at: string | null;
}

export interface ImprovementRow {
  id: string;
  task_id: string;
  trigger: ImprovementTrigger;
  reason: string;
  state: ImprovementState;
  incumbent_version: number;
  candidate_version: number | null;
  rollout_id: string | null;
  corrections: number;
  held_out: number;
  /** Of the rows kept aside; null before they were run. */
  incumbent_right: number | null;
  candidate_right: number | null;
  /** JSON: examples. */
  lost: string;
  attempts: number;
  cost_usd: number | null;
  outcome: string | null;
  /** The process that makes it; see runner.ts. */
  runner: string;
  started_at: string;
  ended_at: string | null;
}

/** A request of a rollout: each input is there once. Of what agreed only its hash is left. */
export interface RolloutRequestRow {
  id: string;
  rollout_id: string;
  /** Of the canonical input. */
  input_hash: string;
  input: string;
  budget_ms: number;
  incumbent_status: ExecutionStatus;
  incumbent_output: string | null;
  /** Null: it has not run yet. */
  candidate_status: ExecutionStatus | null;
  candidate_output: string | null;
  /** `pending`: it is not counted yet. */
  outcome: "pending" | "agreed" | "differs";
  /** Who was right; null: nobody said. */
  verdict: Disagreement["right"];
  oracle: Oracle | null;
  expected_output: string | null;
  /** A model was asked. */
  asked: number;
  created_at: string;
}

/** What is known of a task beside its rows; whoever writes it says which revision it read. */
export interface KnowingRow {
  task_id: string;
  revision: number;
  /** JSON: whether its inputs and its accuracy change, see learning/knowing/watch.ts. */
  watch: string;
  /** JSON: what is usual, see learning/sampling.ts; null where the task draws by chance only. */
  profile: string | null;
}

export interface Tables {
  rollouts: RolloutRow;
  rollout_requests: RolloutRequestRow;
  conversations: ConversationRow;
  turns: TurnRow;
  tasks: TaskRow;
  artifacts: ArtifactRow;
  executions: ExecutionRow;
  execution_counts: ExecutionCountRow;
  validations: ValidationRow;
  feedback: FeedbackRow;
  reference_rows: ReferenceRow;
  reference_programs: ReferenceProgramRow;
  model_judging: ModelJudgingRow;
  model_checks: ModelCheckRow;
  keys: KeyRow;
  cache: CacheRow;
  migrations: MigrationRow;
  spending: SpendingRow;
  spending_reservations: SpendingReservationRow;
  events: EventRow;
  /** SQLite's own: the last id that autoincrement gave. */
  sqlite_sequence: { name: string; seq: number };
  webhooks: WebhookRow;
  webhook_deliveries: WebhookDeliveryRow;
  installation_keys: InstallationKeyRow;
  knowing: KnowingRow;
  improvements: ImprovementRow;
}
