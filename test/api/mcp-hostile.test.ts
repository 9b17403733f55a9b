/** The MCP server against hostile and broken messages, programs that fail, and many calls at once. */
import assert from "node:assert/strict";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { after, before, describe, it } from "mocha";
import { NewTask } from "../../src/contract/tasks.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { type Agents, agentsOf, callTool, textOf } from "../support/mcp.ts";

describe("MCP under attack and load", function () {
  this.timeout(60_000);
  let backend: TestBackend;
  let agents: Agents;
  before(async () => {
    backend = await startTestBackend();
    agents = agentsOf(backend);
  });
  after(async () => {
    await agents.close();
    await backend.stop();
  });

  it("answers hostile and ill-formed messages, each with a clear refusal", async () => {
    assert.equal((await agents.post("not json")).status, 400);
    assert.equal((await agents.post("[]")).status, 400);
    const many = Array.from({ length: 50 }, (_, id) => ({ jsonrpc: "2.0", id, method: "tools/list" }));
    assert.equal((await agents.post(many)).status, 400, "a batch would count as one request");
    assert.equal((await agents.post({ jsonrpc: "1.0", id: 1, method: "ping" })).status, 400);
    assert.equal((await agents.post({ jsonrpc: "2.0", id: 1, method: "ping" }, { accept: "text/html" })).status, 406);
    assert.equal(
      (await agents.post({ jsonrpc: "2.0", id: 1, method: "ping" }, { "content-type": "text/plain" })).status,
      415,
    );
    for (const method of ["GET", "DELETE"]) {
      const answer = await backend.fetch("/mcp", { method, headers: { accept: "text/event-stream" } });
      assert.deepEqual([answer.status, answer.headers.get("allow")], [405, "POST"]);
      await answer.arrayBuffer();
    }
    const client = await agents.connect();
    for (const name of ["__proto__", "constructor", "toString", "../../etc/passwd", "x".repeat(100_000)]) {
      await assert.rejects(callTool(client, name, {}), /There is no tool/);
    }
    const strange = JSON.parse('{"program":"__proto__","inputs":[{"__proto__":{"polluted":true}}]}');
    assert.equal((await callTool(client, "run_program", strange)).isError, true);
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    assert.match(textOf(await callTool(client, "run_program", { program: "x", inputs: [1], more: 1 })), /more/);
    assert.match(textOf(await callTool(client, "run_program", { program: "x" })), /inputs/);
  });

  it("a program that fails or never ends is an error in words, and the next call is served", async () => {
    const examples = [{ input: 1, output: 1 }];
    const body = NewTask.decode({ name: "Fails on two", examples, latency_target_ms: 200 } as never);
    const task = await backend.client.call("createTask", { params: {}, body });
    const code =
      "function run(input) { if (input === 2) throw new Error('two is wrong'); while (input === 3); return input; }";
    await backend.client.call("createArtifact", {
      params: {},
      body: { taskId: task.id, code, language: "javascript" },
    });
    const client = await agents.connect();
    const failed = await callTool(client, "fails_on_two", { input: 2 });
    assert.deepEqual([failed.isError, /two is wrong/.test(textOf(failed))], [true, true]);
    assert.match(textOf(await callTool(client, "fails_on_two", { input: 3 })), /timeout/);
    assert.match(textOf(await callTool(client, "fails_on_two", {})), /`input` is missing/);
    assert.equal(textOf(await callTool(client, "fails_on_two", { input: 4 })), "4");
  });

  it("answers a hundred calls at once, each with its own output", async () => {
    await agents.keep("Echo back");
    const clients = await Promise.all(Array.from({ length: 5 }, () => agents.connect()));
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        callTool(clients[at % clients.length] as Client, "echo_back", { input: { at } }).then(textOf),
      ),
    );
    assert.deepEqual(
      answers,
      Array.from({ length: 100 }, (_, at) => `{"at":${at}}`),
    );
  });
});
