/** What agents in VS Code may call, and `@hapa`'s answers. Chat's own host (Copilot) is not there: its stream is recorded. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import {
  CancellationTokenSource,
  type ChatRequest,
  type ChatResponseStream,
  type Command,
  type LanguageModelTextPart,
  lm,
  MarkdownString,
} from "vscode";
import { createClient } from "../../../src/client/client.ts";
import { createChat } from "../../../src/extension/agents/chat.ts";
import type { createPreviews } from "../../../src/extension/editor/preview.ts";
import type { Workshop } from "../../../src/extension/workshop.ts";
import { fencedAnswer, startFakeModel } from "../../support/fake-model.ts";
import { withSecondBackend } from "../support/backend.ts";
import { closeEditors, done, hapa, openFile, temporaryFolder } from "../support/editors.ts";

const names = [
  { input: "Lovelace, Ada", output: "Ada Lovelace" },
  { input: "Hopper, Grace", output: "Grace Hopper" },
];

describe("language-model tools", () => {
  before(() => hapa());

  const invoke = async (name: string, input: object) => {
    const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined });
    return (content[0] as LanguageModelTextPart).value;
  };

  it("an agent makes a program and runs it, without the panel", async () => {
    const registered = lm.tools.filter(({ name }) => name.startsWith("hapa_"));
    assert.deepEqual(registered.map(({ name }) => name).sort(), ["hapa_generate_program", "hapa_run_program"]);
    assert.ok(registered.every(({ description, inputSchema }) => description.length > 100 && inputSchema));
    const made = JSON.parse(
      await invoke("hapa_generate_program", { description: "First name first", name: "by a tool", examples: names }),
    ) as { task_id: string; version: number; proof: string; code: string };
    assert.match(made.proof, /right on 2 of 2 examples/);
    assert.match(made.code, /function run/);
    for (const program of [made.task_id, "by a tool"]) {
      const ran = JSON.parse(await invoke("hapa_run_program", { program, inputs: ["Curie, Marie", "Turing, Alan"] }));
      assert.deepEqual(ran.results, [{ output: "Marie Curie" }, { output: "Alan Turing" }]);
    }
  });

  it("a mistake is told in words that help the agent", async () => {
    await assert.rejects(invoke("hapa_generate_program", { description: "x" }), /"examples" is missing/);
    await assert.rejects(
      invoke("hapa_generate_program", { description: "x", examples: [{ input: 1 }] }),
      /examples\[0\]/,
    );
    await assert.rejects(invoke("hapa_run_program", { program: "task_none", inputs: [1] }), /no task/);
    const contradiction = [names[0], { input: "Lovelace, Ada", output: "no" }];
    await assert.rejects(invoke("hapa_generate_program", { description: "x", examples: contradiction }), /Lovelace/);
  });

  it("a cancelled call ends", async () => {
    const source = new CancellationTokenSource();
    source.cancel();
    const input = { description: "x", examples: names };
    await assert.rejects(
      Promise.resolve(lm.invokeTool("hapa_generate_program", { input, toolInvocationToken: undefined }, source.token)),
    );
  });
});

describe("@hapa", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    await hapa();
    folder = await temporaryFolder();
  });
  afterEach(closeEditors);
  after(() => folder.remove());

  /** What is said to the chat. */
  function recorder() {
    const said = { markdown: "", progress: [] as string[], buttons: [] as Command[] };
    const stream = {
      markdown: (text: string | MarkdownString) => {
        said.markdown += text instanceof MarkdownString ? text.value : text;
      },
      anchor: (_: unknown, title: string) => {
        said.markdown += `[${title}]`;
      },
      progress: (text: string) => void said.progress.push(text),
      button: (button: Command) => void said.buttons.push(button),
    };
    return { said, stream: stream as unknown as ChatResponseStream };
  }

  /** A question to `@hapa` on a backend of its own. */
  const ask = (
    request: Partial<ChatRequest>,
    check: (answer: ReturnType<typeof recorder>["said"] & { error: string | undefined }) => void | Promise<void>,
    model?: Parameters<typeof withSecondBackend>[1],
  ) =>
    withSecondBackend(async (_, { url, apiKey }) => {
      const client = createClient({ baseUrl: url, apiKey: apiKey ?? "" });
      const app = {
        log: { info() {}, warn() {}, error() {} },
        backend: { get: async () => ({ client }), tell() {} },
        previews: { inFront: () => undefined } as unknown as ReturnType<typeof createPreviews>,
        programLanguage: () => "javascript",
      } as unknown as Workshop;
      const { said, stream } = recorder();
      const result = await createChat(app).answer(
        { prompt: "", command: undefined, references: [], ...request } as unknown as ChatRequest,
        stream,
        new CancellationTokenSource().token,
      );
      await check({ ...said, error: result.errorDetails?.message });
    }, model);

  it("makes a proven program of example lines, tries it on the selection, and offers what to do with it", async () => {
    await openFile(join(folder.path, "names.txt"), "Curie, Marie\nTuring, Alan");
    const prompt = "Put the first name first:\n- Lovelace, Ada => Ada Lovelace\n- Hopper, Grace => Grace Hopper";
    await ask({ prompt, command: "transform" }, ({ markdown, progress, buttons, error }) => {
      assert.equal(error, undefined);
      assert.match(markdown, /\*\*Proven\*\*: it is right on 2 of 2 examples/);
      assert.match(markdown, /```javascript\n.*function run/s);
      assert.match(markdown, /Curie, Marie => Marie Curie\nTuring, Alan => Alan Turing/);
      assert.ok(progress.length > 1);
      assert.deepEqual(
        buttons.map(({ command }) => command),
        ["hapa.chat.apply", "hapa.runOnFile", "hapa.chat.save"],
      );
    });
  });

  it("answers words by HAPA's model where the chat has none, and says that nothing was run", async () => {
    const fake = await startFakeModel();
    fake.script({ say: fencedAnswer("const x = 1;") });
    try {
      await ask(
        { prompt: "A constant, please" },
        ({ markdown, error }) => {
          assert.equal(error, undefined);
          assert.match(markdown, /const x = 1;.*This was not run/s);
        },
        { baseUrl: fake.baseUrl, name: "scripted" },
      );
    } finally {
      await fake.stop();
    }
  });

  it("says what is missing: a model, an example, something to explain", async () => {
    await ask({ prompt: "A constant, please" }, ({ error, buttons }) => {
      assert.match(error ?? "", /Without a model/);
      assert.equal(buttons[0]?.command, "hapa.chooseModel");
    });
    await ask({ prompt: "", command: "transform" }, ({ error }) => assert.match(error ?? "", /Give an example/));
    await ask({ prompt: "", command: "explain" }, ({ error }) => assert.match(error ?? "", /Select the code/));
  });

  it("checks the code in front, or what is attached, and links to its lines", async () => {
    const document = await openFile(join(folder.path, "sum.py"), "import os\n\n\ndef total(xs):\n    return sum(xs\n");
    await ask({ command: "validate" }, ({ markdown, error }) => {
      assert.equal(error, undefined);
      assert.match(markdown, /\*\*sum\.py\*\*: errors: [1-9].*\n- \[line 6\]: unexpected EOF/s);
    });
    const right = await openFile(join(folder.path, "right.py"), "def total(xs):\n    return sum(xs)\n");
    assert.ok(document && right);
    await ask({ command: "validate" }, ({ markdown }) => assert.match(markdown, /\*\*right\.py\*\*: no problems/));
    await closeEditors();
    await ask({ command: "validate" }, ({ error }) => assert.match(error ?? "", /Open the code to check/));
  });

  it("the buttons of an answer from before a reload say so", async () => {
    const outcome = await done<{ message: string }>("hapa.chat.apply", "art_gone");
    assert.match(outcome.message, /before the window was reloaded/);
  });
});
