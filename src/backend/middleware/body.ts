/** Takes JSON bodies only, up to the route's limit, and says plainly what is wrong with any other. */
import express, { type RequestHandler } from "express";
import { HapaError } from "../../contract/errors.ts";

/** Reads the body of a route that has one; refuses a body where there is none to be. */
export function jsonBody(limit: number): RequestHandler {
  const parse = express.json({ limit, strict: false, inflate: false, type: () => true });
  return (req, res, next) => {
    const type = (req.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
    if (type !== "application/json") {
      req.resume();
      return next(
        new HapaError("unsupported_media_type", "Send JSON, with the header Content-Type: application/json."),
      );
    }
    parse(req, res, (error?: unknown) => next(error === undefined ? undefined : explain(error, req, limit)));
  };
}

function explain(error: unknown, req: express.Request, limit: number): unknown {
  const { type } = error as { type?: string };
  // What is still on its way is read and dropped, so that the answer arrives instead of a reset connection.
  req.resume();
  switch (type) {
    case "entity.too.large":
      return new HapaError(
        "payload_too_large",
        `The body is larger than ${limit / 1_000_000} MB. Send it in smaller parts.`,
      );
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
