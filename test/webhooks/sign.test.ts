import assert from "node:assert/strict";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "mocha";
import { createSecrets } from "../../src/webhooks/secrets.ts";
import { showSecret, signedHeaders } from "../../src/webhooks/sign.ts";

describe("signatures of webhooks", () => {
  it("are those of Standard Webhooks: its libraries' own example", () => {
    const key = Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64");
    assert.equal(showSecret(key), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    const headers = signedHeaders(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330_999, '{"test": 2432232314}');
    assert.deepEqual(headers, {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
  });

  it("are verified by what docs/events.md shows", async () => {
    const page = await readFile(join(import.meta.dirname, "../../docs/events.md"), "utf8");
    const code = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
    const shown = (await import(`data:text/javascript,${encodeURIComponent(`${code}export { verify };`)}`)) as {
      verify: (secret: string, headers: Record<string, string>, body: string) => unknown;
    };
    const key = Buffer.alloc(32, 7);
    const [secret, headers] = [showSecret(key), signedHeaders(key, "evt_1", Date.now(), '{"a":1}')];
    assert.deepEqual(shown.verify(secret, headers, '{"a":1}'), { a: 1 });
    assert.throws(() => shown.verify(secret, headers, '{"a":2}'), /not from HAPA/);
    assert.throws(() => shown.verify(showSecret(Buffer.alloc(32)), headers, '{"a":1}'), /not from HAPA/);
    const old = signedHeaders(key, "evt_1", Date.now() - 600_000, '{"a":1}');
    assert.throws(() => shown.verify(secret, old, '{"a":1}'), /too old/);
  });

  it("a secret is another for each webhook, the same at each start, also where two processes start at once", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hapa-test-"));
    const path = join(folder, "webhooks.key");
    const many = await Promise.all(Array.from({ length: 8 }, () => createSecrets(path).of("hook_1")));
    assert.equal(new Set(many.map(String)).size, 1);
    assert.notDeepEqual(await createSecrets(path).of("hook_2"), many[0]);
    assert.deepEqual(await readdir(folder), ["webhooks.key"]);
    if (process.platform !== "win32") assert.equal((await stat(path)).mode & 0o777, 0o600);
    await chmod(path, 0o600);
    await writeFile(path, "short");
    await assert.rejects(createSecrets(path).of("hook_1"), /is not what HAPA wrote/);
    await rm(folder, { recursive: true });
  });
});
