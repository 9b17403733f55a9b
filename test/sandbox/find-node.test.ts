import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { findNode, thisMachine } from "../../src/sandbox/find-node.ts";
import type { Machine } from "../../src/sandbox/sandbox.ts";

const machine = (versions: Record<string, string>, rest: Partial<Machine> = {}): Machine => ({
  execPath: "/app/electron",
  isElectron: true,
  platform: "linux",
  env: { PATH: "/old/bin:/usr/bin", SHELL: "/bin/zsh" },
  output: async (file) => versions[file],
  ...rest,
});

describe("the Node that runs programs", () => {
  it("is the one of the setting, where it is new enough", async () => {
    const found = await findNode("/my/node", machine({ "/my/node": "v24.1.0", "/usr/bin/node": "v26.0.0" }));
    assert.equal(found.path, "/my/node");
  });

  it("is looked for further where the setting is wrong or too old, and the log says so", async () => {
    const found = await findNode("/my/node", machine({ "/my/node": "v20.0.0", "/usr/bin/node": "v26.0.0" }));
    assert.equal(found.path, "/usr/bin/node");
    assert.match(found.story ?? "", /\/my\/node is Node 20, older than 24; Node 26 from PATH/);
  });

  it("is the extension host's own where that is a Node, never Electron", async () => {
    const versions = { "/app/node": "v24.0.0", "/app/electron": "v24.0.0" };
    const host = await findNode(undefined, machine(versions, { execPath: "/app/node", isElectron: false }));
    assert.equal(host.path, "/app/node");
    assert.equal((await findNode(undefined, machine(versions))).isElectron, true);
  });

  it("comes from the login shell where version managers set it up", async () => {
    const found = await findNode(
      undefined,
      machine({ "/bin/zsh": "hello\n<node>/home/me/.nvm/node</node>", "/home/me/.nvm/node": "v25.0.0" }),
    );
    assert.equal(found.path, "/home/me/.nvm/node");
  });

  it("is the editor's own runtime, with the places looked at, where there is none", async () => {
    const found = await findNode(undefined, machine({ "/old/bin/node": "v18.0.0" }));
    assert.deepEqual([found.path, found.isElectron], ["/app/electron", true]);
    assert.match(found.story ?? "", /Node 18.*no Node 24 or newer/);
  });

  it("is found on this machine", async () => {
    assert.equal((await findNode(undefined, thisMachine())).path, process.execPath);
  });
});
