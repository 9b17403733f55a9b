/** Turns whatever went wrong into the contract's error. What is not expected is logged whole and answered without details. */
import { z } from "zod";
import { ErrorAnswer, HapaError } from "../../contract/errors.ts";
import { redact } from "../../contract/redact.ts";
import { type Catalogue, say, spoken } from "../../contract/say.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { Log } from "../../observability/log.ts";

/** Any thrown thing as an error of the contract; what the caller is not told stands in the log, under its request id. */
export function asHapaError(error: unknown, log: Log, requestId: string): HapaError {
  if (error instanceof HapaError) return error;
  const code = (error as { code?: unknown } | undefined)?.code;
  if (typeof code === "string" && code.startsWith("SQLITE_")) {
    log.error({ request_id: requestId, err: error }, "database");
    return storage(code);
  }
  log.error({ request_id: requestId, err: error }, "unexpected");
  return new HapaError("internal", say`Something went wrong inside HAPA. The log says more, under this request id.`);
}

/** The body of an error answer, ready for the wire, in the words of the catalogue. */
export function errorBody(error: HapaError, requestId: string, words?: Catalogue): unknown {
  return z.encode(ErrorAnswer, {
    error: { code: error.code, message: redact(spoken(error.said, words)), details: error.details, requestId },
  });
}

/** What a caller sent, read by its schema. @throws HapaError("invalid_request") naming the fields that are wrong. */
export function readRequest(schema: z.ZodType, sent: unknown): unknown {
  const read = z.safeDecode(schema, sent);
  if (read.success) return read.data;
  throw invalid(read.error);
}

function invalid(error: z.ZodError): HapaError {
  const issues = error.issues
    .slice(0, 10)
    .map((issue) => ({ path: issue.path.join("."), message: plain(issue.message) }));
  const first = issues[0];
  const where = first?.path ? `${first.path}: ` : "";
  return new HapaError(
    "invalid_request",
    say`The request is not right: ${where}${first?.message ?? ""}.`,
    issues satisfies JsonValue,
  );
}

/** A field that is not there is called missing, not "undefined". */
function plain(message: string): string {
  return message.replace(/^Invalid input: (expected .*), received undefined$/, "is missing, $1");
}

function storage(code: string): HapaError {
  if (code.startsWith("SQLITE_CONSTRAINT_FOREIGNKEY")) {
    return new HapaError("not_found", say`What this belongs to was deleted meanwhile.`);
  }
  const advice = code.startsWith("SQLITE_FULL")
    ? say`The disk is full: free some space.`
    : code.startsWith("SQLITE_BUSY")
      ? say`The database is busy: try again.`
      : code.startsWith("SQLITE_READONLY")
        ? say`The data folder cannot be written: make it writable.`
        : code.startsWith("SQLITE_IOERR")
          ? say`The disk is full or failing: see that it has space.`
          : say`Look into the log for more.`;
  return new HapaError("storage_failed", say`The database did not take it (${code}). ${advice}`);
}
