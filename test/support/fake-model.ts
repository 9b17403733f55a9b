/**
 * A scripted OpenAI-compatible server: each request takes the next step of the script (the last one repeats). The
 * model is the one thing tests fake; everything between it and the caller is real HTTP.
 */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";

export type Step =
  /** Streams this text in pieces; `pauseMs` between them. */
  | { readonly say: string; readonly pauseMs?: number }
  /** Sends some text and drops the connection. */
  | { readonly breakOff: string }
  /** Ends the stream politely but without a finish_reason. */
  | { readonly halfSaid: string }
  | { readonly status: number; readonly message?: string; readonly retryAfterS?: number }
  /** Accepts the request and never answers. */
  | { readonly hang: true }
  /** A whole body of this type; a stream of events unless told. */
  | { readonly garbage: string; readonly contentType?: string }
  /** Sends on to another address. */
  | { readonly redirect: string };

export interface ModelRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: unknown;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
}

/** What `/completions` is asked with. */
export interface FillInRequest {
  readonly model: string;
  readonly prompt: string;
  readonly suffix: string;
  readonly max_tokens: number;
  readonly stop?: readonly string[];
}

export interface FakeModel {
  /** With its version path, as a person would set it. */
  readonly baseUrl: string;
  readonly port: number;
  readonly requests: readonly ModelRequest[];
  /** Of `/completions`. */
  readonly fillIns: readonly FillInRequest[];
  readonly authorizations: readonly (string | undefined)[];
  /** Connections the client closed before the answer was whole. */
  readonly cutOff: number;
  /** Resolves when the client closes a connection early. */
  readonly nextCutOff: () => Promise<void>;
  script(...steps: Step[]): void;
  stop(): Promise<void>;
}

export interface FakeModelOptions {
  /** False: answers 400 to `response_format`, as endpoints without structured output do. */
  readonly structured?: boolean;
  /** What `/completions` inserts; where it is not given, the server has no such path (404). */
  readonly fillIn?: string;
  /** False: streams without ever saying what it used. */
  readonly tellsUsage?: boolean;
  /** The names it lists; "scripted" and "other" unless told. */
  readonly names?: readonly string[];
  /** Serves HTTPS with these. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** The address it listens on; 127.0.0.1 unless told. */
  readonly host?: string;
  /** What it says to a request; undefined: what the script says. */
  readonly reply?: (request: ModelRequest) => string | undefined;
  /** Refuses what this says something about, with 400. */
  readonly refuses?: (request: ModelRequest) => string | undefined;
}

/** A program as an endpoint with structured output answers it. */
export function structuredAnswer(code: string, explanation = "It does what the examples show."): string {
  return JSON.stringify({ explanation, code });
}

/** The same as fenced Markdown. */
export function fencedAnswer(
  code: string,
  explanation = "It does what the examples show.",
  language = "javascript",
): string {
  return `${explanation}\n\n\`\`\`${language}\n${code}\n\`\`\`\n`;
}

export async function startFakeModel(options: FakeModelOptions = {}): Promise<FakeModel> {
  const requests: ModelRequest[] = [];
  const fillIns: FillInRequest[] = [];
  const authorizations: (string | undefined)[] = [];
  const waiting: (() => void)[] = [];
  let steps: Step[] = [{ say: "nothing was scripted" }];
  let cutOff = 0;

  const listener: RequestListener = async (req, res) => {
    if (!req.url?.startsWith("/v1/")) return fail(res, 404, "404 page not found");
    if (req.method === "GET" && req.url.endsWith("/models")) {
      res.setHeader("content-type", "application/json");
      res.end(
        JSON.stringify({
          object: "list",
          data: (options.names ?? ["scripted", "other"]).map((id) => ({ id, object: "model" })),
        }),
      );
      return;
    }
    const text = await readAll(req);
    authorizations.push(req.headers.authorization);
    if (req.url.endsWith("/completions") && !req.url.endsWith("/chat/completions")) {
      fillIns.push(JSON.parse(text) as FillInRequest);
      if (options.fillIn === undefined) return fail(res, 404, "404 page not found");
      res.setHeader("content-type", "application/json");
      const choices = [{ index: 0, text: options.fillIn, finish_reason: "stop" }];
      const usage = { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 };
      res.end(
        JSON.stringify({ id: "cmpl-1", object: "text_completion", created: 0, model: "scripted", choices, usage }),
      );
      return;
    }
    const body = JSON.parse(text) as ModelRequest;
    requests.push(body);
    const refusal = options.refuses?.(body);
    if (refusal) return fail(res, 400, refusal);
    if (body.response_format && options.structured === false) {
      return fail(res, 400, "response_format is not supported by this server");
    }
    res.once("close", () => {
      if (res.writableFinished) return;
      cutOff += 1;
      for (const resolve of waiting.splice(0)) resolve();
    });
    const reply = options.reply?.(body);
    if (reply !== undefined) return play({ say: reply }, res, options.tellsUsage ?? true);
    const step = steps.length > 1 ? steps.shift() : steps[0];
    await play(step ?? { say: "" }, res, options.tellsUsage ?? true);
  };
  const server = options.tls ? createSecureServer(options.tls, listener) : createServer(listener);
  const host = options.host ?? "127.0.0.1";
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `${options.tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}/v1`,
    port,
    requests,
    fillIns,
    authorizations,
    get cutOff() {
      return cutOff;
    },
    nextCutOff: () => new Promise((resolve) => waiting.push(resolve)),
    script: (...next) => {
      steps = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function play(step: Step, res: ServerResponse, tellsUsage: boolean): Promise<void> {
  if ("status" in step) {
    if (step.retryAfterS !== undefined) res.setHeader("retry-after", step.retryAfterS);
    return fail(res, step.status, step.message ?? "scripted failure");
  }
  if ("hang" in step) return;
  if ("redirect" in step) {
    res.writeHead(307, { location: step.redirect }).end();
    return;
  }
  res.setHeader("content-type", ("garbage" in step && step.contentType) || "text/event-stream");
  if ("garbage" in step) {
    res.end(step.garbage);
    return;
  }
  const text = "say" in step ? step.say : "breakOff" in step ? step.breakOff : step.halfSaid;
  for (const piece of text.match(/[\s\S]{1,24}/g) ?? []) {
    if (res.destroyed) return;
    chunk(res, { choices: [{ index: 0, delta: { content: piece }, finish_reason: null }] });
    if ("say" in step && step.pauseMs) await new Promise((resolve) => setTimeout(resolve, step.pauseMs));
  }
  if ("breakOff" in step) {
    await new Promise((resolve) => res.write("\n", resolve)); // what was said so far has left
    res.destroy();
    return;
  }
  if ("say" in step) chunk(res, { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
  if (tellsUsage) chunk(res, { choices: [], usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 } });
  res.end("data: [DONE]\n\n");
}

function chunk(res: ServerResponse, body: object): void {
  const event = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 0, model: "scripted", ...body };
  res.write(`data: ${JSON.stringify(event)}\n\n`);
}

function fail(res: ServerResponse, status: number, message: string): void {
  res.writeHead(status, { "content-type": "application/json" });
  res.end(JSON.stringify({ error: { message, type: "scripted", code: null } }));
}

async function readAll(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const part of req) chunks.push(part as Buffer);
  return Buffer.concat(chunks).toString();
}
