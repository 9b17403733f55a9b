/** Every route of the contract against every way to be refused. */
import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { after, before, describe, it } from "mocha";
import { allows, type Role, roles } from "../../src/contract/roles.ts";
import type { RouteSpec } from "../../src/contract/route.ts";
import { routes } from "../../src/contract/routes.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly code: string | undefined;
}

describe("every route refuses what it should", () => {
  let backend: TestBackend;
  const keys = new Map<Role | "expired" | "revoked", string>();

  before(async () => {
    // Nobody who is let in here sets Python up.
    backend = await startTestBackend({ python: { beside: null, source: () => "/no/such/file.tgz" } });
    const make = async (role: Role, expiresAt?: string) =>
      (await backend.client.call("createKey", { params: {}, body: { name: role, role, expiresAt } })) as {
        apiKey: string;
        key: { id: string };
      };
    for (const role of roles) keys.set(role, (await make(role)).apiKey);
    keys.set("expired", (await make("admin", new Date(Date.now() + 100).toISOString())).apiKey);
    const revoked = await make("admin");
    await backend.client.call("revokeKey", { params: { id: revoked.key.id } });
    keys.set("revoked", revoked.apiKey);
    await new Promise((resolve) => setTimeout(resolve, 120)); // the key's own life
  });
  after(() => backend.stop());

  const addressOf = (spec: RouteSpec) => spec.path.replace(/:\w+/g, "nothing");

  /** By node:http, which lets a test set Host. */
  const send = (
    spec: RouteSpec,
    headers: Record<string, string>,
    body?: string,
    path = addressOf(spec),
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const url = new URL(backend.url + path);
      const req = httpRequest(url, { method: spec.method.toUpperCase(), headers }, (res) => {
        // This one has no end.
        if (res.headers["content-type"]?.startsWith("text/event-stream")) {
          res.destroy();
          resolve({ status: res.statusCode ?? 0, headers: res.headers, code: undefined });
          return;
        }
        let text = "";
        res.on("data", (chunk: Buffer) => {
          text += chunk.toString();
        });
        res.on("end", () => {
          let code: string | undefined;
          try {
            code = (JSON.parse(text) as { error?: { code?: string } }).error?.code;
          } catch {
            code = undefined; // a page or metrics text
          }
          resolve({ status: res.statusCode ?? 0, headers: res.headers, code });
        });
      });
      req.on("error", reject);
      req.end(body);
    });

  const json = { "content-type": "application/json" };
  const key = (name: Role | "expired" | "revoked") => ({ "x-api-key": keys.get(name) ?? "" });

  const table = (Object.entries(routes) as [string, RouteSpec][]).flatMap(([name, spec]) => {
    // Runs are found without Express' router, unless their address is written in another way.
    const endings = spec.permission === "execute" ? ["", "/"] : [""];
    return endings.map((ending) => ({ name, spec, path: addressOf(spec) + ending, written: spec.path + ending }));
  });
  for (const { name, spec, path, written } of table) {
    const title = `${spec.method.toUpperCase()} ${written} (${name})`;
    const body = spec.body ? "{}" : undefined;
    const type: Record<string, string> = spec.body ? json : {};

    describe(title, () => {
      if (spec.permission !== "public") {
        for (const [who, headers] of [
          ["no key", () => ({})],
          ["a wrong key", () => ({ "x-api-key": "hapa_wrong" })],
          ["an expired key", () => key("expired")],
          ["a revoked key", () => key("revoked")],
        ] as const) {
          it(`answers 401 to ${who}`, async () => {
            const answer = await send(spec, { ...type, ...headers() }, body, path);
            assert.deepEqual([answer.status, answer.code], [401, "unauthorized"]);
          });
        }
        for (const role of roles) {
          const may = allows(role, spec.permission);
          it(`${may ? "lets in" : "answers 403 to"} a ${role}`, async () => {
            const answer = await send(spec, { ...type, ...key(role) }, body, path);
            if (may) assert.ok(![401, 403].includes(answer.status), `got ${answer.status}`);
            else assert.deepEqual([answer.status, answer.code], [403, "forbidden"]);
          });
        }
      }

      it("answers 400 to a foreign Host", async () => {
        const answer = await send(spec, { ...type, ...key("admin"), host: "evil.example" }, body, path);
        assert.deepEqual([answer.status, answer.code], [400, "foreign_host"]);
      });

      it("answers 403 to a foreign Origin, without CORS headers", async () => {
        const answer = await send(spec, { ...type, ...key("admin"), origin: "https://evil.example" }, body, path);
        assert.deepEqual([answer.status, answer.code], [403, "foreign_origin"]);
        assert.equal(answer.headers["access-control-allow-origin"], undefined);
      });

      it("carries a request id and security headers", async () => {
        const { headers } = await send(spec, { ...type, ...key("admin") }, body, path);
        assert.match(String(headers["x-request-id"]), /^req_/);
        assert.equal(headers["x-content-type-options"], "nosniff");
        assert.match(String(headers["content-security-policy"]), /default-src 'none'/);
        assert.equal(headers["x-powered-by"], undefined);
      });

      if (spec.body) {
        it("answers 415 to a body that is not JSON", async () => {
          const answer = await send(spec, { ...key("admin"), "content-type": "text/plain" }, "hello", path);
          assert.deepEqual([answer.status, answer.code], [415, "unsupported_media_type"]);
        });
        it("answers 415 to a compressed body", async () => {
          const answer = await send(spec, { ...key("admin"), ...json, "content-encoding": "gzip" }, "hello", path);
          assert.deepEqual([answer.status, answer.code], [415, "unsupported_media_type"]);
        });
        it("answers 400 to malformed JSON", async () => {
          const answer = await send(spec, { ...key("admin"), ...json }, '{"half": ', path);
          assert.deepEqual([answer.status, answer.code], [400, "malformed_json"]);
        });
        it("answers 413 to a body that is too large", async () => {
          const answer = await send(
            spec,
            { ...key("admin"), ...json },
            `"${"x".repeat((spec.bodyLimit ?? 1_000_000) + 10)}"`,
            path,
          );
          assert.deepEqual([answer.status, answer.code], [413, "payload_too_large"]);
        });
        it("answers 400 to an unknown field, naming it", async () => {
          const response = await backend.fetch(path, {
            method: spec.method.toUpperCase(),
            headers: json,
            body: '{"no_such_field": 1}',
          });
          const { error } = (await response.json()) as { error: { code: string; details: unknown } };
          assert.equal(response.status, 400);
          assert.match(JSON.stringify(error.details), /no_such_field/);
        });
      }
    });
  }

  it("answers 413 to a body of 50 MB and goes on working", async () => {
    const answer = await send(routes.executeBatch, { ...key("admin"), ...json }, `"${"x".repeat(50_000_000)}"`);
    assert.deepEqual([answer.status, answer.code], [413, "payload_too_large"]);
    assert.equal((await send(routes.health, {})).status, 200);
  });

  it("answers an unknown address with the contract's error", async () => {
    const response = await backend.fetch("/api/v1/nowhere");
    assert.equal(response.status, 404);
    assert.equal(((await response.json()) as { error: { code: string } }).error.code, "not_found");
  });

  it("refuses a page on another site even without an Origin header", async () => {
    const answer = await send(routes.health, { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" });
    assert.equal(answer.code, "foreign_origin");
  });
});
