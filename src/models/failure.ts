/** From whatever a request threw to the error that a person can act on. */
import { HapaError } from "../contract/errors.ts";
import { redact } from "../contract/redact.ts";
import { WrongForm } from "./answer-form.ts";
import { type Diagnosis, diagnose, type Evidence } from "./diagnosis.ts";
import { isProxyRefusal, retryAfterSeconds, systemCode } from "./evidence.ts";

/** Whose request it was. */
export interface Asked {
  readonly baseUrl: string;
  readonly name?: string;
  readonly apiKey?: string | undefined;
}

/** What an error says about its cause. Nothing of the key, or of a password in an address, is in it. */
export function evidence(error: unknown, { baseUrl, name, apiKey }: Asked): Evidence {
  const { status, headers } = error as { status?: unknown; headers?: unknown };
  const header = (wanted: string) =>
    headers instanceof Object && "get" in headers ? (headers as Headers).get(wanted) : null;
  const plain = error instanceof Error ? error.message.replace(/^\d{3} /, "") : String(error);
  // Some endpoints repeat the key they refuse.
  const said = redact(apiKey ? plain.replaceAll(apiKey, "[redacted]") : plain);
  const code = systemCode(error);
  const retryAfterS = retryAfterSeconds(header("retry-after"));
  const location = header("location");
  const form = error instanceof WrongForm ? error.form : error instanceof SyntaxError ? "not_compatible" : undefined;
  return {
    baseUrl,
    hasKey: apiKey !== undefined,
    ...(name === undefined ? {} : { model: name }),
    ...(typeof status === "number" ? { status } : {}),
    ...(code ? { code } : {}),
    ...(said ? { said } : {}),
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
    ...(location ? { location: redact(location) } : {}),
    ...(isProxyRefusal(error) ? { proxyRefused: true } : {}),
    ...(form ? { form } : {}),
  };
}

/**
 * The error for a diagnosis; `details` carry its `reason` and, where it is known when to try again, `retry_after_s`.
 * The cause keeps the status, by which an endpoint's refusals are learned.
 */
export function failure(diagnosis: Diagnosis, cause?: unknown): HapaError {
  const { trouble, message, retryAfterS } = diagnosis;
  const details = { reason: trouble, ...(retryAfterS === undefined ? {} : { retry_after_s: retryAfterS }) };
  return new HapaError(trouble === "slow" ? "model_timeout" : "model_failed", message, details, { cause });
}

export function explain(error: unknown, asked: Asked): HapaError {
  return error instanceof HapaError ? error : failure(diagnose(evidence(error, asked)), error);
}
