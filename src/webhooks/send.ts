/** Sends one request to a webhook: no redirects, no proxy, no more of the answer than its status. */
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { HapaError } from "../contract/errors.ts";
import { spoken } from "../contract/say.ts";
import { bare, notPublic, type Targets } from "./targets.ts";

export interface Sent {
  /** HTTP; undefined where there was no answer. */
  readonly status?: number;
  /** Undefined: it was received. English, without the address. */
  readonly error?: string;
  /** The receiver asks to be left alone for so long, in ms. */
  readonly retryAfterMs?: number;
  /** 410: it wants no more. */
  readonly gone?: boolean;
}

export interface Sending {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly targets: Targets;
  /** For all of it, in ms. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** An answer is read so far, in bytes, out of politeness. */
const answerMost = 16_000;
const longestWaitMs = 3_600_000;

/** Never throws: whatever goes wrong is told in `error`. */
export async function send({ url: text, headers, body, targets, timeoutMs, signal }: Sending): Promise<Sent> {
  let url: URL;
  try {
    // Anew each time: what is allowed may have changed.
    url = targets.check(text);
  } catch (error) {
    return { error: error instanceof HapaError ? error.message : String(error) };
  }
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  const timeout = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve) => {
    let answer: Sent | undefined;
    const req = request(url, {
      method: "POST",
      // A connection of its own: each is checked, and none is left open.
      agent: false,
      lookup: targets.lookup,
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "user-agent": "HAPA-Webhooks",
      },
      signal: AbortSignal.any([signal, timeout]),
    });
    req.on("socket", (socket) =>
      socket.on("connect", () => {
        const address = socket.remoteAddress ?? "";
        if (isIP(address) === 0 || !targets.allows(address)) {
          req.destroy(new HapaError("invalid_request", notPublic(bare(url.hostname))));
        }
      }),
    );
    req.on("response", (res) => {
      answer = judge(res.statusCode ?? 0, res.headers["retry-after"]);
      let read = 0;
      res.on("data", (chunk: Buffer) => {
        read += chunk.length;
        if (read > answerMost) res.destroy();
      });
      res.on("error", () => {}); // the status is all that is wanted
    });
    req.on("error", (error) => resolve(answer ?? { error: timeout.aborted ? tooSlow(timeoutMs) : reason(error) }));
    req.on("close", () =>
      resolve(answer ?? { error: timeout.aborted ? tooSlow(timeoutMs) : "The connection broke off." }),
    );
    req.end(body);
  });
}

function judge(status: number, retryAfter: string | undefined): Sent {
  if (status >= 200 && status < 300) return { status };
  if (status >= 300 && status < 400) return { status, error: `It answered ${status}: redirects are not followed.` };
  const seconds = /^\d{1,6}$/.test(retryAfter ?? "") ? Number(retryAfter) : 0;
  return {
    status,
    error: `It answered ${status}.`,
    ...(seconds > 0 ? { retryAfterMs: Math.min(seconds * 1000, longestWaitMs) } : {}),
    ...(status === 410 ? { gone: true } : {}),
  };
}

function tooSlow(timeoutMs: number): string {
  return `It did not answer within ${timeoutMs / 1000} s.`;
}

function reason(error: Error & { code?: string; errors?: readonly Error[] }): string {
  if (error instanceof HapaError) return spoken(error.said);
  // Of several addresses that were tried, the first one's.
  return error.message || error.errors?.[0]?.message || error.code || "The connection failed.";
}
