import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { readServerSentEvents } from "../../src/client/sse.ts";

async function read(chunks: readonly string[]) {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  const events = [];
  for await (const event of readServerSentEvents(new Response(stream))) events.push(event);
  return events;
}

describe("reading server-sent events", () => {
  it("gives the same events however the stream is cut", async () => {
    const text =
      'event: delta\ndata: {"text":"a\\nb"}\n\n: still here\n\nevent: result\r\ndata: 1\r\ndata: 2\r\n\r\ndata: x\n\n';
    const expected = [
      { event: "delta", data: '{"text":"a\\nb"}' },
      { event: "result", data: "1\n2" },
      { event: "message", data: "x" },
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 8 }), async (cuts) => {
        const at = [...new Set([0, ...cuts, text.length])].sort((a, b) => a - b);
        const chunks = at.slice(1).map((end, i) => text.slice(at[i], end));
        assert.deepEqual(await read(chunks), expected);
      }),
    );
  });
});
