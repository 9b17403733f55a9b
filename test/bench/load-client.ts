/**
 * The asking side of a measurement, in a process of its own: sends one request over and over on keep-alive
 * connections, each the next one as soon as it has its answer, and tells how long each took. It writes ready-made bytes
 * and reads no more of an answer than it must, so that what is measured is the server. Forked by load.ts.
 */
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { Load, LoadTimes } from "./load.ts";

process.once("message", (load: Load) => {
  const { hostname, port, pathname } = new URL(load.url);
  const head = Object.entries({
    host: `${hostname}:${port}`,
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(load.body)),
    ...load.headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`POST ${pathname} HTTP/1.1\r\n${head.join("")}\r\n${load.body}`);
  let left = load.requests;
  const times: number[] = [];
  let started = 0;

  /** One connection, warmed by an answer that does not count; resolves when there is nothing left to ask. */
  const open = async (_: unknown, index: number) => {
    const socket = connect(Number(port), hostname).setNoDelay(true);
    let parts: Buffer[] = [];
    let bytes = 0;
    let wanted = 0;
    let answered: (() => void) | undefined;
    let failed: ((error: Error) => void) | undefined;
    socket.on("error", (error) => failed?.(error));
    socket.on("close", () => failed?.(new Error("the server closed the connection")));
    socket.on("data", (chunk) => {
      bytes += chunk.length;
      if (wanted === 0) {
        parts.push(chunk);
        const text = (parts.length === 1 ? chunk : Buffer.concat(parts)).subarray(0, 8_000).toString("latin1");
        const end = text.indexOf("\r\n\r\n");
        if (end < 0) return;
        if (!text.startsWith("HTTP/1.1 200")) return failed?.(new Error(`${load.url} answered ${text}`));
        wanted = end + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1]);
      }
      if (bytes < wanted) return;
      parts = [];
      bytes = wanted = 0;
      answered?.();
    });
    const ask = () =>
      new Promise<void>((resolve, reject) => {
        answered = resolve;
        failed = reject;
        socket.write(request);
      });
    await ask();
    return async () => {
      for (let turn = 0; left-- > 0; turn++) {
        const now = performance.now();
        const due = load.pace === undefined ? now : started + ((turn * load.connections + index) / load.pace) * 1_000;
        if (due > now) await setTimeout(due - now);
        // A timer that is late is not the server's doing; an answer that came after the next request was due is.
        const from = due > now ? performance.now() : due;
        await ask();
        times.push(performance.now() - from);
      }
      failed = undefined;
      socket.destroy();
    };
  };

  const run = async () => {
    const connections = await Promise.all(Array.from({ length: load.connections }, open));
    process.send?.("ready");
    await new Promise((resolve) => process.once("message", resolve));
    started = performance.now();
    await Promise.all(connections.map((work) => work()));
    const answer: LoadTimes = { times: times.sort((a, b) => a - b), elapsedMs: performance.now() - started };
    process.send?.(answer, () => process.disconnect());
  };
  run().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
