import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { holdsSecrets } from "../../src/contract/secret-files.ts";

describe("files that may hold secrets", () => {
  it("are told by their names", () => {
    for (const path of [
      ".env",
      "app/.env.local",
      "server.KEY",
      "C:\\keys\\id_rsa",
      ".npmrc",
      "secrets.yaml",
      ".aws/config",
      "credentials.json",
    ])
      assert.ok(holdsSecrets(path), path);
    for (const path of [
      ".env.example",
      "id_rsa.pub",
      "environment.ts",
      "keyboard.ts",
      "src/secret-files.ts",
      "tokens.css",
    ])
      assert.ok(!holdsSecrets(path), path);
  });
});
