/** Every way a call can fail: a stable code, its HTTP status, and a message that says what to do. */
import { z } from "zod";
import { type Said, spoken } from "./say.ts";
import { answer, type JsonValue, jsonValue } from "./wire.ts";

export const errorStatus = {
  invalid_request: 400,
  malformed_json: 400,
  foreign_host: 400,
  unauthorized: 401,
  // Not 429: clients try that again by themselves, and waiting does not help before the month is over.
  spend_cap_reached: 402,
  forbidden: 403,
  foreign_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  model_not_configured: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  contradictory_examples: 422,
  not_enough_examples: 422,
  verification_failed: 422,
  no_active_program: 409,
  too_complex: 422,
  rate_limited: 429,
  client_closed_request: 499,
  internal: 500,
  storage_failed: 500,
  model_failed: 502,
  shutting_down: 503,
  sandbox_unavailable: 503,
  model_timeout: 504,
} as const;

export type ErrorCode = keyof typeof errorStatus;
export const errorCodes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]];

/** The one error that rooms throw at each other; anything else that reaches the front door is answered as `internal`. */
export class HapaError extends Error {
  readonly code: ErrorCode;
  readonly details: JsonValue | undefined;
  /** The message, for whoever tells it in another language; `message` itself is English. */
  readonly said: Said;

  constructor(code: ErrorCode, said: Said, details?: JsonValue, options?: ErrorOptions) {
    super(spoken(said), options);
    this.name = "HapaError";
    this.code = code;
    this.said = said;
    this.details = details;
  }

  get status(): number {
    return errorStatus[this.code];
  }
}

/** `{"error": {"code", "message", "details?", "request_id"}}` */
export const ErrorAnswer = answer({
  error: answer({
    code: z.enum(errorCodes),
    message: z.string(),
    details: jsonValue.optional(),
    requestId: z.string(),
  }),
});
