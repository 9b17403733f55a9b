/** Better versions by HTTP: made by themselves from what labelled rows say is wrong, asked for, and after a crash. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { type Client, createClient } from "../../src/client/client.ts";
import { isRight } from "../../src/contract/comparison.ts";
import type { Improvement } from "../../src/contract/improvements.ts";
import type { Improve } from "../../src/contract/tasks.ts";
import { fraction } from "../../src/learning/statistics/hash.ts";
import { failureOf } from "../support/asking.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { type Drifting, drifting } from "../support/drifting.ts";
import { eventually } from "../support/eventually.ts";
import { startFakeModel } from "../support/fake-model.ts";
import { startServer } from "../support/server-process.ts";

const [dateFormat, newLabel] = drifting as readonly [Drifting, Drifting];
const run = { stopOnFirstError: false, compact: false };

/** A task with its first version. */
async function begin(
  client: Client,
  { task, examples }: Drifting,
  improve: Improve,
  {
    strategy = "offline",
    modelVerdictsPerDay = 0,
  }: { strategy?: "offline" | "model"; modelVerdictsPerDay?: number } = {},
) {
  const fields = { accuracyTarget: 0.9, latencyTargetMs: 200, samplingRate: 1, language: "javascript" as const };
  const body = { ...fields, ...task, improve, modelVerdictsPerDay, examples: [...examples] };
  const { id } = await client.call("createTask", { params: {}, body });
  await client.call("generateProgram", { params: { id }, body: { strategy } });
  return id;
}

/** Its inputs change, and labelled rows judge what it makes of them. */
async function meet(client: Client, id: string, stream: Drifting) {
  const rows = [...stream.before(100, 3), ...stream.after(200, 4)];
  await client.call("setReference", { params: { id }, body: { rows } });
  const items = rows.map(({ input }) => ({ input }));
  await client.call("executeBatch", { params: {}, body: { taskId: id, items, log: true, ...run } });
}

/** Waits until one has ended; a busy machine may take a while. */
async function ended(client: Client, id: string): Promise<Improvement> {
  const until = performance.now() + 90_000;
  for (;;) {
    assert.ok(performance.now() < until, "no improvement has ended");
    const { items } = await client.call("listImprovements", { params: { id } });
    const last = items.find(({ state }) => state !== "making" && state !== "cancelled");
    if (last) return last;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe("better versions", function () {
  this.timeout(120_000);
  let backend: TestBackend;
  before(async () => {
    backend = await startTestBackend();
  });
  after(() => backend.stop());

  for (const stream of [dateFormat, newLabel]) {
    it(`${stream.name}: one is made by itself, right on rows that nobody has seen`, async () => {
      const { client } = backend;
      const id = await begin(client, stream, "auto");
      await meet(client, id, stream);
      const improvement = await ended(client, id);
      assert.ok(["rolling_out", "promoted", "needs_person"].includes(improvement.state), improvement.outcome ?? "");
      assert.deepEqual([improvement.trigger, improvement.lost], ["accuracy", []]);

      const accuracy = async (version: number, rows: ReturnType<Drifting["after"]>) => {
        const items = rows.map(({ input }) => ({ input }));
        const body = { taskId: id, version, items, log: false, ...run };
        const { results } = await client.call("executeBatch", { params: {}, body });
        const { comparison = "exact" } = stream.task;
        return (
          results.filter(({ output }, at) => isRight(rows[at]?.output ?? null, output, comparison)).length / rows.length
        );
      };
      const [unseen, version] = [stream.after(1_000, 99), improvement.candidateVersion ?? 0];
      const [usual, fallen] = [await accuracy(1, stream.before(1_000, 98)), await accuracy(1, unseen)];
      const recovered = ((await accuracy(version, unseen)) - fallen) / (usual - fallen);
      assert.ok(recovered >= 0.8, `${recovered} of the lost accuracy is back`);
      // What the task was made from stays as it was.
      const { examples } = await client.call("getTask", { params: { id } });
      assert.deepEqual(examples, stream.examples);
    });
  }

  it("a model makes one by itself only where it may see such rows, and never sees those kept aside", async () => {
    const model = await startFakeModel();
    const named = { baseUrl: model.baseUrl, name: "scripted", apiKey: "none" };
    const own = await startTestBackend({ model: async (use) => (use === "generation" ? named : undefined) });
    const { client } = own;
    const answer = (code: string) => ({ say: JSON.stringify({ explanation: "Dates.", code }) });
    const german = 'const [d, m, y] = input.split("."); return [y, m, d].join("-");';
    const english =
      'if (!input.includes(",")) { ' +
      german +
      ' } const t = new Date(input + " UTC"); return t.toISOString().slice(0, 10);';
    const of = async (modelVerdictsPerDay: number) => {
      model.script(answer(`function run(input) { ${german} }`));
      const id = await begin(client, dateFormat, "auto", { strategy: "model", modelVerdictsPerDay });
      model.script(answer(`function run(input) { ${english} }`));
      const asked = model.requests.length;
      await meet(client, id, dateFormat);
      const improvement = await ended(client, id);
      const { items } = await client.call("listArtifacts", { params: { taskId: id } });
      return { improvement, prompts: model.requests.slice(asked), generators: items.map(({ generator }) => generator) };
    };
    const allowed = await of(1_000);
    assert.ok(["rolling_out", "promoted", "needs_person"].includes(allowed.improvement.state));
    assert.deepEqual(allowed.generators, ["model", "model"]);
    const text = JSON.stringify(allowed.prompts);
    const rows = new Set(dateFormat.after(200, 4).map(({ input }) => String(input)));
    const aside = [...rows].filter((input) => fraction(`aside ${JSON.stringify(input)}`) < 0.3);
    assert.ok(aside.length > 20 && aside.every((input) => !text.includes(input)));

    const kept = await of(0);
    assert.deepEqual([kept.prompts, kept.generators], [[], ["offline", "model"]]);
    await own.stop();
    await model.stop();
  });

  it("a task without a program, or that is not there, is refused", async () => {
    const { client } = backend;
    const body = {
      name: "none",
      description: "",
      examples: [],
      accuracyTarget: 0.9,
      latencyTargetMs: 10,
      samplingRate: 0,
      language: "javascript" as const,
    };
    const { id } = await client.call("createTask", { params: {}, body });
    const ask = (task: string) => failureOf(client.call("improveTask", { params: { id: task }, body: {} }));
    assert.deepEqual([(await ask(id)).code, (await ask("task_none")).code], ["no_active_program", "not_found"]);
  });

  it("kill -9 while one is made: it is cancelled, and one is made after the next start", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hapa-improving-"));
    const first = await startServer(folder);
    const apiKey = first.apiKey ?? "";
    const client = createClient({ baseUrl: first.url, apiKey });
    const id = await begin(client, dateFormat, "auto");
    // Only when asked, so that it is under way when the process ends.
    await client.call("changeTask", { params: { id }, body: { improve: "off" } });
    await meet(client, id, dateFormat);
    await eventually(async () => {
      const { items } = await client.call("listValidations", { params: { id }, query: { limit: 1, correct: false } });
      assert.equal(items.length, 1);
    });
    await client.call("changeTask", { params: { id }, body: { improve: "auto" } });
    const { state } = await client.call("improveTask", { params: { id }, body: { reason: "Dates are wrong." } });
    assert.equal(state, "making");
    first.process.kill("SIGKILL");
    await first.exited;

    const second = await startServer(folder);
    const again = createClient({ baseUrl: second.url, apiKey });
    const improvement = await ended(again, id);
    const { items } = await again.call("listImprovements", { params: { id } });
    assert.deepEqual(
      items.map((one) => one.trigger),
      ["accuracy", "person"],
    );
    assert.equal(items.at(-1)?.state, "cancelled");
    assert.ok(["rolling_out", "promoted", "needs_person"].includes(improvement.state), improvement.outcome ?? "");
    second.process.kill("SIGTERM");
    await second.exited;
    await rm(folder, { recursive: true, force: true });
  });
});
