/**
 * What happens to tasks, programs and rollouts, in one form for all who are told: `GET /events`, webhooks, and
 * listeners in the backend's own process. A type's data is told here, and nowhere else.
 */
import { z } from "zod";
import { ArtifactState, GeneratorName } from "./artifacts.ts";
import { ImprovementState, ImprovementTrigger } from "./improvements.ts";
import { ProgramLanguage } from "./tasks.ts";
import { answer, type JsonValue, jsonValue, request } from "./wire.ts";

const eventData = {
  "task.created": answer({ name: z.string(), draft: z.boolean() }),
  /** The names of what changed, as on the wire. */
  "task.changed": answer({ fields: z.array(z.string()) }),
  "task.deleted": answer({}),
  "artifact.created": answer({
    version: z.int(),
    state: ArtifactState,
    generator: GeneratorName,
    language: ProgramLanguage,
  }),
  /** Null: no version runs any more. */
  "artifact.activated": answer({ version: z.int().nullable() }),
  /** A better version is being made from corrected failures. */
  "improvement.started": answer({
    improvementId: z.string(),
    trigger: ImprovementTrigger,
    incumbentVersion: z.int(),
    reason: z.string(),
  }),
  /** It was made or not, or what became of its rollout. */
  "improvement.ended": answer({
    improvementId: z.string(),
    state: ImprovementState,
    candidateVersion: z.int().nullable(),
    outcome: z.string(),
  }),
  /** A person may be needed, or should know. */
  alert: answer({
    /** What it is about, for programs: `webhook.failing` … */
    kind: z.string(),
    severity: z.enum(["info", "warning", "error"]),
    /** English. */
    message: z.string(),
    details: jsonValue.optional(),
  }),
  /**
   * Executions of a task since the last event of this kind, at most one event a second. It is told to whoever listens
   * at that moment and kept nowhere: it has no id, and webhooks do not get it.
   */
  metrics: answer({ executions: z.int(), failed: z.int() }),
  /** Some events after `askedId` are not kept any more, or it is an id of another database: read again what you show. */
  "events.missed": answer({ askedId: z.int(), firstId: z.int() }),
  /** A webhook is being tried out. */
  "webhook.test": answer({ webhookId: z.string() }),
  /** Between the processes that share a database; nobody else is told. */
  "key.revoked": answer({ keyId: z.string() }),
} as const;

type PlainType = keyof typeof eventData;
/** Told by the rollout itself, whose data (snake_case) it alone knows. */
type RolloutType = `rollout.${string}`;
export type EventType = PlainType | RolloutType;
type DataOf<T extends EventType> = T extends PlainType
  ? z.output<(typeof eventData)[T]>
  : { readonly [key: string]: JsonValue };

/** An event to be told: `{type, taskId, data}`. */
export type NewEvent = {
  [T in EventType]: {
    readonly type: T;
    /** Null for what is about no single task. */
    readonly taskId: string | null;
    readonly data: DataOf<T>;
  };
}[EventType];

/** An event as it was told. */
export type HapaEvent = NewEvent & {
  /** Ascends without gaps in the order of the commits; null for `metrics` and `events.missed`, which are not kept. */
  readonly id: number | null;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
};

/** An event's data as it goes over the wire, and is kept. */
export function encodeEventData({ type, data }: NewEvent): unknown {
  return Object.hasOwn(eventData, type) ? z.encode(eventData[type as PlainType], data as never) : data;
}

/** An event with its data as JSON text, ready to be sent. */
export interface EventText {
  readonly id: number | null;
  readonly type: string;
  readonly taskId: string | null;
  readonly timestamp: string;
  /** JSON, snake_case. */
  readonly data: string;
}

/** The JSON that is sent: `{"id", "type", "timestamp", "task_id", "data"}`. */
export function eventJson({ id, type, taskId, timestamp, data }: EventText): string {
  const head = { ...(id === null ? {} : { id }), type, timestamp, task_id: taskId };
  return `${JSON.stringify(head).slice(0, -1)},"data":${data}}`;
}

const Envelope = answer({
  id: z.int().optional(),
  type: z.string(),
  timestamp: z.string(),
  taskId: z.string().nullable(),
  data: jsonValue,
});

/** Reads what `eventJson` wrote. @returns undefined for a type that a newer server tells. @throws ZodError, SyntaxError */
export function readEvent(json: string): HapaEvent | undefined {
  const { id = null, data, type, ...rest } = z.decode(Envelope, JSON.parse(json));
  if (type.startsWith("rollout.")) return { id, type, data, ...rest } as HapaEvent;
  if (!Object.hasOwn(eventData, type)) return undefined;
  return { id, type, data: z.decode(eventData[type as PlainType], data as never), ...rest } as HapaEvent;
}

/** Not for anybody outside the backend. */
export const internalEvent = "key.revoked" satisfies EventType;

/** What `GET /events` may be asked. */
export const EventsQuery = request({
  /** Events of this task only. */
  taskId: z.string().max(100).optional(),
  /** As the header Last-Event-ID, for those who cannot set it; the header counts where there are both. */
  lastEventId: z.string().max(20).optional(),
});
