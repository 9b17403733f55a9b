/** What to tell the person about an error, and the one button that helps. Pure; `notify.ts` shows it. */
import type { ErrorCode, HapaError } from "../contract/errors.ts";
import { type Said, say, spoken, verbatim } from "../contract/say.ts";
import type { PanelCommand } from "../contract/webview.ts";

/** Something the person can put right: shown as it stands, without the log. */
export class Notice extends Error {
  override readonly name = "Notice";
  /** `message` itself is English, unless it was handed in as it is to be read. */
  readonly said: Said;
  /** Markdown behind a "Show Details" button. */
  readonly details: Said | undefined;

  constructor(message: Said | string, details?: Said) {
    const said = typeof message === "string" ? verbatim(message) : message;
    super(spoken(said));
    this.said = said;
    this.details = details;
  }
}

export interface Explained {
  readonly message: Said;
  readonly code: ErrorCode | undefined;
  readonly action: { readonly label: Said; readonly command: PanelCommand } | undefined;
  /** The person stopped it themselves: nothing to tell. */
  readonly stopped: boolean;
}

/** By name, not by class: the contract (and zod with it) is loaded only when the backend is needed. */
export function isHapaError(error: unknown): error is HapaError {
  return error instanceof Error && error.name === "HapaError";
}

export function explain(error: unknown): Explained {
  if (isHapaError(error))
    return {
      message: error.said,
      code: error.code,
      action: needsPython(error) ? setUpPython : (modelAction(error) ?? actionFor(error.code)),
      stopped: error.code === "client_closed_request",
    };
  const stopped = error instanceof Error && (error.name === "AbortError" || error.name === "Canceled");
  const message = saidBy(error);
  const known = error instanceof Error && (error.name === "Notice" || error.name === "UnreadableFile");
  return { message, code: undefined, action: known ? undefined : showLog, stopped };
}

/** What an error says; of one that knows no other language, its message. */
export function saidBy(error: unknown): Said {
  if (!(error instanceof Error)) return verbatim(String(error));
  return "said" in error ? (error.said as Said) : verbatim(error.message);
}

/** How long to wait where something was asked too often; undefined where nobody said. */
export function retryAfterMs(error: unknown): number | undefined {
  if (!isHapaError(error)) return undefined;
  const { details } = error;
  const told = typeof details === "object" && details !== null && "retry_after_s" in details;
  const seconds = told ? details["retry_after_s"] : undefined;
  return typeof seconds === "number" && seconds > 0 ? seconds * 1000 : undefined;
}

const setUpPython = { label: say`Set Up Python…`, command: "hapa.setUpPython" } as const;

/** A Python program was to run, and what runs it has not been fetched yet. */
function needsPython({ code, details }: HapaError): boolean {
  const wanted = typeof details === "object" && details !== null && "set_up" in details && details["set_up"];
  return code === "sandbox_unavailable" && wanted === "python";
}

/** Of a model's failure, by the `reason` it carries (see models/diagnosis.ts). */
function modelAction({ code, details }: HapaError): Explained["action"] {
  if (code === "spend_cap_reached") return { label: say`Open Settings`, command: "hapa.openSettings" };
  if (code !== "model_failed") return undefined;
  const reason = typeof details === "object" && details !== null && "reason" in details ? details["reason"] : undefined;
  switch (reason) {
    case "key_refused":
    case "key_missing":
      return { label: say`Set API Key`, command: "hapa.setApiKey" };
    case "wrong_path":
    case "proxy_password":
    case "certificate":
    case "not_secure":
    case "not_compatible":
    case "redirected":
      return { label: say`Test Connection`, command: "hapa.testConnection" };
    default:
      return undefined;
  }
}

/** For what the person cannot put right. */
export const showLog = { label: say`Show Log`, command: "hapa.showLog" } as const;

function actionFor(code: ErrorCode): Explained["action"] {
  switch (code) {
    case "model_not_configured":
    case "not_enough_examples":
    case "model_failed":
    case "model_timeout":
      return { label: say`Choose Model…`, command: "hapa.chooseModel" };
    case "contradictory_examples":
    case "verification_failed":
    case "no_active_program":
    case "rate_limited":
      return undefined;
    default:
      return showLog;
  }
}
