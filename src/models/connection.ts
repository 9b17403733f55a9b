/** Test Connection: asks for the list of models, then for one token, and says in words what came of it. */
import { HapaError } from "../contract/errors.ts";
import { type Said, say } from "../contract/say.ts";
import { type Diagnosis, diagnose, type Trouble } from "./diagnosis.ts";
import type { Endpoint } from "./endpoint.ts";
import { evidence } from "./failure.ts";
import { listModels } from "./listing.ts";
import type { Fetch } from "./transport.ts";

export interface ConnectionReport {
  readonly ok: boolean;
  /** In whole sentences: that it works, or what is wrong and what helps. */
  readonly message: Said;
  /** Null where it works. */
  readonly trouble: Trouble | null;
  /** The command that helps most, where one does. */
  readonly command: Diagnosis["command"];
  /** What works instead, where that was found. */
  readonly worksAt?: string;
  readonly nearest?: readonly string[];
  /** In ms; null where nothing came. */
  readonly firstTokenMs: number | null;
  /** Null where it is not known. */
  readonly streams: boolean | null;
  readonly tellsUsage: boolean | null;
}

/** @throws HapaError("client_closed_request"), "spend_cap_reached": everything else is a report */
export async function testConnection(endpoint: Endpoint, fetch: Fetch, signal: AbortSignal): Promise<ConnectionReport> {
  const { settings } = endpoint;
  let listed: readonly string[] | undefined;
  const byHttp = /^https?:/.test(settings.baseUrl);
  if (byHttp) {
    const listing = await listModels(settings, fetch, signal);
    if (listing.ok) listed = listing.names;
    else if (!hasOnlyNoList(listing.diagnosis)) return troubled(listing.diagnosis);
  }
  const begun = performance.now();
  let firstTokenMs: number | null = null;
  let streams: boolean | null = null;
  const first = () => {
    firstTokenMs ??= Math.round(performance.now() - begun);
  };
  try {
    const { usage } = await endpoint.ask([{ role: "user", content: "Say OK." }], {
      signal,
      maxTokens: 1,
      mayBeCutOff: true,
      onText: first,
      onForm: (told) => {
        streams = told;
      },
    });
    first();
    const tellsUsage = usage !== null;
    const message = works(settings.name, firstTokenMs ?? 0, streams, tellsUsage);
    return { ok: true, message, trouble: null, command: null, firstTokenMs, streams, tellsUsage };
  } catch (error) {
    const known = error instanceof HapaError && !["model_failed", "model_timeout"].includes(error.code);
    if (known) throw error;
    const { cause, details, said } = error as HapaError;
    const { reason } = (details ?? {}) as { reason?: Trouble };
    if (!byHttp || !cause || reason === undefined || reason === "slow")
      return troubled({ trouble: reason ?? "refused", message: said, command: "hapa.chooseModel" });
    // With the list at hand, the nearest names can be told.
    return troubled(diagnose({ ...evidence(cause, settings), ...(listed ? { listed } : {}) }));
  }
}

/** An endpoint may answer well and list nothing; one with a better address nearby is told. */
function hasOnlyNoList({ trouble, worksAt }: Diagnosis): boolean {
  return (trouble === "wrong_path" && !worksAt) || trouble === "not_compatible";
}

function troubled({ trouble, message, command, worksAt, nearest }: Diagnosis): ConnectionReport {
  return {
    ok: false,
    trouble,
    message,
    command,
    ...(worksAt ? { worksAt } : {}),
    ...(nearest ? { nearest } : {}),
    ...{ firstTokenMs: null, streams: null, tellsUsage: null },
  };
}

function works(name: string, ms: number, streams: boolean | null, tellsUsage: boolean): Said {
  if (streams === false)
    return say`${name} works: the answer came after ${ms} ms, all at once. It does not stream, so answers appear only when they are whole.`;
  return tellsUsage
    ? say`${name} works: the first word came after ${ms} ms, and it tells the tokens it used.`
    : say`${name} works: the first word came after ${ms} ms. It does not tell the tokens it used, so HAPA cannot show them, or what an answer cost.`;
}
