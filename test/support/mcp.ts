/** Agents in front of a test backend: the SDK's own client over real HTTP. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { NewTask } from "../../src/contract/tasks.ts";
import type { JsonValue } from "../../src/contract/wire.ts";
import type { TestBackend } from "./backend.ts";

export interface Agents {
  /** With the admin key as a bearer's unless told. */
  connect(headers?: Record<string, string>): Promise<Client>;
  /** A message without the SDK. */
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** A kept task with a program, made without MCP; gives its id. */
  keep(name: string, inputSchema?: JsonValue, code?: string): Promise<string>;
  close(): Promise<void>;
}

export function agentsOf(backend: TestBackend): Agents {
  const open: Client[] = [];
  return {
    async connect(headers = { authorization: `Bearer ${backend.apiKey}` }) {
      const client = new Client({ name: "tests", version: "1.0.0" });
      const transport = new StreamableHTTPClientTransport(new URL(`${backend.url}/mcp`), { requestInit: { headers } });
      await client.connect(transport as Parameters<Client["connect"]>[0]);
      open.push(client);
      return client;
    },
    post: (body, headers = {}) =>
      backend.fetch("/mcp", {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    async keep(name, inputSchema, code = "function run(input) { return input; }") {
      const examples = [{ input: { a: 1 }, output: { a: 1 } }];
      // Time enough on a busy machine.
      const fields = {
        name,
        examples,
        latency_target_ms: 1_000,
        ...(inputSchema === undefined ? {} : { input_schema: inputSchema }),
      };
      const task = await backend.client.call("createTask", { params: {}, body: NewTask.decode(fields as never) });
      const program = { taskId: task.id, code, language: "javascript" as const };
      await backend.client.call("createArtifact", { params: {}, body: program });
      return task.id;
    },
    close: async () => void (await Promise.all(open.map((client) => client.close()))),
  };
}

export function callTool(client: Client, name: string, args: Record<string, unknown>): Promise<CallToolResult> {
  return client.callTool({ name, arguments: args }) as Promise<CallToolResult>;
}

export function textOf({ content }: CallToolResult): string {
  return content[0]?.type === "text" ? content[0].text : "";
}
