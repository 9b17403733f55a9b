import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { createClient } from "../../../src/client/client.ts";
import { agentKey } from "../../../src/extension/agents/mcp-key.ts";
import { failureOf } from "../../support/asking.ts";
import { startTestBackend, type TestBackend } from "../../support/backend.ts";

describe("the key of agents in VS Code", () => {
  let backend: TestBackend;
  before(async () => {
    backend = await startTestBackend();
  });
  after(() => backend.stop());

  it("is a developer's, is kept, and is made anew when it was revoked", async () => {
    let kept: string | undefined;
    const place = {
      agentKey: async () => kept,
      keepAgentKey: async (key: string) => {
        kept = key;
      },
    };
    const ask = () => agentKey(backend.client, backend.url, place);
    const first = await ask();
    assert.equal(await ask(), first);
    const agent = createClient({ baseUrl: backend.url, apiKey: first });
    assert.deepEqual((await agent.call("listTasks", { params: {}, query: { limit: 10 } })).items, []);
    assert.equal((await failureOf(agent.call("listKeys", { params: {} }))).code, "forbidden");

    const { items } = await backend.client.call("listKeys", { params: {} });
    const [mine] = items.filter(({ role }) => role === "developer");
    assert.ok(mine);
    await backend.client.call("revokeKey", { params: { id: mine.id } });
    const second = await ask();
    assert.notEqual(second, first);
    assert.equal(kept, second);
  });
});
