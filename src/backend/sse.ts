/** Answers one request as server-sent events: `delta`, `progress`, then one `result` or `error`. */
import type { ServerResponse } from "node:http";

export interface EventSink {
  send(event: string, data: unknown): void;
  end(): void;
}

/** A client that lets more than this lie unread, in bytes, is not listening any more. */
const unreadMost = 16_000_000;
/** Keeps proxies and clients from giving up on a quiet stream. */
const heartbeatMs = 15_000;

export function openEventStream(res: ServerResponse): EventSink {
  res.statusCode = 200;
  res.setHeader("content-type", "text/event-stream; charset=utf-8");
  res.setHeader("cache-control", "no-store");
  res.setHeader("x-accel-buffering", "no");
  res.flushHeaders();
  const heartbeat = setInterval(() => res.write(": still here\n\n"), heartbeatMs);
  res.once("close", () => clearInterval(heartbeat));
  return {
    send(event, data) {
      if (res.writableEnded || res.destroyed) return;
      // Closing it stops the work behind it.
      if (res.writableLength > unreadMost) res.destroy();
      else res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    end() {
      clearInterval(heartbeat);
      res.end();
    },
  };
}
