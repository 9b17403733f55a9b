/** Takes the first free port from the one wanted, and ends gracefully. */
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import type { refuseMalformed } from "./malformed.ts";

const portsTried = 20;
/** How long requests under way may take to finish when the server stops, in ms. */
const drainMs = 5_000;
/** How long a caller may take none of a finished answer before its connection is closed, in ms. */
const defaultUnreadMs = 60_000;

export interface Listening {
  readonly port: number;
  /** Waits for requests under way (new ones are still answered, with 503), then closes every connection. */
  close(): Promise<void>;
}

/**
 * @param malformed Told of what Node's parser refuses, and answers it.
 * @throws HapaError("conflict") where the port and the next ones are taken, or the host is not this machine's.
 */
export async function listen(
  handler: RequestListener,
  host: string,
  wanted: number,
  malformed: ReturnType<typeof refuseMalformed>,
  unreadMs = defaultUnreadMs,
): Promise<Listening> {
  let underWay = 0;
  let onIdle: (() => void) | undefined;
  const answering = new WeakMap<Duplex, ServerResponse>();
  const onRequest: RequestListener = (req, res) => {
    underWay += 1;
    answering.set(req.socket, res);
    // From the end of an answer on; Node lifts it for the next request.
    res.once("prefinish", () => res.socket?.setTimeout(unreadMs));
    res.once("close", () => {
      underWay -= 1;
      if (underWay === 0) onIdle?.();
    });
    handler(req, res);
  };
  // A missing Host is refused by the guard, in the contract's form.
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 20_000, requireHostHeader: false }, onRequest);
  server.on("clientError", (error, socket) => malformed(error, socket, answering.get(socket)));
  // Whatever else a caller expects of us, it gets the ordinary answer.
  server.on("checkExpectation", onRequest);
  const port = await firstFree(server, host, wanted);
  return {
    port,
    async close() {
      if (underWay > 0) {
        const idle = Promise.withResolvers<void>();
        onIdle = idle.resolve;
        const timer = setTimeout(idle.resolve, drainMs);
        await idle.promise;
        clearTimeout(timer);
      }
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function firstFree(server: Server, host: string, wanted: number): Promise<number> {
  const last = wanted === 0 ? 0 : Math.min(65_535, wanted + portsTried);
  for (let port = wanted; port <= last; port++) {
    const error = await tryPort(server, host, port);
    if (!error) return (server.address() as AddressInfo).port;
    if (error.code !== "EADDRINUSE" && error.code !== "EACCES") {
      throw new HapaError("conflict", say`The server cannot listen on ${host}:${port} (${error.message}).`, undefined, {
        cause: error,
      });
    }
  }
  throw new HapaError("conflict", say`The ports ${wanted} to ${last} on ${host} are all in use: choose another one.`);
}

function tryPort(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off("listening", onListening);
      resolve(error);
    };
    const onListening = () => {
      server.off("error", onError);
      resolve(undefined);
    };
    server.once("error", onError);
    server.once("listening", onListening);
    server.listen(port, host);
  });
}
