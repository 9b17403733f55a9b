/** How a browser gets into the dashboard, and how nobody else does; over real HTTP. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { createDashboardSessions } from "../../src/backend/dashboard/sessions.ts";
import type { Role } from "../../src/contract/roles.ts";
import { files, startTestBackend, type TestBackend } from "../support/backend.ts";

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: {
    readonly path: string;
    readonly page_token: string;
    readonly role: string;
    readonly expires_at: string;
    readonly error?: { readonly code: string; readonly message: string };
  };
}

const session = "/api/v1/dashboard/session";
const links = "/api/v1/dashboard/links";

describe("the dashboard's door", () => {
  let backend: TestBackend;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "hapa-dashboard-"));
    await writeFile(join(folder, "dashboard.js"), "0;");
    await writeFile(join(folder, "dashboard.css"), "body{}");
    backend = await startTestBackend({ files: { ...files, dashboard: folder } });
  });
  after(async () => {
    await backend.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** By node:http, which lets a test set Host, Origin and Cookie as a browser or a stranger would. */
  const send = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const type = body === undefined ? {} : { "content-type": "application/json" };
      const req = httpRequest(new URL(backend.url + path), { method, headers: { ...type, ...headers } }, (res) => {
        let text = "";
        res.on("data", (chunk: Buffer) => {
          text += chunk.toString();
        });
        res.on("end", () => {
          const isJson = res.headers["content-type"]?.startsWith("application/json");
          resolve({ status: res.statusCode ?? 0, headers: res.headers, text, body: isJson ? JSON.parse(text) : {} });
        });
      });
      req.on("error", reject);
      req.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const own = () => ({ origin: backend.url, "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" });
  const codeOf = (path: string) => path.split(".")[1] ?? "";
  const makeCode = async (key = backend.apiKey) =>
    codeOf((await send("POST", links, { "x-api-key": key }, {})).body.path);
  const open = (code: string, headers: Record<string, string> = own()) => send("POST", session, headers, { code });
  /** What the page sends with each request of its session. */
  const enter = async (key?: string): Promise<Record<string, string>> => {
    const { headers, body } = await open(await makeCode(key));
    const [cookie = ""] = headers["set-cookie"]?.[0]?.split(";") ?? [];
    return { ...own(), cookie, "x-hapa-page": body.page_token };
  };
  const keyOf = (role: Role, expiresAt?: string) =>
    backend.client.call("createKey", { params: {}, body: { name: role, role, expiresAt } });

  it("opens by a link, which becomes a cookie that no script reads and no other site's page sends", async () => {
    const link = await send("POST", links, { "x-api-key": backend.apiKey }, { task_id: "task_1", language: "ko-KR" });
    assert.equal(link.status, 201);
    assert.match(
      link.body.path,
      /^\/#open\.[\w-]{43}\.task_1\.ko-KR$/,
      "nothing of it is sent with a request for the page",
    );
    const { status, headers, body } = await open(codeOf(link.body.path));
    assert.deepEqual([status, body.role], [201, "admin"]);
    const { port } = new URL(backend.url);
    const form = new RegExp(`^hapa_${port}=[\\w-]{43}; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict$`);
    assert.match(headers["set-cookie"]?.[0] ?? "", form);
    assert.equal(headers["cache-control"], "no-store");
  });

  it("serves the page to anyone, with nothing of the person's in it, under a policy that lets nothing else in", async () => {
    const page = await send("GET", "/");
    assert.match(page.headers["content-type"] ?? "", /^text\/html/);
    const policy = String(page.headers["content-security-policy"]);
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'/);
    assert.match(policy, /frame-ancestors 'none'; require-trusted-types-for 'script'$/);
    assert.doesNotMatch(policy + page.text, /unsafe|https?:\/\/(?!www\.w3\.org)/);
    const [script, style] = [await send("GET", "/dashboard.js"), await send("GET", "/dashboard.css")];
    assert.deepEqual([script.text, style.text], ["0;", "body{}"]);
    assert.match(script.headers["content-type"] ?? "", /^text\/javascript/);
    // Somebody follows a link to it from another site's page, which sends no cookie then; that is no harm.
    const visit = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    assert.equal((await send("GET", "/", visit)).status, 200);
  });

  it("says so on its page where it is not built", async () => {
    const bare = await startTestBackend({ files: { ...files, dashboard: join(folder, "nothing") } });
    try {
      assert.match(await (await fetch(bare.url)).text(), /The dashboard is not built here/);
      assert.equal((await fetch(`${bare.url}/dashboard.js`)).status, 404);
    } finally {
      await bare.stop();
    }
  });

  it("lets a session do what its opener's key may, and no more", async () => {
    const admin = await enter();
    assert.equal((await send("GET", "/api/v1/dashboard", admin)).status, 200);
    assert.equal((await send("GET", session, admin)).body.role, "admin");
    assert.equal((await send("GET", "/api/v1/keys", admin)).status, 200);
    const viewer = await enter((await keyOf("viewer")).apiKey);
    assert.equal((await send("GET", "/api/v1/dashboard", viewer)).status, 200);
    const refused = await send("POST", "/api/v1/tasks", viewer, { name: "no" });
    assert.deepEqual([refused.status, refused.body.error?.code], [403, "forbidden"]);
    const runner = await send("POST", links, { "x-api-key": (await keyOf("runner")).apiKey }, {});
    assert.equal(runner.status, 403);
  });

  it("refuses a link that was used, even by two at once", async () => {
    const code = await makeCode();
    const answers = await Promise.all([open(code), open(code), open(code)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 401, 401]);
    const replayed = await open(code);
    assert.deepEqual([replayed.status, replayed.headers["set-cookie"]], [401, undefined]);
    assert.match(replayed.body.error?.message ?? "", /used already/);
    for (const made of ["", "x", "__proto__", "a".repeat(200)]) assert.equal((await open(made)).status, 401);
  });

  it("lets no other page turn a link into its session, nor use one", async () => {
    const code = await makeCode();
    const { hostname } = new URL(backend.url);
    for (const origin of ["https://evil.example", `http://${hostname}:1`, "null"]) {
      assert.equal((await open(code, { origin, "sec-fetch-site": "cross-site" })).body.error?.code, "foreign_origin");
    }
    assert.equal((await open(code, { ...own(), host: "rebound.example" })).body.error?.code, "foreign_host");
    assert.equal((await open(code)).status, 201, "it was not used up by them");
    const mine = await enter();
    const task = { name: "planted" };
    const theirs = [
      { ...mine, origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      { ...mine, origin: `http://${hostname}:1`, "sec-fetch-site": "same-site" },
      { ...mine, origin: "null", "sec-fetch-site": "cross-site" },
      { ...mine, host: "rebound.example" },
      // A browser's own request with another port's page behind it, and what no page of ours sends.
      { cookie: mine["cookie"] ?? "", "sec-fetch-site": "same-site", "x-hapa-page": mine["x-hapa-page"] ?? "" },
      { cookie: mine["cookie"] ?? "", "x-hapa-page": mine["x-hapa-page"] ?? "" },
      { cookie: mine["cookie"] ?? "", "sec-fetch-site": "none", "x-hapa-page": mine["x-hapa-page"] ?? "" },
    ];
    for (const headers of theirs) {
      const { status } = await send("POST", "/api/v1/tasks", headers, task);
      assert.ok([400, 401, 403].includes(status), JSON.stringify(headers));
    }
    assert.equal((await backend.client.call("listTasks", { params: {}, query: { limit: 10 } })).items.length, 0);
    assert.equal((await send("GET", "/api/v1/dashboard", { ...mine, "sec-fetch-site": "same-site" })).status, 401);
  });

  it("takes neither the cookie without the page's token, nor the token without the cookie", async () => {
    const mine = await enter();
    const other = await enter();
    const { cookie = "", "x-hapa-page": token = "" } = mine;
    const some: Record<string, string>[] = [
      { ...own(), cookie },
      { ...own(), "x-hapa-page": token },
      { ...own(), cookie, "x-hapa-page": other["x-hapa-page"] ?? "" },
      { ...own(), cookie: `${cookie}x`, "x-hapa-page": token },
      // Another server on this computer set a cookie of this name for a longer path.
      { ...own(), cookie: `${cookie}; ${cookie.split("=")[0]}=planted`, "x-hapa-page": token },
      { ...own(), cookie: cookie.replace(/hapa_\d+/, "hapa_1"), "x-hapa-page": token },
    ];
    for (const headers of some) assert.equal((await send("GET", "/api/v1/dashboard", headers)).status, 401);
    assert.equal((await send("GET", "/api/v1/dashboard", mine)).status, 200);
  });

  it("ends a session when it is left, or its key is revoked", async () => {
    const mine = await enter();
    const left = await send("DELETE", session, mine);
    assert.equal(left.status, 204);
    assert.match(left.headers["set-cookie"]?.[0] ?? "", /^hapa_\d+=; Path=\/; Max-Age=0;/);
    assert.equal((await send("GET", session, mine)).status, 401);
    const { apiKey, key } = await keyOf("developer");
    const theirs = await enter(apiKey);
    const unused = await makeCode(apiKey);
    await backend.client.call("revokeKey", { params: { id: key.id } });
    assert.equal((await send("GET", session, theirs)).status, 401);
    assert.equal((await open(unused)).status, 401);
  });

  it("does not let a session make links for more sessions, and tells a key that it has none", async () => {
    assert.equal((await send("POST", links, await enter(), {})).status, 403);
    assert.equal((await send("GET", session, { "x-api-key": backend.apiKey })).status, 404);
    assert.equal((await send("DELETE", session, { "x-api-key": backend.apiKey })).status, 404);
  });

  it("gives whoever started the server a link, too", async () => {
    const link = await backend.dashboardLink();
    assert.ok(link?.startsWith(`${backend.url}/#open.`));
    assert.equal((await open(codeOf(new URL(link ?? "").hash))).status, 201);
  });

  it("can be reached by a forwarded port of this computer, once it was told so, and by no other computer's name", async () => {
    const ask = (host: string) => send("GET", "/", { host });
    assert.equal((await ask("127.0.0.1:65001")).body.error?.code, "foreign_host");
    assert.equal(backend.alsoAt("127.0.0.1:65001"), true);
    assert.equal((await ask("127.0.0.1:65001")).status, 200);
    const headers = { host: "127.0.0.1:65001", origin: "http://127.0.0.1:65001", "sec-fetch-site": "same-origin" };
    assert.equal((await open(await makeCode(), headers)).status, 201);
    for (const other of ["evil.example:80", "127.0.0.1.evil.example:80", "localhost", "127.0.0.1:1@evil:2"])
      assert.equal(backend.alsoAt(other), false);
    assert.equal((await ask("evil.example:80")).body.error?.code, "foreign_host");
  });

  it("writes neither codes nor tokens into the log", async () => {
    const code = await makeCode();
    const { headers, body } = await open(code);
    const [cookie = ""] = headers["set-cookie"]?.[0]?.split(";") ?? [];
    const log = backend.log.join("\n");
    for (const secret of [code, body.page_token, cookie.split("=")[1] ?? "?"]) assert.ok(!log.includes(secret));
  });
});

describe("dashboard sessions", () => {
  it("end after hours, links after minutes, and the oldest go where there are too many", () => {
    let now = 1_000;
    const sessions = createDashboardSessions(
      () => 8000,
      () => now,
    );
    const { code } = sessions.link("key_1");
    now += 5 * 60_000;
    assert.equal(sessions.open(code), undefined);
    const opened = sessions.open(sessions.link("key_1").code);
    const [cookie = ""] = opened?.cookie.split(";") ?? [];
    const req = { method: "GET", headers: { cookie, "x-hapa-page": opened?.pageToken } };
    assert.equal(sessions.of(req as never)?.keyId, "key_1");
    now += 12 * 3_600_000;
    assert.equal(sessions.of(req as never), undefined);
    const first = sessions.link("key_1").code;
    for (let i = 0; i < 100; i++) sessions.link("key_1");
    assert.equal(sessions.open(first), undefined);
  });
});
