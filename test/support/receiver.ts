/** A server that webhooks are sent to, on loopback. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly path: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Resolves once so many were received (answered or not). */
  count(atLeast: number): Promise<void>;
  close(): Promise<void>;
}

/** @param answer Answers, or does not. */
export async function startReceiver(
  answer: (received: Received, res: ServerResponse, req: IncomingMessage) => void,
): Promise<Receiver> {
  const received: Received[] = [];
  let waiting: (() => void)[] = [];
  const server = createServer((req, res) => {
    let body = "";
    req.setEncoding("utf8");
    req.on("data", (chunk: string) => {
      body += chunk;
    });
    req.on("end", () => {
      const headers = req.headers as Record<string, string>;
      const one = { id: headers["webhook-id"] ?? "", headers, body, path: req.url ?? "" };
      received.push(one);
      answer(one, res, req);
      for (const look of waiting.splice(0)) look();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    async count(atLeast) {
      while (received.length < atLeast) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    async close() {
      waiting = [];
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
