/** The backend, as the page asks it: same origin, the session's cookie, and the token that only this page can read. */
import { keep, kept } from "./kept.ts";
import { fromWire, toWire } from "./wire.ts";

/** The server refused, in its words (in the page's language), or could not be reached (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface Api {
  get(path: string, signal?: AbortSignal): Promise<unknown>;
  /** @param body In the code's spelling. */
  send(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<unknown>;
  /** A stream; for `events.ts`. @throws ApiError */
  stream(path: string, signal: AbortSignal): Promise<Response>;
  /** Uses up a link; from then on the browser has a session. @throws ApiError */
  enter(code: string): Promise<void>;
  leave(): Promise<void>;
}

/**
 * @param language What messages are to be in.
 * @param onLocked Told when the server does not know this browser (any more).
 */
export function createApi(language: string, onLocked: () => void): Api {
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = { "accept-language": language, "x-hapa-page": kept("pageToken") ?? "", ...init.headers };
    let response: Response;
    try {
      response = await fetch(path, { ...init, headers, credentials: "same-origin", redirect: "error" });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new ApiError(0, "unreachable", "");
    }
    if (response.ok) return response;
    const { error } = (await response.json().catch(() => ({}))) as { error?: { code: string; message: string } };
    if (response.status === 401) onLocked();
    throw new ApiError(response.status, error?.code ?? "internal", error?.message ?? "");
  };
  const send: Api["send"] = async (method, path, body) => {
    const json = body === undefined ? {} : { body: JSON.stringify(toWire(body)) };
    const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const response = await ask(path, { method, headers: type, ...json });
    return response.status === 204 ? undefined : fromWire(await response.json());
  };
  return {
    get: async (path, signal) => fromWire(await (await ask(path, signal ? { signal } : {})).json()),
    send,
    stream: (path, signal) => ask(path, { signal, headers: { accept: "text/event-stream" } }),
    async enter(code) {
      const { pageToken } = (await send("POST", "/api/v1/dashboard/session", { code })) as { pageToken: string };
      keep("pageToken", pageToken);
    },
    async leave() {
      await send("DELETE", "/api/v1/dashboard/session").catch(() => undefined); // gone already
      keep("pageToken", null);
      onLocked();
    },
  };
}
