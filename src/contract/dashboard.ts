/** The dashboard: how a browser is let in, and the numbers on its first page. */
import { z } from "zod";
import { Role } from "./roles.ts";
import { answer, request } from "./wire.ts";

/** Where a link leads to: the page, or one task on it. */
export const NewDashboardLink = request({
  taskId: z.string().max(100).optional(),
  /** What the page is to speak, as a BCP 47 tag; what the browser wants, unless told. */
  language: z.string().max(20).optional(),
});
export type NewDashboardLink = z.output<typeof NewDashboardLink>;

/** A link works once. */
export const DashboardLink = answer({
  /** To be put after the server's address, as `/#open.…`: what comes after the # is never sent, and stands in no log. */
  path: z.string(),
  expiresAt: z.string(),
});
export type DashboardLink = z.output<typeof DashboardLink>;

/** The part of a link that lets in. */
export const OpenDashboard = request({ code: z.string().max(200) });

export const DashboardSession = answer({
  role: Role,
  expiresAt: z.string(),
});
/**
 * The session itself is a cookie, which a browser sends to every port of this computer. So requests must also carry
 * this in the header X-HAPA-Page: only pages of this very server can read it.
 */
export const OpenedDashboard = answer({ pageToken: z.string(), role: Role, expiresAt: z.string() });

const Share = answer({ value: z.number(), low: z.number(), high: z.number(), n: z.int() });

const OverviewTask = answer({
  taskId: z.string(),
  name: z.string(),
  activeVersion: z.int().nullable(),
  accuracyTarget: z.number(),
  executions: z.int(),
  failed: z.int(),
  /** Over its newest 200 executions, in ms; null where there are none. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  /** Of the active version, where it was judged; else of all. */
  accuracy: Share.nullable(),
  /** Sampled executions that nobody has judged. */
  waiting: z.int(),
});
export type OverviewTask = z.output<typeof OverviewTask>;

/**
 * What programs spared, as plain counts; prices and the time of a model's call are put to them where they are shown.
 * Tokens are estimated: a token for four bytes of UTF-8.
 */
const Ledger = answer({
  /** Executions that gave an output: each would have been a call of a model. */
  callsAvoided: z.int(),
  /** Of these calls, all together: the task's description and the input, and what the program gave. */
  promptTokens: z.number(),
  completionTokens: z.number(),
  /** How long the programs took for them, all together. */
  programMs: z.number(),
  /** Calls that were made all the same (programs, answers, verdicts), and what they cost, as far as prices were set. */
  modelCalls: z.int(),
  modelUsd: z.number(),
  /** USD per million tokens of the model that is set up; null where none is, or its prices are not set. */
  prices: answer({ model: z.string(), prompt: z.number(), completion: z.number() }).nullable(),
});
export type Ledger = z.output<typeof Ledger>;

/** Everything on the first page that is not told by /stats and /health. */
export const Overview = answer({
  /** Newest first, at most 100. */
  tasks: z.array(OverviewTask),
  /** Over the newest executions of all these tasks, in ms; null where there are none. */
  latency: answer({ p50Ms: z.number(), p95Ms: z.number() }).nullable(),
  ledger: Ledger,
});
export type Overview = z.output<typeof Overview>;
