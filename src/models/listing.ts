/** The models an endpoint lists: `GET {baseUrl}/models`. */
import { readText, WrongForm } from "./answer-form.ts";
import { type Diagnosis, diagnose, type Evidence } from "./diagnosis.ts";
import { evidence } from "./failure.ts";
import type { Fetch } from "./transport.ts";

/** Where models are asked for. */
export interface Address {
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
}

export type Listing =
  /** Sorted by name. */
  { readonly ok: true; readonly names: readonly string[] } | { readonly ok: false; readonly diagnosis: Diagnosis };

const timeoutMs = 5_000;

/**
 * Asks for the list. Where the address is wrong, those nearby are tried (of the same server, which may know the key), and
 * the diagnosis names the one that works.
 * @throws what `signal` was aborted with
 */
export async function listModels(address: Address, fetch: Fetch, signal: AbortSignal): Promise<Listing> {
  const baseUrl = address.baseUrl.replace(/\/+$/, "");
  const first = await ask({ ...address, baseUrl }, fetch, signal);
  if (Array.isArray(first)) return { ok: true, names: first };
  const seen = first as Evidence;
  const isWrongPath = seen.status === 404 || seen.status === 405 || seen.form === "not_compatible";
  for (const nearby of isWrongPath ? addressesNear(baseUrl) : []) {
    if (Array.isArray(await ask({ ...address, baseUrl: nearby }, fetch, signal)))
      return { ok: false, diagnosis: diagnose({ ...seen, status: 404, worksAt: nearby, form: undefined }) };
  }
  return { ok: false, diagnosis: diagnose(seen) };
}

function addressesNear(baseUrl: string): string[] {
  const { origin } = new URL(baseUrl);
  const near = [`${baseUrl}/v1`, `${origin}/v1`, `${origin}/api/v1`, `${origin}/openai/v1`];
  return [...new Set(near)].filter((other) => other !== baseUrl);
}

/** The names, or what was seen instead. */
async function ask({ baseUrl, apiKey }: Address, fetch: Fetch, signal: AbortSignal): Promise<string[] | Evidence> {
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(`${baseUrl}/models`, {
      headers: { accept: "application/json", ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) },
      signal: AbortSignal.any([late, signal]),
    });
    const text = await readText(response);
    if (!response.ok) {
      const { status, headers } = response;
      return evidence(Object.assign(new Error(errorIn(text)), { status, headers }), { baseUrl, apiKey });
    }
    const names = namesIn(text);
    if (!names) throw new WrongForm("not_compatible");
    return names;
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) return { baseUrl, hasKey: apiKey !== undefined, silentS: timeoutMs / 1000 };
    return evidence(error, { baseUrl, apiKey });
  }
}

/** Undefined where it is no list of models. */
function namesIn(text: string): string[] | undefined {
  const { data } = (parse(text) ?? {}) as { data?: unknown };
  if (!Array.isArray(data)) return undefined;
  const names = data.map((entry: unknown) => {
    const { id } = (entry ?? {}) as { id?: unknown };
    return typeof id === "string" ? id : "";
  });
  return [...new Set(names.filter((name) => name !== ""))].sort();
}

/** What the endpoint says went wrong, in the usual forms; empty for a page. */
function errorIn(text: string): string {
  const { error, message } = (parse(text) ?? {}) as { error?: unknown; message?: unknown };
  const said = typeof error === "string" ? error : ((error as { message?: unknown } | undefined)?.message ?? message);
  return typeof said === "string" ? said.slice(0, 500) : "";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
