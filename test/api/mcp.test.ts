/** The MCP server by the SDK's own client, over real HTTP: what an agent sees and can do, and what it cannot. */
import assert from "node:assert/strict";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { after, before, describe, it } from "mocha";
import type { Role } from "../../src/contract/roles.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { type FakeModel, startFakeModel, structuredAnswer } from "../support/fake-model.ts";
import { type Agents, agentsOf, callTool, textOf } from "../support/mcp.ts";

const names = [
  { input: "Lovelace, Ada", output: "Ada Lovelace" },
  { input: "Hopper, Grace", output: "Grace Hopper" },
  { input: "Curie, Marie", output: "Marie Curie" },
];

describe("an agent over MCP", function () {
  this.timeout(60_000);
  let backend: TestBackend;
  let model: FakeModel;
  let useModel = false;
  let agents: Agents;

  before(async () => {
    model = await startFakeModel();
    backend = await startTestBackend({
      model: async () => (useModel ? { baseUrl: model.baseUrl, name: "scripted" } : undefined),
      offlineBudgetMs: 20_000,
    });
    agents = agentsOf(backend);
  });
  after(async () => {
    await agents.close();
    await backend.stop();
    await model.stop();
  });

  const connectAs = async (role: Role) => {
    const { apiKey } = await backend.client.call("createKey", { params: {}, body: { name: role, role } });
    return agents.connect({ "x-api-key": apiKey });
  };
  const toolNames = async (client: Client) => (await client.listTools()).tools.map(({ name }) => name);

  it("connects with either header, and is told what this is for", async () => {
    const client = await agents.connect();
    assert.equal(client.getServerVersion()?.name, "hapa");
    assert.match(client.getInstructions() ?? "", /generate_program/);
    assert.deepEqual(client.getServerCapabilities(), { tools: {} });
    assert.deepEqual((await toolNames(await agents.connect({ "x-api-key": backend.apiKey }))).slice(0, 3), [
      "generate_program",
      "run_program",
      "list_programs",
    ]);
  });

  it("makes a program from examples, which is a tool of its own from then on", async () => {
    const client = await agents.connect();
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
    const ran = await callTool(client, "turn_names", { input: "Turing, Alan" });
    assert.equal(textOf(ran), "Alan Turing");
    assert.equal((ran.structuredContent as { output: unknown }).output, "Alan Turing");

    for (const program of ["Turn names", "turn_names", String(data["task_id"])]) {
      const many = await callTool(client, "run_program", { program, inputs: ["Turing, Alan", 7] });
      const { succeeded, results } = many.structuredContent as { succeeded: number; results: { output: unknown }[] };
      assert.equal(succeeded >= 1, true);
      assert.deepEqual(results[0], { output: "Alan Turing" });
      assert.equal(results.length, 2);
    }
    const listed = await callTool(client, "list_programs", { query: "FIRST name" });
    const { programs } = listed.structuredContent as { programs: { tool: string; name: string }[] };
    assert.deepEqual([programs.length, programs[0]?.tool, programs[0]?.name], [1, "turn_names", "Turn names"]);
  });

  it("says in words what to do where nothing could be proven, and keeps no program of it", async () => {
    const client = await agents.connect();
    const before = await toolNames(client);
    const contradiction = [...names, { input: "Curie, Marie", output: "something else" }];
    const failed = await callTool(client, "generate_program", { description: "Impossible", examples: contradiction });
    assert.equal(failed.isError, true);
    assert.match(textOf(failed), /Curie, Marie/);
    const wrong = await callTool(client, "generate_program", { description: "No examples", examples: [] });
    assert.match(textOf(wrong), /examples/);
    assert.deepEqual(await toolNames(client), before);
  });

  it("gives each program a name of its own that no other comes to have, and a schema that clients take", async () => {
    const schema = { type: "object", properties: { a: { type: "number" } }, required: ["a"] };
    const own = await agents.keep("Own schema!", schema);
    const twins = [await agents.keep("Twin"), await agents.keep("twin")];
    const korean = await agents.keep("이름 바꾸기");
    await agents.keep("generate program");
    await agents.keep("broken schema", { type: "object", properties: { a: true }, required: "a" });
    await agents.keep("refers", { $defs: { row: { type: "object" } }, $ref: "#/$defs/row" });
    const client = await agents.connect();
    const { tools } = await client.listTools();
    const find = (name: string) => tools.find((tool) => tool.name === name);
    assert.deepEqual(find("own_schema")?.inputSchema, schema);
    assert.equal(textOf(await callTool(client, "own_schema", { a: 5 })), '{"a":5}');
    for (const id of twins) assert.ok(find(`twin_${id.slice(-8).toLowerCase()}`), "twins are told apart by their ids");
    assert.ok(!find("twin"));
    assert.ok(find(`program_${korean.slice(-8).toLowerCase()}`));
    assert.equal(tools.filter(({ name }) => name === "generate_program").length, 1);
    assert.ok(find("broken_schema")?.inputSchema.properties?.["input"], "a schema no client takes is put aside");
    assert.deepEqual(find("refers")?.inputSchema["$defs"], { row: { type: "object" } });
    assert.ok(tools.every(({ name }) => /^[\w-]{1,64}$/.test(name)));
    assert.equal(new Set(tools.map(({ name }) => name)).size, tools.length);
    await backend.client.call("deleteTask", { params: { id: own } });
    await assert.rejects(callTool(client, "own_schema", { a: 5 }), /There is no tool "own_schema"/);
  });

  it("lets a key do what its role may, and no more", async () => {
    await agents.keep("For all roles");
    const viewer = await connectAs("viewer");
    assert.deepEqual(await toolNames(viewer), ["list_programs"]);
    assert.match(textOf(await callTool(viewer, "for_all_roles", { input: 1 })), /role "viewer" may not.*"execute"/);
    assert.match(textOf(await callTool(viewer, "generate_program", {})), /role "viewer" may not/);
    const runner = await connectAs("runner");
    const tools = await toolNames(runner);
    assert.ok(tools.includes("for_all_roles") && tools.includes("run_program"));
    assert.ok(!tools.includes("generate_program") && !tools.includes("list_programs"));
    assert.equal(textOf(await callTool(runner, "for_all_roles", { input: 1 })), "1");
    assert.match(textOf(await callTool(runner, "list_programs", {})), /role "runner" may not/);
  });

  it("turns away a wrong key, a foreign host and a foreign origin like every other route", async () => {
    await assert.rejects(agents.connect({ authorization: "Bearer hapa_wrong" }), /401|unauthorized/i);
    await assert.rejects(agents.connect({}), /401|unauthorized/i);
    const message = { jsonrpc: "2.0", id: 1, method: "ping" };
    assert.equal((await agents.post(message, { origin: "https://evil.example" })).status, 403);
    assert.equal((await agents.post(message)).status, 200);
  });

  it("stops the model call behind a call that the agent cancels, and only that one", async () => {
    useModel = true;
    model.script({ hang: true });
    try {
      const [client, neighbour] = [await agents.connect(), await agents.connect()];
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
      const cutToo = model.nextCutOff();
      await neighbour.close();
      await cutToo;
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
      const made = await callTool(await agents.connect(), "generate_program", args);
      assert.ok(!made.isError, textOf(made));
      const data = made.structuredContent as { verification: { held_out: unknown } };
      assert.deepEqual(data.verification.held_out, { passed: 1, total: 1 });
    } finally {
      useModel = false;
    }
  });

  it("never writes a key into the log", () => {
    assert.ok(!backend.log.join("").includes(backend.apiKey));
  });
});
