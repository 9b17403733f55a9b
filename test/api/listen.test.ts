/** Connections that do not behave: callers who ask and never read, and what is under way when the server stops. */
import assert from "node:assert/strict";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import express from "express";
import { describe, it } from "mocha";
import { listen } from "../../src/backend/listen.ts";
import { refuseMalformed } from "../../src/backend/malformed.ts";
import { openEventStream } from "../../src/backend/sse.ts";
import { createLog } from "../../src/observability/log.ts";
import { startTestBackend } from "../support/backend.ts";

const malformed = refuseMalformed(createLog(() => {}, "silent"));

/** A caller who asks and then reads nothing. */
async function deafCaller(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.pause();
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  return socket;
}

describe("connections that do not behave", () => {
  it("lets go of an answer that nobody reads", async () => {
    const closed = Promise.withResolvers<boolean>();
    const answer = (res: ServerResponse) => {
      res.once("close", () => closed.resolve(res.writableFinished));
      res.end(Buffer.alloc(50_000_000));
    };
    const server = await listen((_req, res) => answer(res as ServerResponse), "127.0.0.1", 0, malformed, 50);
    const socket = await deafCaller(server.port);
    assert.equal(await closed.promise, false);
    socket.destroy();
    await server.close();
  });

  it("cuts off a stream that nobody reads before it fills the memory", async () => {
    const closed = Promise.withResolvers<number>();
    const app = express().get("/", (_req, res) => {
      const stream = openEventStream(res);
      let sent = 0;
      let gone = false;
      res.once("close", () => {
        gone = true;
        closed.resolve(sent);
      });
      const more = () => {
        if (gone) return;
        stream.send("delta", "x".repeat(1_000_000));
        sent += 1;
        setImmediate(more);
      };
      more();
    });
    const server = await listen(app, "127.0.0.1", 0, malformed);
    const socket = await deafCaller(server.port);
    assert.ok((await closed.promise) < 60);
    socket.destroy();
    await server.close();
  });

  it("says that it is stopping while it waits for what is under way, and takes no new work", async () => {
    const backend = await startTestBackend();
    const port = Number(new URL(backend.url).port);
    const socket = connect(port, "127.0.0.1");
    const head = [
      "POST /api/v1/tasks HTTP/1.1",
      `Host: 127.0.0.1:${port}`,
      `X-API-Key: ${backend.apiKey}`,
      "Content-Type: application/json",
      "Content-Length: 12",
      "Expect: 100-continue",
    ];
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    const [going] = (await once(socket, "data")) as [Buffer];
    assert.match(going.toString(), /100 Continue/);
    const stopped = backend.stop();
    const ready = await backend.fetch("/health/ready");
    assert.deepEqual([ready.status, ((await ready.json()) as { status: string }).status], [503, "stopping"]);
    assert.equal((await backend.fetch("/health/live")).status, 200);
    assert.equal((await backend.fetch("/api/v1/tasks")).status, 503);
    const answer = once(socket, "data") as Promise<[Buffer]>;
    socket.write('{"name":"x"}');
    assert.match((await answer)[0].toString(), /^HTTP\/1\.1 503 [\s\S]*"shutting_down"/);
    await stopped;
    socket.destroy();
  });
});
