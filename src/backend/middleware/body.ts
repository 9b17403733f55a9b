/** Takes JSON bodies only, up to the route's limit, and says plainly what is wrong with any other. */
import type { IncomingMessage } from "node:http";
import { MIMEType } from "node:util";
import { HapaError } from "../../contract/errors.ts";
import { say } from "../../contract/say.ts";

/** A request that is refused anyway has no more than this read. */
const refusedLimit = 100_000;
/** No data of a person's goes so deep, and reading on by recursion would end somewhere. */
const deepest = 256;
/** The largest number has 309 digits. */
const digitsMost = 300;

/**
 * Reads the body of a route that has one, to its end, whether it is taken or not: what is still on its way would come
 * after the answer and have the connection reset.
 * @param limit In bytes.
 * @param refusal Why the request will not be served, where it will not be; an ill-formed body is told first.
 * @returns the value; undefined where there is no body. @throws HapaError, or `refusal` where the body is too large to tell.
 */
export async function readJson(req: IncomingMessage, limit: number, refusal: unknown): Promise<unknown> {
  try {
    checkHeaders(req);
    if (req.headers["transfer-encoding"] === undefined && req.headers["content-length"] === undefined) return undefined;
    const bytes = await readAll(req, refusal === undefined ? limit : Math.min(limit, refusedLimit));
    if (bytes) return parse(bytes);
  } catch (error) {
    req.resume();
    throw error;
  }
  throw (
    refusal ??
    new HapaError("payload_too_large", say`The body is larger than ${limit / 1_000_000} MB. Send it in smaller parts.`)
  );
}

function checkHeaders({ headers }: IncomingMessage): void {
  const type = headers["content-type"] ?? "";
  if (type !== "application/json" && type.split(";")[0]?.trim().toLowerCase() !== "application/json") {
    throw new HapaError("unsupported_media_type", say`Send JSON, with the header Content-Type: application/json.`);
  }
  const encoding = headers["content-encoding"]?.toLowerCase() ?? "identity";
  if (encoding !== "identity" || (type.includes(";") && !isUtf8(type))) {
    throw new HapaError("unsupported_media_type", say`Send the body as plain UTF-8 JSON, not compressed.`);
  }
}

function isUtf8(type: string): boolean {
  try {
    return (new MIMEType(type).params.get("charset") ?? "utf-8").toLowerCase() === "utf-8";
  } catch {
    return true; // parameters that mean nothing ask for nothing
  }
}

/** @returns undefined where it is larger than the limit. @throws HapaError("invalid_request") where it breaks off. */
function readAll(req: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    let tooLarge = Number(req.headers["content-length"] ?? 0) > limit;
    req.on("data", (chunk: Buffer) => {
      length += chunk.length;
      tooLarge ||= length > limit;
      if (tooLarge) chunks = [];
      else chunks.push(chunk);
    });
    req.on("end", () => resolve(tooLarge ? undefined : chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    const broken = () => {
      if (req.complete) return;
      reject(new HapaError("invalid_request", say`The body ended before its Content-Length.`));
    };
    req.on("error", broken);
    req.on("close", broken);
  });
}

function parse(bytes: Buffer): unknown {
  if (bytes.length === 0) return {};
  const { depth, mayOverflow } = survey(bytes);
  if (depth > deepest) {
    throw new HapaError("invalid_request", say`The body is nested deeper than ${deepest} levels. Send flatter data.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8", startsWithMark(bytes) ? 3 : 0));
  } catch (error) {
    throw new HapaError("malformed_json", say`The body is not JSON: ${(error as Error).message}.`);
  }
  if (mayOverflow && !isFiniteThroughout(value)) {
    throw new HapaError("invalid_request", say`The body has a number too large to be kept (over 1.8e308).`);
  }
  return value;
}

/** The byte order mark that some programs put before UTF-8. */
function startsWithMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** JSON text may hold 1e999, which is read as Infinity and could only be written as null. */
function isFiniteThroughout(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (value === null || typeof value !== "object") return true;
  for (const key in value) if (!isFiniteThroughout((value as Record<string, unknown>)[key])) return false;
  return true;
}

/**
 * Looks over JSON text before it is parsed: how deep lists and objects stand in each other (it stops counting past what
 * is taken), and whether a number has an exponent or so many digits that it may be too large.
 */
function survey(bytes: Buffer): { depth: number; mayOverflow: boolean } {
  const [quote, backslash, openList, closeList, openObject, closeObject] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];
  const [zero, nine, exponent] = [0x30, 0x39, 0x65];
  let level = 0;
  let depth = 0;
  let digits = 0;
  let mayOverflow = false;
  for (let at = 0; at < bytes.length && depth <= deepest; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= zero && byte <= nine) {
      digits += 1;
      continue;
    }
    if (digits > 0) {
      if (digits > digitsMost || (byte | 0x20) === exponent) mayOverflow = true;
      digits = 0;
    }
    if (byte === quote) {
      for (at++; at < bytes.length && bytes[at] !== quote; at++) if (bytes[at] === backslash) at++;
    } else if (byte === openList || byte === openObject) depth = Math.max(depth, ++level);
    else if (byte === closeList || byte === closeObject) level--;
  }
  return { depth, mayOverflow: mayOverflow || digits > digitsMost };
}
