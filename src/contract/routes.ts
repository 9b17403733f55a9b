/**
 * Every route, as data: the server mounts from it, the client calls through it, OpenAPI is written from it, and the
 * table test walks it. A route without a handler, or without a permission, does not compile.
 */
import { z } from "zod";
import { EngineInfo, Health, Stats, TaskAnalytics } from "./analytics.ts";
import { Artifact, ArtifactList, NewArtifact } from "./artifacts.ts";
import { CompleteAnswer, CompleteRequest } from "./completion.ts";
import {
  Conversation,
  ConversationChange,
  ConversationPage,
  ConversationQuery,
  ConversationTurn,
  Feedback,
  FeedbackAnswer,
  NewConversation,
  Question,
  TurnExample,
  TurnPage,
} from "./conversations.ts";
import { DatasetQuery } from "./datasets.ts";
import { EventsQuery } from "./events.ts";
import { BatchAnswer, BatchRequest, ExecuteRequest, Execution, ExecutionPage } from "./executions.ts";
import { GenerateAnswer, GenerateRequest, TaskGenerateRequest } from "./generation.ts";
import { CreatedKey, Key, KeyList, NewKey } from "./keys.ts";
import type { Permission } from "./roles.ts";
import { Spending } from "./spending.ts";
import { NewTask, PageQuery, Task, TaskChange, TaskPage } from "./tasks.ts";
import { ValidateAnswer, ValidateRequest } from "./validation.ts";
import {
  NewValidation,
  Reference,
  ReferenceInfo,
  Review,
  ReviewQuery,
  Validation,
  ValidationPage,
  ValidationQuery,
} from "./validations.ts";
import { CreatedWebhook, NewWebhook, WebhookList, WebhookTest } from "./webhooks.ts";

export type Method = "get" | "post" | "put" | "patch" | "delete";

export interface RouteSpec {
  readonly method: Method;
  /** Express style, `:name` for parameters. */
  readonly path: string;
  readonly permission: Permission;
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly query?: z.ZodType;
  readonly answer: z.ZodType;
  readonly status: number;
  /** Also answers as server-sent events when asked with `Accept: text/event-stream`. */
  readonly streams?: true;
  /** Largest body, in bytes; 1 MB unless told. */
  readonly bodyLimit?: number;
  /** What the answer is when it is not JSON. */
  readonly contentType?: string;
}

const nothing = z.undefined();
const text = z.string();
const api = "/api/v1";
const megabyte = 1_000_000;
/** One JSON-RPC message. Batches are no part of the protocol any more, and would count as one request. */
const McpMessage = z.strictObject({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});

/** Keeps the literal types of one route while checking its form. */
const route = <const R extends RouteSpec>(spec: R): R => spec;

export const routes = {
  generateCode: route({
    method: "post",
    path: `${api}/code/generate`,
    permission: "write",
    summary: "Answer a question with code; with examples, with a verified program",
    body: GenerateRequest,
    answer: GenerateAnswer,
    status: 200,
    streams: true,
    bodyLimit: 8 * megabyte,
  }),
  createTask: route({
    method: "post",
    path: `${api}/tasks`,
    permission: "write",
    summary: "Create a task",
    body: NewTask,
    answer: Task,
    status: 201,
    bodyLimit: 8 * megabyte,
  }),
  listTasks: route({
    method: "get",
    path: `${api}/tasks`,
    permission: "read",
    summary: "List tasks, newest first",
    query: PageQuery,
    answer: TaskPage,
    status: 200,
  }),
  getTask: route({
    method: "get",
    path: `${api}/tasks/:id`,
    permission: "read",
    summary: "One task",
    answer: Task,
    status: 200,
  }),
  changeTask: route({
    method: "patch",
    path: `${api}/tasks/:id`,
    permission: "write",
    summary: "Change a task",
    body: TaskChange,
    answer: Task,
    status: 200,
    bodyLimit: 8 * megabyte,
  }),
  deleteTask: route({
    method: "delete",
    path: `${api}/tasks/:id`,
    permission: "write",
    summary: "Delete a task with its programs and executions; for a day, a PATCH with deleted: false brings it back",
    answer: nothing,
    status: 204,
  }),
  generateProgram: route({
    method: "post",
    path: `${api}/tasks/:id/generate`,
    permission: "write",
    summary: "Make a program for a task and prove it on the examples",
    body: TaskGenerateRequest,
    answer: Artifact,
    status: 201,
    streams: true,
    bodyLimit: 8 * megabyte,
  }),
  createArtifact: route({
    method: "post",
    path: `${api}/artifacts`,
    permission: "write",
    summary: "Store a program written by hand; it is verified like any other",
    body: NewArtifact,
    answer: Artifact,
    status: 201,
    bodyLimit: 2 * megabyte,
  }),
  listArtifacts: route({
    method: "get",
    path: `${api}/artifacts/:taskId`,
    permission: "read",
    summary: "A task's programs, newest first",
    answer: ArtifactList,
    status: 200,
  }),
  getArtifact: route({
    method: "get",
    path: `${api}/artifacts/:taskId/:version`,
    permission: "read",
    summary: "One version of a program",
    answer: Artifact,
    status: 200,
  }),
  activateArtifact: route({
    method: "post",
    path: `${api}/artifacts/:taskId/:version/activate`,
    permission: "write",
    summary: "Make a verified version the one that runs",
    answer: Artifact,
    status: 200,
  }),
  execute: route({
    method: "post",
    path: `${api}/tasks/:id/execute`,
    permission: "execute",
    summary: "Run the active program (or a version) on one input",
    body: ExecuteRequest,
    answer: Execution,
    status: 200,
  }),
  executeBatch: route({
    method: "post",
    path: `${api}/batch/execute`,
    permission: "execute",
    summary: "Run a program on many inputs",
    body: BatchRequest,
    answer: BatchAnswer,
    status: 200,
    bodyLimit: 32 * megabyte,
  }),
  listExecutions: route({
    method: "get",
    path: `${api}/tasks/:id/executions`,
    permission: "read",
    summary: "A task's executions, newest first",
    query: PageQuery,
    answer: ExecutionPage,
    status: 200,
  }),
  getAnalytics: route({
    method: "get",
    path: `${api}/analytics/:taskId`,
    permission: "read",
    summary: "Counts, success rate, latency and cost of a task",
    answer: TaskAnalytics,
    status: 200,
  }),
  createKey: route({
    method: "post",
    path: `${api}/keys`,
    permission: "admin",
    summary: "Make an API key; the answer is the only place it is shown",
    body: NewKey,
    answer: CreatedKey,
    status: 201,
  }),
  listKeys: route({
    method: "get",
    path: `${api}/keys`,
    permission: "admin",
    summary: "All API keys, without the keys themselves",
    answer: KeyList,
    status: 200,
  }),
  revokeKey: route({
    method: "delete",
    path: `${api}/keys/:id`,
    permission: "admin",
    summary: "Revoke an API key at once",
    answer: Key,
    status: 200,
  }),
  setUpPython: route({
    method: "post",
    path: `${api}/sandbox/python`,
    permission: "admin",
    summary: "Set up Python: fetch its runtime where it is not there yet, and load it",
    answer: EngineInfo,
    status: 200,
    streams: true,
  }),
  health: route({
    method: "get",
    path: "/health",
    permission: "public",
    summary: "Whether the server works, with its checks",
    answer: Health,
    status: 200,
  }),
  live: route({
    method: "get",
    path: "/health/live",
    permission: "public",
    summary: "200 while the process answers",
    answer: Health,
    status: 200,
  }),
  ready: route({
    method: "get",
    path: "/health/ready",
    permission: "public",
    summary: "200 while requests are taken, 503 while stopping",
    answer: Health,
    status: 200,
  }),
  stats: route({
    method: "get",
    path: "/stats",
    permission: "read",
    summary: "Engine, cache and counts",
    answer: Stats,
    status: 200,
  }),
  metrics: route({
    method: "get",
    path: "/metrics",
    permission: "read",
    summary: "Prometheus metrics",
    answer: text,
    status: 200,
    contentType: "text/plain",
  }),
  openapi: route({
    method: "get",
    path: "/openapi.json",
    permission: "public",
    summary: "This API as OpenAPI 3.1",
    answer: z.unknown(),
    status: 200,
  }),
  docs: route({
    method: "get",
    path: "/docs",
    permission: "public",
    summary: "This API as a page",
    answer: text,
    status: 200,
    contentType: "text/html",
  }),
  getSpending: route({
    method: "get",
    path: `${api}/spending`,
    permission: "read",
    summary: "What models cost this month, by use and model, and the cap",
    answer: Spending,
    status: 200,
  }),
  createConversation: route({
    method: "post",
    path: `${api}/conversations`,
    permission: "write",
    summary: "Begin a conversation; without a title it is named after its first question",
    body: NewConversation,
    answer: Conversation,
    status: 201,
  }),
  listConversations: route({
    method: "get",
    path: `${api}/conversations`,
    permission: "read",
    summary: "List conversations, last asked first, or search their titles, questions and answers",
    query: ConversationQuery,
    answer: ConversationPage,
    status: 200,
  }),
  getConversation: route({
    method: "get",
    path: `${api}/conversations/:id`,
    permission: "read",
    summary: "One conversation, without its turns",
    answer: Conversation,
    status: 200,
  }),
  changeConversation: route({
    method: "patch",
    path: `${api}/conversations/:id`,
    permission: "write",
    summary: "Rename a conversation, or restore a deleted one",
    body: ConversationChange,
    answer: Conversation,
    status: 200,
  }),
  deleteConversation: route({
    method: "delete",
    path: `${api}/conversations/:id`,
    permission: "write",
    summary: "Delete a conversation; it can be restored for a day",
    answer: nothing,
    status: 204,
  }),
  exportConversation: route({
    method: "get",
    path: `${api}/conversations/:id/export`,
    permission: "read",
    summary: "A whole conversation as Markdown",
    answer: text,
    status: 200,
    contentType: "text/markdown",
  }),
  listTurns: route({
    method: "get",
    path: `${api}/conversations/:id/turns`,
    permission: "read",
    summary: "Questions and answers of a conversation, newest first",
    query: PageQuery,
    answer: TurnPage,
    status: 200,
  }),
  getTurn: route({
    method: "get",
    path: `${api}/conversations/:id/turns/:turnId`,
    permission: "read",
    summary: "One question and what became of it",
    answer: ConversationTurn,
    status: 200,
  }),
  ask: route({
    method: "post",
    path: `${api}/conversations/:id/turns`,
    permission: "write",
    summary: "Ask in a conversation; question and answer are kept",
    body: Question,
    answer: ConversationTurn,
    status: 201,
    streams: true,
    bodyLimit: 32 * megabyte,
  }),
  addTurnExample: route({
    method: "post",
    path: `${api}/conversations/:id/turns/:turnId/examples`,
    permission: "write",
    summary: "Make the program of a turn again with one more example; where that fails, it stays as it was",
    body: TurnExample,
    answer: ConversationTurn,
    status: 200,
    streams: true,
    bodyLimit: 8 * megabyte,
  }),
  giveFeedback: route({
    method: "post",
    path: `${api}/feedback`,
    permission: "write",
    summary: "Rate an answer, a program or a run; a corrected output becomes an example of its task",
    body: Feedback,
    answer: FeedbackAnswer,
    status: 201,
  }),
  judgeExecution: route({
    method: "post",
    path: `${api}/tasks/:id/validations`,
    permission: "write",
    summary: "Say whether an execution's output was right, or what it should have been",
    body: NewValidation,
    answer: Validation,
    status: 201,
  }),
  listValidations: route({
    method: "get",
    path: `${api}/tasks/:id/validations`,
    permission: "read",
    summary: "Verdicts on a task's executions, newest first",
    query: ValidationQuery,
    answer: ValidationPage,
    status: 200,
  }),
  getReview: route({
    method: "get",
    path: `${api}/tasks/:id/review`,
    permission: "read",
    summary: "Sampled executions that nobody has judged yet, newest first",
    query: ReviewQuery,
    answer: Review,
    status: 200,
  }),
  setReference: route({
    method: "put",
    path: `${api}/tasks/:id/reference`,
    permission: "write",
    summary: "Labelled rows by which sampled executions with the same inputs are judged by themselves",
    body: Reference,
    answer: ReferenceInfo,
    status: 200,
    bodyLimit: 50 * megabyte,
  }),
  completeCode: route({
    method: "post",
    path: `${api}/code/complete`,
    permission: "write",
    summary: "Propose what stands at the cursor, between a prefix and a suffix",
    body: CompleteRequest,
    answer: CompleteAnswer,
    status: 200,
    bodyLimit: 2 * megabyte,
  }),
  mcp: route({
    method: "post",
    path: "/mcp",
    permission: "key",
    summary: "Model Context Protocol, streamable HTTP: programs as tools of an agent, by the key's permissions",
    body: McpMessage,
    answer: z.unknown(),
    status: 200,
    bodyLimit: 32 * megabyte,
  }),
  mcpStream: route({
    method: "get",
    path: "/mcp",
    permission: "key",
    summary: "Always 405: this server says nothing by itself",
    answer: nothing,
    status: 405,
  }),
  mcpEnd: route({
    method: "delete",
    path: "/mcp",
    permission: "key",
    summary: "Always 405: this server keeps no sessions that could be ended",
    answer: nothing,
    status: 405,
  }),
  validateCode: route({
    method: "post",
    path: `${api}/code/validate`,
    permission: "execute",
    summary: "Whether code is right as a text: syntax, types or lint, with fixes; nothing is run or kept",
    body: ValidateRequest,
    answer: ValidateAnswer,
    status: 200,
    bodyLimit: 8 * megabyte,
  }),
  listenToEvents: route({
    method: "get",
    path: `${api}/events`,
    permission: "read",
    summary: "What happens, as server-sent events; goes on where it broke off by Last-Event-ID",
    query: EventsQuery,
    answer: text,
    status: 200,
    contentType: "text/event-stream",
  }),
  createWebhook: route({
    method: "post",
    path: `${api}/webhooks`,
    permission: "admin",
    summary: "Have events sent to an address, signed; the answer is the only place the secret is shown",
    body: NewWebhook,
    answer: CreatedWebhook,
    status: 201,
  }),
  listWebhooks: route({
    method: "get",
    path: `${api}/webhooks`,
    permission: "admin",
    summary: "All webhooks, newest first, and how they fare",
    answer: WebhookList,
    status: 200,
  }),
  deleteWebhook: route({
    method: "delete",
    path: `${api}/webhooks/:id`,
    permission: "admin",
    summary: "Delete a webhook with what is on its way to it",
    answer: nothing,
    status: 204,
  }),
  testWebhook: route({
    method: "post",
    path: `${api}/webhooks/:id/test`,
    permission: "admin",
    summary: "Send one event of type webhook.test now, and tell how it was received",
    answer: WebhookTest,
    status: 200,
  }),
  getDataset: route({
    method: "get",
    path: `${api}/tasks/:id/dataset`,
    permission: "read",
    summary: "A task's sampled executions, or the verdicts on them, as JSON lines, oldest first",
    query: DatasetQuery,
    answer: text,
    status: 200,
    contentType: "application/x-ndjson",
  }),
  deleteDataset: route({
    method: "delete",
    path: `${api}/tasks/:id/dataset`,
    permission: "write",
    summary: "Delete a task's dataset for good; its executions in the database stay",
    answer: nothing,
    status: 204,
  }),
} as const satisfies Record<string, RouteSpec>;

export type RouteName = keyof typeof routes;

type PathParams<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathParams<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;

/** What a route is called with, in code (camelCase): its path parameters, and its body and query where it has them. */
export type Call<N extends RouteName> = {
  readonly params: Record<PathParams<(typeof routes)[N]["path"]>, string>;
} & ((typeof routes)[N] extends {
  body: infer B extends z.ZodType;
}
  ? { readonly body: z.output<B> }
  : unknown) &
  ((typeof routes)[N] extends { query: infer Q extends z.ZodType } ? { readonly query: z.output<Q> } : unknown);

/** What a route answers, in code. */
export type AnswerOf<N extends RouteName> = z.output<(typeof routes)[N]["answer"]>;
