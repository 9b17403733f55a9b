import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "mocha";
import { addressProblem, listModels, presets } from "../../../src/extension/models/endpoints.ts";

/** Calls `work` with the address of a server that is stopped afterwards. */
async function served<T>(listener: RequestListener, work: (baseUrl: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe("the models of an endpoint", () => {
  it("are listed by name, with the key sent along", async () => {
    const seen: string[] = [];
    const listing = await served(
      (request, response) => {
        seen.push(`${request.url} ${request.headers.authorization}`);
        response.setHeader("content-type", "application/json");
        response.end('{"data":[{"id":"b"},{"id":"a"},{"id":"b"},{"no":"id"},7]}');
      },
      (baseUrl) => listModels(`${baseUrl}/`, "k-1"),
    );
    assert.deepEqual(listing, { ok: true, names: ["a", "b"] });
    assert.deepEqual(seen, ["/v1/models Bearer k-1"]);
  });

  it("a refused key, an empty list and a server that is down are told apart", async () => {
    const refused = await served(
      (_request, response) => void response.writeHead(401).end(),
      (baseUrl) => listModels(baseUrl, "wrong"),
    );
    assert.ok(!refused.ok && refused.needsKey);
    const page = await served(
      (_request, response) => void response.end("<html>"),
      (baseUrl) => listModels(baseUrl, undefined),
    );
    assert.ok(!page.ok && /did not list/.test(page.message));
    const gone = await served(
      () => {},
      async (baseUrl) => baseUrl,
    ).then((baseUrl) => listModels(baseUrl, undefined));
    assert.ok(!gone.ok && /Is the server running/.test(gone.message));
  });

  it("a key does not follow a redirect to another address", async () => {
    const followed: string[] = [];
    await served(
      (request, response) => void response.end(String(followed.push(request.url ?? ""))),
      (elsewhere) =>
        served(
          (_request, response) => void response.writeHead(302, { location: `${elsewhere}/models` }).end(),
          (baseUrl) => listModels(baseUrl, "k-1"),
        ),
    );
    assert.deepEqual(followed, []);
  });

  it("addresses are checked while they are typed", () => {
    for (const { baseUrl } of presets) assert.equal(addressProblem(baseUrl), undefined);
    for (const wrong of ["", "localhost:11434", "ftp://x/v1", "http://me:pw@x/v1", "http://x/v1?key=1"])
      assert.ok(addressProblem(wrong), wrong);
  });
});
