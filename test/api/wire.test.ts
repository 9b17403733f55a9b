/** Requests no honest client sends: below Express, around the guard, and data made to hurt. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, describe, it } from "mocha";
import { startTestBackend, type TestBackend } from "../support/backend.ts";

interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly request_id: string };
}

describe("requests no honest client sends", () => {
  let backend: TestBackend;
  let port: number;
  before(async () => {
    backend = await startTestBackend();
    port = Number(new URL(backend.url).port);
  });
  after(() => backend.stop());

  /** Everything the server says until it closes the connection. */
  const raw = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let said = "";
      const socket = connect(port, "127.0.0.1", () => socket.write(text));
      socket.on("data", (chunk) => {
        said += chunk.toString();
      });
      socket.on("close", () => resolve(said));
      socket.on("error", reject);
    });
  const get = (target: string, ...headers: string[]) =>
    raw(`${[`GET ${target} HTTP/1.1`, ...headers, "Connection: close"].join("\r\n")}\r\n\r\n`);
  const host = () => `Host: 127.0.0.1:${port}`;
  const key = () => `X-API-Key: ${backend.apiKey}`;

  const refused = (said: string, status: number, code: string) => {
    const [head = "", body = ""] = said.split("\r\n\r\n");
    assert.ok(head.startsWith(`HTTP/1.1 ${status} `), head);
    const { error } = JSON.parse(body) as ErrorBody;
    assert.equal(error.code, code);
    assert.match(error.request_id, /^req_/);
    assert.ok(head.toLowerCase().includes(`x-request-id: ${error.request_id.toLowerCase()}`), head);
  };
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    backend.fetch(path, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });

  for (const [title, text, status, code] of [
    ["what is not HTTP", () => "GARBAGE\r\n\r\n", 400, "invalid_request"],
    [
      "headers without end",
      () => `GET / HTTP/1.1\r\n${host()}\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
      413,
      "payload_too_large",
    ],
    [
      "an address without end",
      () => `GET /${"x".repeat(20_000)} HTTP/1.1\r\n${host()}\r\n\r\n`,
      413,
      "payload_too_large",
    ],
    [
      "two lengths of one body",
      () => `POST / HTTP/1.1\r\n${host()}\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      "invalid_request",
    ],
  ] as const) {
    it(`answers ${title} in the contract's form`, async () => refused(await raw(text()), status, code));
  }

  it("answers 400 to a request without a Host, with two, or with another one in the request line", async () => {
    refused(await get("/health"), 400, "foreign_host");
    refused(await get("/health", host(), "Host: evil.example"), 400, "foreign_host");
    refused(await get("http://evil.example/health", host()), 400, "foreign_host");
    refused(await get(`http://127.0.0.1:${port}/health`, "Host: evil.example"), 400, "foreign_host");
    assert.match(await get(`http://127.0.0.1:${port}/health`, host()), /^HTTP\/1\.1 200 /);
  });

  it("answers a caller with odd expectations like any other", async () => {
    refused(await get("/api/v1/tasks/none", host(), key(), "Expect: the-impossible"), 404, "not_found");
  });

  it("answers bad addresses and queries with the contract's error", async () => {
    refused(await get("/api/v1/tasks/%ff", host(), key()), 400, "invalid_request");
    refused(await get("/api/v1/tasks/%00", host(), key()), 404, "not_found");
    for (const query of ["limit=1&limit=2", "__proto__=1", "constructor=1", "limit=1e999", "cursor[]=1"]) {
      refused(await get(`/api/v1/tasks?${query}`, host(), key()), 400, "invalid_request");
    }
  });

  it("refuses data nested without end instead of falling over it, and counts no bracket in a text", async () => {
    const deep = (levels: number) => `${"[".repeat(levels)}1${"]".repeat(levels)}`;
    const task = (input: string) => `{"name": "deep", "examples": [{"input": ${input}, "output": 1}]}`;
    for (const levels of [300, 100_000]) {
      const response = await post("/api/v1/tasks", task(deep(levels)));
      assert.equal(response.status, 400);
      assert.match(((await response.json()) as ErrorBody).error.message, /nested deeper than 256 levels/);
    }
    assert.equal((await post("/api/v1/tasks", task(deep(250)))).status, 201);
    assert.equal((await post("/api/v1/tasks", task(JSON.stringify(`\\"${"[".repeat(1_000)}`)))).status, 201);
  });

  it("takes names like __proto__ as data, and refuses them as fields", async () => {
    const data = '{"__proto__": {"a": 1}, "constructor": 2}';
    const response = await post("/api/v1/tasks", `{"name": "x", "examples": [{"input": ${data}, "output": ${data}}]}`);
    assert.ok((await response.text()).includes('"input":{"__proto__":{"a":1},"constructor":2}'));
    assert.equal((await post("/api/v1/tasks", '{"name": "x", "__proto__": {}}')).status, 400);
  });

  it("refuses a number too large to be kept wherever it stands, and counts no digits in a text", async () => {
    const task = (input: string) =>
      post("/api/v1/tasks", `{"name": "n", "examples": [{"input": ${input}, "output": 1}]}`);
    const digits = "9".repeat(400);
    for (const input of ["1e999", "[-1E+309]", `{"a": [1, ${digits}]}`, `${digits}.5`, `0.1e400`]) {
      const response = await task(input);
      assert.equal(response.status, 400, input);
      assert.match(((await response.json()) as ErrorBody).error.message, /number too large/);
    }
    for (const input of [
      `"1e999 ${digits}"`,
      "1e308",
      "-1.5E-400",
      "[1,2,3]",
      JSON.stringify("\\"),
      JSON.stringify('\\"1e999'),
    ]) {
      assert.equal((await task(input)).status, 201, input);
    }
  });

  it("takes UTF-8 with and without a mark, and tells who sends another charset", async () => {
    const mark = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"name": "é😀"}')]);
    const type = (charset: string) => ({ "content-type": `Application/JSON; charset=${charset}` });
    const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
      backend.fetch("/api/v1/tasks", { method: "POST", body, headers });
    const taken = await send(mark, type('"UTF-8"'));
    assert.equal(((await taken.json()) as { name: string }).name, "é😀");
    for (const charset of ["utf-16", "latin1"]) {
      assert.equal((await send('{"name": "x"}', type(charset))).status, 415);
    }
    assert.equal((await send("", { "content-type": "application/json" })).status, 400);
  });

  it("says which field is missing", async () => {
    const { error } = (await (await post("/api/v1/tasks", "{}")).json()) as ErrorBody;
    assert.match(error.message, /name: is missing, expected string/);
  });

  it("does not read a large body of somebody without a key, or without permission", async () => {
    const { apiKey } = await backend.client.call("createKey", { params: {}, body: { name: "v", role: "viewer" } });
    const large = `"${"x".repeat(1_000_000)}"`;
    assert.equal((await post("/api/v1/tasks", large, { "x-api-key": "wrong" })).status, 401);
    assert.equal((await post("/api/v1/tasks", large, { "x-api-key": apiKey })).status, 403);
    assert.equal((await post("/api/v1/tasks", '{"half": ', { "x-api-key": "wrong" })).status, 400);
  });

  it("counts and tells what is left on every answer to a key, also where it refuses", async () => {
    const { apiKey } = await backend.client.call("createKey", { params: {}, body: { name: "v", role: "viewer" } });
    const headers = { "x-api-key": apiKey };
    const left = async (response: Promise<Response>) => Number((await response).headers.get("ratelimit-remaining"));
    const first = await left(backend.fetch("/api/v1/tasks", { headers }));
    assert.equal(await left(post("/api/v1/tasks", "{}", headers)), first - 1); // 403
    assert.equal(await left(post("/api/v1/tasks", "{", headers)), first - 2); // 400
    assert.equal(await left(backend.fetch("/api/v1/tasks/none", { headers })), first - 3); // 404
  });

  it("takes a key that expires after the year 9999 as one that works", async () => {
    const { apiKey } = await backend.client.call("createKey", {
      params: {},
      body: { name: "far", role: "viewer", expiresAt: "9999-12-31T23:59:59-23:59" },
    });
    assert.equal((await backend.fetch("/api/v1/tasks", { headers: { "x-api-key": apiKey } })).status, 200);
  });

  it("tells no details of what went wrong inside, and logs them under the request's id", async () => {
    const broken = await startTestBackend({
      model: () => Promise.reject(new TypeError("a detail of the inside")),
    });
    try {
      const response = await broken.fetch("/stats");
      const { error } = (await response.json()) as ErrorBody;
      assert.equal(response.status, 500);
      assert.ok(!error.message.includes("detail"));
      const line = broken.log.find((entry) => entry.includes("a detail of the inside"));
      assert.ok(line?.includes(error.request_id), line);
    } finally {
      await broken.stop();
    }
  });
});
