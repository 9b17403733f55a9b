/** The fetch the SDK is given: it watches for silence, and ends what trying again cannot help. */
import { asStream } from "./answer-form.ts";
import { isCertificateCode, isProxyRefusal, retryAfterSeconds, systemCode } from "./evidence.ts";
import type { Fetch } from "./transport.ts";

export interface Watch {
  /** Called when a request leaves: each attempt has the whole time. */
  heard(): void;
  /** Called when it has failed: the waits between attempts do not count as silence of the model. */
  pause(): void;
  /** Ends the call as a whole, with what every further attempt would meet too. */
  giveUp(error: unknown): void;
  /** Whether the endpoint streams its answer. */
  onForm?(streams: boolean): void;
}

/** Waiting longer than this, in seconds, is for the person to decide. */
const patienceS = 8;

/** @param streamed whether a stream is asked for */
export function watchFetch(fetch: Fetch, watch: Watch, streamed: boolean): typeof globalThis.fetch {
  return async (input, init) => {
    const address = typeof input === "string" ? input : input instanceof URL ? input.href : input.url;
    watch.heard();
    try {
      const response = await fetch(address, init);
      if (!response.ok) {
        watch.pause();
        return unlessTooLong(response);
      }
      if (!streamed) return response;
      const formed = await asStream(response);
      watch.onForm?.(formed.streams);
      return formed.response;
    } catch (error) {
      watch.pause();
      const hopeless =
        isProxyRefusal(error) || isCertificateCode(systemCode(error)) || (error as Error).name === "WrongForm";
      if (hopeless) watch.giveUp(error);
      throw error;
    }
  };
}

/** The SDK would wait for up to a minute without a word; who asks is told how long it takes instead. */
function unlessTooLong(response: Response): Response {
  const seconds = retryAfterSeconds(response.headers.get("retry-after"));
  if (seconds === undefined || seconds <= patienceS) return response;
  const headers = new Headers([...response.headers]);
  headers.set("x-should-retry", "false");
  return new Response(response.body, { status: response.status, headers });
}
