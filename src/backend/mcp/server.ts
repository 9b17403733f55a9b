/**
 * The Model Context Protocol by its official SDK: a server and a transport for each request, which keep nothing. The one
 * thing that outlives a request is how to cancel it: that comes as a request of its own.
 */
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from "@modelcontextprotocol/sdk/types.js";
import { redact } from "../../contract/redact.ts";
import { type Said, spoken } from "../../contract/say.ts";
import type { Log } from "../../observability/log.ts";
import { asHapaError } from "../middleware/errors.ts";
import type { RequestContext } from "../serve.ts";
import type { ToolAnswer, Tools } from "./tools.ts";

export interface McpParts {
  readonly tools: Tools;
  readonly version: string;
  readonly log: Log;
}

export type McpMessage = Readonly<Record<string, unknown>>;

const instructions =
  "HAPA makes small programs from examples, proves them in a sandbox and runs them locally. For a job on many values, generate_program once and then run it, instead of working on each value yourself.";

/** Serves one message; the answer is written to the response that `context.takeOver` gives. */
export function createMcp({
  tools,
  version,
  log,
}: McpParts): (message: McpMessage, context: RequestContext) => Promise<void> {
  const cancellations = createCancellations();

  const serverFor = (session: string, context: RequestContext): Server => {
    const server = new Server({ name: "hapa", title: "HAPA", version }, { capabilities: { tools: {} }, instructions });
    server.setRequestHandler(ListToolsRequestSchema, async () => ({
      tools: await tools.list(context.role),
    }));
    server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra): Promise<CallToolResult> => {
      const { name, arguments: args = {}, _meta } = params;
      const token = _meta?.progressToken;
      let steps = 0;
      const tell = (message: string) => {
        if (token === undefined) return;
        const progress = { progressToken: token, progress: ++steps, message };
        // A caller that is gone needs no progress.
        extra.sendNotification({ method: "notifications/progress", params: progress }).catch(() => {});
      };
      const cancelled = cancellations.begin(`${session}/${typeof extra.requestId}/${extra.requestId}`);
      const signal = AbortSignal.any([context.signal, extra.signal, cancelled.signal]);
      const listener = {
        progress: ({ message }: { message: Said }) => tell(spoken(message, context.words)),
        delta: () => {},
      };
      try {
        return resultOf(await tools.call(name, args, { ...context, signal, listener }));
      } catch (error) {
        const told = asHapaError(error, log, String(extra.requestId));
        if (told.code === "not_found" && !Object.hasOwn(args, "program"))
          throw new McpError(ErrorCode.InvalidParams, told.message);
        return { isError: true, content: [{ type: "text", text: redact(told.message) }] };
      } finally {
        cancelled.end();
      }
    });
    return server;
  };

  return async (message, context) => {
    const { req, res } = context.takeOver();
    const session = sessionOf(req.headers["mcp-session-id"], message, context);
    if (message["method"] === "initialize") res.setHeader("Mcp-Session-Id", session.name);
    if (message["method"] === "notifications/cancelled") {
      const { requestId } = (message["params"] ?? {}) as { requestId?: unknown };
      cancellations.cancel(`${session.key}/${typeof requestId}/${requestId}`);
    }
    const server = serverFor(session.key, context);
    // A stream only where something is told before the answer.
    const { _meta } = (message["params"] ?? {}) as { _meta?: { progressToken?: unknown } };
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: _meta?.progressToken === undefined });
    const closed = new Promise<void>((resolve) => res.once("close", resolve));
    try {
      // The SDK's own types are at odds with each other under exactOptionalPropertyTypes.
      await server.connect(transport as Parameters<Server["connect"]>[0]);
      await transport.handleRequest(req, res, message);
      await closed;
    } finally {
      await server.close();
    }
  };
}

/**
 * A session is nothing but a name, given at `initialize`, by which a cancellation finds the request it means: ids of
 * requests are each client's own. Clients without one share what belongs to their key.
 */
function sessionOf(
  header: string | string[] | undefined,
  message: McpMessage,
  { keyId }: RequestContext,
): { readonly name: string; readonly key: string } {
  const isNew = message["method"] === "initialize";
  const name = isNew ? crypto.randomUUID() : typeof header === "string" ? header.slice(0, 100) : "";
  return { name, key: `${keyId}/${name}` };
}

function createCancellations() {
  const underWay = new Map<string, AbortController>();
  return {
    begin(key: string) {
      const work = new AbortController();
      underWay.set(key, work);
      const end = () => {
        if (underWay.get(key) === work) underWay.delete(key);
      };
      return { signal: work.signal, end };
    },
    cancel: (key: string) => underWay.get(key)?.abort(),
  };
}

function resultOf({ text, data, isError }: ToolAnswer): CallToolResult {
  return {
    content: [{ type: "text", text }],
    ...(data ? { structuredContent: data } : {}),
    ...(isError ? { isError } : {}),
  };
}
