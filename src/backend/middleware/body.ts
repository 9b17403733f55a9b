/** Takes JSON bodies only, up to the route's limit, and says plainly what is wrong with any other. */
import express, { type RequestHandler } from "express";
import { HapaError } from "../../contract/errors.ts";
import { callerOf } from "./authenticate.ts";

/** A request that is refused anyway has no more than this read. */
const refusedLimit = 100_000;
/** No data of a person's goes so deep, and reading on by recursion would end somewhere. */
const deepest = 256;

/** Reads the body of a route that has one; refuses a body where there is none to be. */
export function jsonBody(limit: number): RequestHandler {
  const parse = parser(limit);
  const parseLittle = parser(Math.min(limit, refusedLimit));
  return (req, res, next) => {
    const type = (req.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
    if (type !== "application/json") {
      req.resume();
      return next(
        new HapaError("unsupported_media_type", "Send JSON, with the header Content-Type: application/json."),
      );
    }
    const { refusal } = callerOf(res);
    const parseIt = refusal === undefined ? parse : parseLittle;
    parseIt(req, res, (error?: unknown) => {
      if (error === undefined && isFiniteThroughout(req.body)) return next();
      if (error === undefined) {
        return next(new HapaError("invalid_request", "The body has a number too large to be kept (over 1.8e308)."));
      }
      // What is still on its way is read and dropped, so that the answer arrives instead of a reset connection.
      req.resume();
      next(refusal !== undefined && typeOf(error) === "entity.too.large" ? refusal : explain(error, limit));
    });
  };
}

function parser(limit: number): RequestHandler {
  return express.json({
    limit,
    strict: false,
    inflate: false,
    type: () => true,
    verify(_req, _res, bytes, encoding) {
      if (encoding !== "utf-8") throw Object.assign(new Error(), { type: "charset.unsupported" });
      if (nesting(bytes) > deepest) throw Object.assign(new Error(), { type: "entity.too.deep" });
    },
  });
}

/** JSON text may hold 1e999, which is read as Infinity and could only be written as null. */
function isFiniteThroughout(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (value === null || typeof value !== "object") return true;
  for (const key in value) if (!isFiniteThroughout((value as Record<string, unknown>)[key])) return false;
  return true;
}

/** How deep the lists and objects of JSON text stand in each other; stops counting past what is taken. */
function nesting(bytes: Uint8Array): number {
  const [quote, backslash, openList, closeList, openObject, closeObject] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];
  let depth = 0;
  let most = 0;
  let inText = false;
  for (let at = 0; at < bytes.length && most <= deepest; at++) {
    const byte = bytes[at];
    if (inText) {
      if (byte === backslash) at++;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === openList || byte === openObject) most = Math.max(most, ++depth);
    else if (byte === closeList || byte === closeObject) depth--;
  }
  return most;
}

function typeOf(error: unknown): string | undefined {
  return (error as { type?: string }).type;
}

function explain(error: unknown, limit: number): unknown {
  switch (typeOf(error)) {
    case "entity.too.large":
      return new HapaError(
        "payload_too_large",
        `The body is larger than ${limit / 1_000_000} MB. Send it in smaller parts.`,
      );
    case "entity.too.deep":
      return new HapaError("invalid_request", `The body is nested deeper than ${deepest} levels. Send flatter data.`);
    case "entity.parse.failed":
      return new HapaError("malformed_json", `The body is not JSON: ${(error as Error).message}.`);
    case "encoding.unsupported":
    case "charset.unsupported":
      return new HapaError("unsupported_media_type", "Send the body as plain UTF-8 JSON, not compressed.");
    case "request.aborted":
    case "request.size.invalid":
      return new HapaError("invalid_request", "The body ended before its Content-Length.");
    default:
      return error;
  }
}
