/**
 * `npm run bench -- conversations`: a conversation of 2,000 turns among 500 others, over HTTP as the panel asks: to open it
 * at its end, to read it whole, to list and to search, and what a streamed answer costs beside the model's own time.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBackend } from "../../src/backend/server.ts";
import { type Client, createClient } from "../../src/client/client.ts";
import { openStore } from "../../src/store/store.ts";
import type { TurnEnd } from "../../src/store/turns.ts";
import { conversing, questionOf } from "../support/conversing.ts";
import { startFakeModel } from "../support/fake-model.ts";

const turns = 2_000;
const others = 500;
const rounds = 30;
const src = join(import.meta.dirname, "../../src");
const prose = "This reads each line of the file, 각 줄을 읽어 합계를 구하고, and skips what is no number. ";
const answer = `${prose.repeat(12)}\n\n\`\`\`python\nfor line in open("a.csv"):\n    total += float(line)\n\`\`\`\n\n${prose.repeat(6)}`;
const end: TurnEnd = {
  status: "done",
  markdown: answer,
  model: "small",
  usage: null,
  cached: false,
  elapsedMs: 1,
  artifactId: null,
  checks: [],
  errorCode: null,
  errorMessage: null,
};

export async function benchConversations(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "hapa-bench-"));
  const long = await fill(dataDir);
  const model = await startFakeModel();
  const backend = await startBackend({
    dataDir,
    port: 0,
    files: {
      sandboxChild: join(src, "sandbox/child/main.ts"),
      synthesisWorker: join(src, "synthesis/worker.ts"),
      validationWorker: join(src, "validation/worker.ts"),
    },
    model: async () => ({ baseUrl: model.baseUrl, name: "scripted" }),
  });
  const client = createClient({ baseUrl: backend.url, apiKey: backend.apiKey ?? "" });
  try {
    const params = { id: long };
    console.log(`${turns} turns of ${answer.length} characters in one conversation, ${others} others of 10\n`);
    console.log(`${"".padEnd(52)}median ms   p99 ms`);
    const page = (limit: number) => client.call("listTurns", { params, query: { limit } });
    const list = (query?: string) => client.call("listConversations", { params: {}, query: { query, limit: 50 } });
    await show("open: the conversation and its last 30 turns", () =>
      Promise.all([client.call("getConversation", { params }), page(30)]),
    );
    await show("all 2,000 turns, in pages of 200", () => whole(client, long));
    await show("list 50 conversations", () => list());
    await show("search: words that stand in most", () => list("합계를"));
    await show("search: words that stand nowhere", () => list("nobody says this"));
    await show("export all as Markdown", () => client.call("exportConversation", { params }));
    model.script({ say: "word ".repeat(8_000) });
    const talk = conversing(client);
    const conversation = await talk.begin();
    await show("ask: an answer of 40 kB, streamed in 1,667 pieces", () => talk.ask(conversation, questionOf("?")), 10);
  } finally {
    await backend.stop();
    await model.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function fill(dataDir: string): Promise<string> {
  const store = await openStore(dataDir);
  const converse = async (count: number) => {
    const { id } = await store.conversations.create("A conversation");
    for (let at = 0; at < count; at++) {
      const question = questionOf(`Question ${at}: how do I sum a column by month?`);
      await store.turns.begin(id, question, (text) => text);
      await store.turns.finish(question.id, end);
    }
    return id;
  };
  const long = await converse(turns);
  for (let at = 0; at < others; at++) await converse(10);
  await store.close();
  return long;
}

async function whole(client: Client, id: string): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await client.call("listTurns", { params: { id }, query: { limit: 200, cursor } });
    cursor = page.cursor ?? undefined;
  } while (cursor);
}

async function show(title: string, work: () => Promise<unknown>, times = rounds): Promise<void> {
  await work();
  const taken: number[] = [];
  for (let at = 0; at < times; at++) {
    const begun = performance.now();
    await work();
    taken.push(performance.now() - begun);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => (taken[Math.min(times - 1, Math.floor(share * times))] ?? 0).toFixed(1).padStart(9);
  console.log(`${title.padEnd(52)}${at(0.5)}${at(0.99)}`);
}
