/** The form of one route, and what several of them need. */
import { z } from "zod";
import type { Permission } from "./roles.ts";

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

export const nothing = z.undefined();
export const text = z.string();
export const api = "/api/v1";
export const megabyte = 1_000_000;

/** Keeps the literal types of one route while checking its form. */
export const route = <const R extends RouteSpec>(spec: R): R => spec;
