/** One request and its answer, as every step on the way sees them, whether Express found the route or not. */
import type { IncomingMessage, ServerResponse } from "node:http";
import helmet from "helmet";
import type { PreparedJson } from "./prepared-json.ts";

export const jsonType = "application/json; charset=utf-8";

export class Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly requestId: string;
  /** For the log and the metrics: the contract's path of the route that serves it. */
  route = "unknown";
  /** The key it came with, once that is known to be a good one. */
  keyId: string | undefined;
  /** Name, value, name, value …: written in one go with the answer, which costs a third of setting each. */
  readonly #headers: string[];

  constructor(req: IncomingMessage, res: ServerResponse, requestId: string) {
    this.req = req;
    this.res = res;
    this.requestId = requestId;
    this.#headers = ["X-Request-Id", requestId, ...constantHeaders];
  }

  /** Sets a header, in place of an earlier one of that name. */
  header(name: string, value: string): void {
    const at = this.#headers.indexOf(name);
    if (at < 0) this.#headers.push(name, value);
    else this.#headers[at + 1] = value;
  }

  /** Hands the headers over to the response, for whoever answers there without `send`. */
  settleHeaders(): void {
    for (let at = 0; at < this.#headers.length; at += 2) {
      this.res.setHeader(this.#headers[at] ?? "", this.#headers[at + 1] ?? "");
    }
    this.#headers.length = 0;
  }

  /** The whole answer. */
  send(status: number, type: string, text: string): void {
    this.#headers.push("Content-Type", type, "Content-Length", String(Buffer.byteLength(text)));
    this.res.writeHead(status, this.#headers).end(text);
  }

  sendPrepared(status: number, { content }: PreparedJson): void {
    if (typeof content === "string") {
      this.send(status, jsonType, content);
      return;
    }
    const bytes = content.reduce((sum, part) => sum + part.length, 0);
    this.#headers.push("Content-Type", jsonType, "Content-Length", String(bytes));
    this.res.writeHead(status, this.#headers);
    for (const part of content) this.res.write(part);
    this.res.end();
  }

  sendNothing(status: number): void {
    this.res.writeHead(status, this.#headers).end();
  }
}

/** What Helmet and we send with every answer; the same each time, so it is asked for once. */
const constantHeaders: readonly string[] = (() => {
  const headers: string[] = [];
  const secure = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'unsafe-inline'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
    // Plain HTTP on loopback: promising HTTPS would lock browsers out.
    strictTransportSecurity: false,
    crossOriginResourcePolicy: { policy: "same-origin" },
  });
  const recorder = { setHeader: (name: string, value: string) => headers.push(name, value), removeHeader: () => {} };
  secure({} as IncomingMessage, recorder as unknown as ServerResponse, () => {});
  // Answers hold the person's data: no cache on the way keeps them. And they depend on who asks from where.
  return [...headers, "Cache-Control", "no-store", "Vary", "origin"];
})();
