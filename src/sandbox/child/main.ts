/**
 * The child process: builds its engine, then works through shipments in order, answering in slices. It does one thing
 * at a time; its event loop does nothing but wait for the next. Runs from source
 * and as a CommonJS bundle. It ends when its parent closes the pipe, or is gone.
 */
import type { Engine } from "./engine.ts";
import { FrameSource, writeFrame } from "./frames.ts";
import type { ChildOrders, EngineName, FromChild, ToChild } from "./protocol.ts";
import { Worker } from "./worker.ts";

const fromParent = 0;
const toParent = 1;
/** The engine is broken, and the process with it. */
const brokenExitCode = 70;

/** To the network: an escape from an engine would look for it, and nothing here needs it. */
const waysOut = ["fetch", "WebSocket", "EventSource", "BroadcastChannel", "navigator"];

/** Returns once the message is with the operating system, so that a child stuck in a program has said where. */
function say(message: FromChild, lines?: string): void {
  writeFrame(toParent, message, lines);
}

/** Loads no more code than this engine needs. */
async function start(name: EngineName, orders: ChildOrders): Promise<Engine> {
  switch (name) {
    case "isolated-vm":
      return (await import("./isolated.ts")).isolatedEngine(orders.memoryLimitMb);
    case "quickjs":
      return (await import("./quickjs.ts")).quickjsEngine(orders.memoryLimitMb);
    case "pyodide":
      return (await import("./python/engine.ts")).pyodideEngine(orders);
  }
}

/** Goes the way of every program once, so that the first real one finds all code loaded: a caller may be waiting for it. */
async function rehearse(engine: Engine): Promise<void> {
  const language = engine.name === "pyodide" ? "python" : "javascript";
  const code =
    language === "python"
      ? "def run(x):\n    return x\n"
      : 'const parts = ["a", 1];\nfunction run(x) { return { x, parts: parts.map((part) => String(part)) }; }';
  const program = await engine.load({ code, language });
  if (typeof program !== "string") {
    program.run("1", 100);
    program.runMany("1\n2", 100);
    program.dispose();
  }
  await engine.makeReady();
}

async function main(): Promise<void> {
  const orders = JSON.parse(process.argv[2] ?? "{}") as ChildOrders;
  const nodeVersion = process.version;
  const reasons: string[] = [];
  for (const name of orders.engines) {
    let engine: Engine;
    try {
      engine = await start(name, orders);
      await rehearse(engine);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      reasons.push(`${name} could not be loaded (${reason.split("\n", 1)[0]?.slice(0, 500)})`);
      continue;
    }
    for (const way of waysOut) Reflect.deleteProperty(globalThis, way);
    const worker = new Worker(engine, say);
    say({
      type: "ready",
      engine: engine.name,
      nodeVersion,
      ...(reasons.length === 0 ? {} : { reason: reasons.join("; ") }),
    });
    const frames = new FrameSource(fromParent);
    for (let frame = await frames.next(); frame !== null; frame = await frames.next()) {
      const message = JSON.parse(frame.head) as ToChild;
      if (message.type === "work") await worker.work(message, frame.body);
      else await engine.makeReady();
    }
    return;
  }
  say({ type: "unavailable", nodeVersion, reason: reasons.join("; ") });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`Error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(brokenExitCode);
  },
);
