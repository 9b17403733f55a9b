/**
 * A thousand clients of `GET /events` in one process, forked by events.ts: plain sockets that look for ids in what
 * comes, so that what is measured is the server and not a thousand parsers.
 */
import { connect, type Socket } from "node:net";

export type ToListeners =
  | {
      readonly kind: "open";
      readonly url: string;
      readonly apiKey: string;
      readonly clients: number;
      readonly deaf: number;
    }
  | { readonly kind: "leave" }
  /** All connect again with the last id they saw, and want so many events. */
  | { readonly kind: "back"; readonly expected: number };
export type FromListeners =
  | { readonly kind: "open" }
  /** All clients have been told the next event: when the median one and the last one were, by the system's clock, in ms. */
  | { readonly kind: "told"; readonly median: number; readonly last: number }
  | { readonly kind: "left" }
  /** How many clients were told each event once and in order. */
  | { readonly kind: "back"; readonly complete: number };

interface Listener {
  socket: Socket | undefined;
  lastId: number;
  inOrder: boolean;
  rest: string;
}

const listeners: Listener[] = [];
const tell = (message: FromListeners) => process.send?.(message);
const now = () => Number(process.hrtime.bigint()) / 1e6;

let server = { hostname: "", port: 0, apiKey: "" };

/** Resolves when the stream stands, or at once for one that does not read. */
function open(
  listener: Listener,
  lastId: number | undefined,
  onEvent: (id: number) => void,
  deaf = false,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const { hostname, port, apiKey } = server;
    const resume = lastId === undefined ? "" : `Last-Event-ID: ${lastId}\r\n`;
    const socket = connect(port, hostname);
    listener.socket = socket;
    listener.rest = "";
    socket.on("error", reject);
    socket.write(`GET /api/v1/events HTTP/1.1\r\nHost: ${hostname}:${port}\r\nX-API-Key: ${apiKey}\r\n${resume}\r\n`);
    if (deaf) {
      socket.once("data", () => {
        socket.pause();
        resolve();
      });
      return;
    }
    let standing = false;
    socket.on("data", (chunk) => {
      const text = listener.rest + chunk.toString("latin1");
      const end = text.lastIndexOf("\n\n");
      listener.rest = end < 0 ? text : text.slice(end + 2);
      if (end < 0) return;
      for (const [, id, event] of text.slice(0, end + 2).matchAll(/^id: (\d+)\n(event)?/gm)) {
        if (event) {
          if (Number(id) !== listener.lastId + 1) listener.inOrder = false;
          listener.lastId = Number(id);
          onEvent(Number(id));
        } else if (!standing) {
          standing = true;
          listener.lastId = Number(id);
          resolve();
        }
      }
    });
  });
}

/** When each event reached how many, until it has reached all. */
const times = new Map<number, number[]>();
function heard(id: number): void {
  const reached = times.get(id) ?? [];
  times.set(id, reached);
  reached.push(now());
  if (reached.length < listeners.length) return;
  times.delete(id);
  tell({ kind: "told", median: reached[Math.floor(reached.length / 2)] ?? 0, last: reached.at(-1) ?? 0 });
}

process.on("message", async (message: ToListeners) => {
  if (message.kind === "open") {
    const { hostname, port } = new URL(message.url);
    server = { hostname, port: Number(port), apiKey: message.apiKey };
    const another = (): Listener => ({ socket: undefined, lastId: 0, inOrder: true, rest: "" });
    for (let n = 0; n < message.clients; n++) listeners.push(another());
    await Promise.all(listeners.map((listener) => open(listener, undefined, heard)));
    for (let n = 0; n < message.deaf; n++) await open(another(), undefined, () => {}, true);
    tell({ kind: "open" });
  } else if (message.kind === "leave") {
    for (const { socket } of listeners) socket?.destroy();
    tell({ kind: "left" });
  } else {
    const whole = listeners.map(
      (listener) =>
        new Promise<boolean>((resolve) => {
          let left = message.expected;
          const onEvent = () => {
            left -= 1;
            if (left === 0) resolve(listener.inOrder);
          };
          open(listener, listener.lastId, onEvent).catch(() => resolve(false));
        }),
    );
    const complete = (await Promise.all(whole)).filter(Boolean).length;
    tell({ kind: "back", complete });
  }
});
process.on("disconnect", () => process.exit());
