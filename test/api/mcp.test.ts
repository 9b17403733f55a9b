/** The MCP server by the SDK's own client, over real HTTP: what an agent sees and can do, and what it cannot. */
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { after, before, describe, it } from "mocha";
import type { Role } from "../../src/contract/roles.ts";
import { NewTask } from "../../src/contract/tasks.ts";
import type { JsonValue } from "../../src/contract/wire.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { type FakeModel, startFakeModel, structuredAnswer } from "../support/fake-model.ts";

const names = [
  { input: "Lovelace, Ada", output: "Ada Lovelace" },
  { input: "Hopper, Grace", output: "Grace Hopper" },
  { input: "Curie, Marie", output: "Marie Curie" },
];

describe("an agent over MCP", () => {
  let backend: TestBackend;
  let model: FakeModel;
  let useModel = false;
  const open: Client[] = [];

  before(async () => {
    model = await startFakeModel();
    backend = await startTestBackend({
      model: async () => (useModel ? { baseUrl: model.baseUrl, name: "scripted" } : undefined),
      offlineBudgetMs: 2_000,
    });
  });
  after(async () => {
    await Promise.all(open.map((client) => client.close()));
    await backend.stop();
    await model.stop();
  });

  const connect = async (headers: Record<string, string> = { authorization: `Bearer ${backend.apiKey}` }) => {
    const client = new Client({ name: "tests", version: "1.0.0" });
    const transport = new StreamableHTTPClientTransport(new URL(`${backend.url}/mcp`), { requestInit: { headers } });
    await client.connect(transport as Parameters<Client["connect"]>[0]);
    open.push(client);
    return client;
  };
  const connectAs = async (role: Role) => {
    const { apiKey } = await backend.client.call("createKey", { params: {}, body: { name: role, role } });
    return connect({ "x-api-key": apiKey });
  };
  const call = (client: Client, name: string, args: Record<string, unknown>) =>
    client.callTool({ name, arguments: args }) as Promise<CallToolResult>;
  const textOf = ({ content }: CallToolResult) => (content[0]?.type === "text" ? content[0].text : "");
  const toolNames = async (client: Client) => (await client.listTools()).tools.map(({ name }) => name);
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    backend.fetch("/mcp", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });

  /** A kept task with a program, made without MCP. */
  const keep = async (name: string, inputSchema?: JsonValue, code = "function run(input) { return input; }") => {
    const examples = [{ input: { a: 1 }, output: { a: 1 } }];
    const fields = { name, examples, ...(inputSchema === undefined ? {} : { input_schema: inputSchema }) };
    const task = await backend.client.call("createTask", { params: {}, body: NewTask.decode(fields as never) });
    await backend.client.call("createArtifact", {
      params: {},
      body: { taskId: task.id, code, language: "javascript" },
    });
    return task.id;
  };

  it("connects with either header, and is told what this is for", async () => {
    const client = await connect();
    assert.equal(client.getServerVersion()?.name, "hapa");
    assert.match(client.getInstructions() ?? "", /generate_program/);
    assert.deepEqual(client.getServerCapabilities(), { tools: {} });
    assert.deepEqual((await toolNames(await connect({ "x-api-key": backend.apiKey }))).slice(0, 3), [
      "generate_program",
      "run_program",
      "list_programs",
    ]);
  });

  it("makes a program from examples, which is a tool of its own from then on", async () => {
    const client = await connect();
    const told: string[] = [];
    const made = (await client.callTool(
      { name: "generate_program", arguments: { description: "First name first", examples: names, name: "Turn names" } },
      undefined,
      { onprogress: ({ message }) => told.push(message ?? "") },
    )) as CallToolResult;
    assert.ok(!made.isError, textOf(made));
    const data = made.structuredContent as Record<string, unknown>;
    assert.equal(data["tool"], "turn_names");
    assert.match(textOf(made), /Made and proven: right on 3 of 3 examples.*turn_names.*function run/s);
    assert.ok(told.length > 0 && told.every((message) => message !== ""), "progress was told");

    const tool = (await client.listTools()).tools.find(({ name }) => name === "turn_names");
    assert.match(tool?.description ?? "", /^First name first\. Example: "Lovelace, Ada" gives "Ada Lovelace"\./);
    assert.deepEqual(tool?.inputSchema.properties?.["input"], { description: "The program's input.", type: "string" });
    const ran = await call(client, "turn_names", { input: "Turing, Alan" });
    assert.equal(textOf(ran), "Alan Turing");
    assert.equal((ran.structuredContent as { output: unknown }).output, "Alan Turing");

    for (const program of ["Turn names", "turn_names", String(data["task_id"])]) {
      const many = await call(client, "run_program", { program, inputs: ["Turing, Alan", 7] });
      const { succeeded, results } = many.structuredContent as { succeeded: number; results: { output: unknown }[] };
      assert.equal(succeeded >= 1, true);
      assert.deepEqual(results[0], { output: "Alan Turing" });
      assert.equal(results.length, 2);
    }
    const listed = await call(client, "list_programs", { query: "FIRST name" });
    const { programs } = listed.structuredContent as { programs: { tool: string; name: string }[] };
    assert.deepEqual([programs.length, programs[0]?.tool, programs[0]?.name], [1, "turn_names", "Turn names"]);
  });

  it("says in words what to do where nothing could be proven, and keeps no program of it", async () => {
    const client = await connect();
    const before = await toolNames(client);
    const contradiction = [...names, { input: "Curie, Marie", output: "something else" }];
    const failed = await call(client, "generate_program", { description: "Impossible", examples: contradiction });
    assert.equal(failed.isError, true);
    assert.match(textOf(failed), /Curie, Marie/);
    const wrong = await call(client, "generate_program", { description: "No examples", examples: [] });
    assert.match(textOf(wrong), /examples/);
    assert.deepEqual(await toolNames(client), before);
  });

  it("gives each program a name of its own that no other comes to have, and a schema that clients take", async () => {
    const schema = { type: "object", properties: { a: { type: "number" } }, required: ["a"] };
    const own = await keep("Own schema!", schema);
    const twins = [await keep("Twin"), await keep("twin")];
    const korean = await keep("이름 바꾸기");
    await keep("generate program");
    await keep("broken schema", { type: "object", properties: { a: true }, required: "a" });
    await keep("refers", { $defs: { row: { type: "object" } }, $ref: "#/$defs/row" });
    const client = await connect();
    const { tools } = await client.listTools();
    const find = (name: string) => tools.find((tool) => tool.name === name);
    assert.deepEqual(find("own_schema")?.inputSchema, schema);
    assert.equal(textOf(await call(client, "own_schema", { a: 5 })), '{"a":5}');
    for (const id of twins) assert.ok(find(`twin_${id.slice(-8).toLowerCase()}`), "twins are told apart by their ids");
    assert.ok(!find("twin"));
    assert.ok(find(`program_${korean.slice(-8).toLowerCase()}`));
    assert.equal(tools.filter(({ name }) => name === "generate_program").length, 1);
    assert.ok(find("broken_schema")?.inputSchema.properties?.["input"], "a schema no client takes is put aside");
    assert.deepEqual(find("refers")?.inputSchema["$defs"], { row: { type: "object" } });
    assert.ok(tools.every(({ name }) => /^[\w-]{1,64}$/.test(name)));
    assert.equal(new Set(tools.map(({ name }) => name)).size, tools.length);
    await backend.client.call("deleteTask", { params: { id: own } });
    await assert.rejects(call(client, "own_schema", { a: 5 }), /There is no tool "own_schema"/);
  });

  it("lets a key do what its role may, and no more", async () => {
    await keep("For all roles");
    const viewer = await connectAs("viewer");
    assert.deepEqual(await toolNames(viewer), ["list_programs"]);
    assert.match(textOf(await call(viewer, "for_all_roles", { input: 1 })), /role "viewer" may not.*"execute"/);
    assert.match(textOf(await call(viewer, "generate_program", {})), /role "viewer" may not/);
    const runner = await connectAs("runner");
    const tools = await toolNames(runner);
    assert.ok(tools.includes("for_all_roles") && tools.includes("run_program"));
    assert.ok(!tools.includes("generate_program") && !tools.includes("list_programs"));
    assert.equal(textOf(await call(runner, "for_all_roles", { input: 1 })), "1");
    assert.match(textOf(await call(runner, "list_programs", {})), /role "runner" may not/);
  });

  it("turns away a wrong key, a foreign host and a foreign origin like every other route", async () => {
    await assert.rejects(connect({ authorization: "Bearer hapa_wrong" }), /401|unauthorized/i);
    await assert.rejects(connect({}), /401|unauthorized/i);
    const message = { jsonrpc: "2.0", id: 1, method: "ping" };
    assert.equal((await post(message, { origin: "https://evil.example" })).status, 403);
    assert.equal((await post(message)).status, 200);
  });

  it("stops the model call behind a call that the agent cancels, and only that one", async () => {
    useModel = true;
    model.script({ hang: true });
    try {
      const [client, neighbour] = [await connect(), await connect()];
      const odd = ["", "a", "bb"].map((input) => ({ input, output: input.length * 7 + 3 }));
      const stop = new AbortController();
      const asked = model.requests.length;
      const args = (description: string) => ({ description, examples: odd, language: "typescript" });
      const params = (description: string) => ({ name: "generate_program", arguments: args(description) });
      const cancelled = client.callTool(params("Cancelled"), undefined, { signal: stop.signal }).catch((e: Error) => e);
      // The same number of request, from another client with the same key.
      const stays = neighbour.callTool(params("Stays"), undefined).catch((e: Error) => e);
      while (model.requests.length < asked + 2) await new Promise((resolve) => setImmediate(resolve));
      const cut = model.nextCutOff();
      const before = model.cutOff;
      stop.abort("enough");
      await cut;
      assert.match(String(await cancelled), /enough/);
      assert.equal(model.cutOff, before + 1, "the neighbour's call goes on");
      await neighbour.close();
      await stays;
    } finally {
      useModel = false;
    }
  });

  it("asks the model that is set up where examples alone do not do, and proves what it says", async () => {
    useModel = true;
    model.script({ say: structuredAnswer("function run(input) { return input.length * 7 + 3; }") });
    try {
      const examples = ["", "a", "bb", "ccc"].map((input) => ({ input, output: input.length * 7 + 3 }));
      const args = { description: "Odd sum", examples, name: "By a model", language: "typescript" };
      const made = await call(await connect(), "generate_program", args);
      assert.ok(!made.isError, textOf(made));
      const data = made.structuredContent as { verification: { held_out: unknown } };
      assert.deepEqual(data.verification.held_out, { passed: 1, total: 1 });
    } finally {
      useModel = false;
    }
  });

  it("answers hostile and ill-formed messages, each with a clear refusal", async () => {
    assert.equal((await post("not json")).status, 400);
    assert.equal((await post("[]")).status, 400);
    const many = Array.from({ length: 50 }, (_, id) => ({ jsonrpc: "2.0", id, method: "tools/list" }));
    assert.equal((await post(many)).status, 400, "a batch would count as one request");
    assert.equal((await post({ jsonrpc: "1.0", id: 1, method: "ping" })).status, 400);
    assert.equal((await post({ jsonrpc: "2.0", id: 1, method: "ping" }, { accept: "text/html" })).status, 406);
    assert.equal((await post({ jsonrpc: "2.0", id: 1, method: "ping" }, { "content-type": "text/plain" })).status, 415);
    for (const method of ["GET", "DELETE"]) {
      const answer = await backend.fetch("/mcp", { method, headers: { accept: "text/event-stream" } });
      assert.deepEqual([answer.status, answer.headers.get("allow")], [405, "POST"]);
      await answer.arrayBuffer();
    }
    const client = await connect();
    for (const name of ["__proto__", "constructor", "toString", "../../etc/passwd", "x".repeat(100_000)]) {
      await assert.rejects(call(client, name, {}), /There is no tool/);
    }
    const strange = JSON.parse('{"program":"__proto__","inputs":[{"__proto__":{"polluted":true}}]}');
    assert.equal((await call(client, "run_program", strange)).isError, true);
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    assert.match(textOf(await call(client, "run_program", { program: "x", inputs: [1], more: 1 })), /more/);
    assert.match(textOf(await call(client, "run_program", { program: "x" })), /inputs/);
  });

  it("a program that fails or never ends is an error in words, and the next call is served", async () => {
    const examples = [{ input: 1, output: 1 }];
    const body = NewTask.decode({ name: "Fails on two", examples, latency_target_ms: 20 } as never);
    const task = await backend.client.call("createTask", { params: {}, body });
    const code =
      "function run(input) { if (input === 2) throw new Error('two is wrong'); while (input === 3); return input; }";
    await backend.client.call("createArtifact", {
      params: {},
      body: { taskId: task.id, code, language: "javascript" },
    });
    const client = await connect();
    const failed = await call(client, "fails_on_two", { input: 2 });
    assert.deepEqual([failed.isError, /two is wrong/.test(textOf(failed))], [true, true]);
    assert.match(textOf(await call(client, "fails_on_two", { input: 3 })), /timeout/);
    assert.match(textOf(await call(client, "fails_on_two", {})), /`input` is missing/);
    assert.equal(textOf(await call(client, "fails_on_two", { input: 4 })), "4");
  });

  it("answers a hundred calls at once, each with its own output", async () => {
    await keep("Echo back");
    const clients = await Promise.all(Array.from({ length: 5 }, () => connect()));
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        call(clients[at % clients.length] as Client, "echo_back", { input: { at } }).then(textOf),
      ),
    );
    assert.deepEqual(
      answers,
      Array.from({ length: 100 }, (_, at) => `{"at":${at}}`),
    );
  });

  it("never writes a key into the log", () => {
    assert.ok(!backend.log.join("").includes(backend.apiKey));
  });
});
