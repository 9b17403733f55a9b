/** POST /code/validate, and the verdict on code that a model wrote. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { HapaError } from "../../src/contract/errors.ts";
import { issueInWords } from "../../src/contract/validation.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { type FakeModel, fencedAnswer, startFakeModel } from "../support/fake-model.ts";

describe("code is validated", function () {
  this.timeout(30_000); // The first check of a language loads what checks it.
  let backend: TestBackend;
  let model: FakeModel;
  before(async () => {
    model = await startFakeModel();
    backend = await startTestBackend({ model: async () => ({ baseUrl: model.baseUrl, name: "scripted" }) });
  });
  after(async () => {
    await backend.stop();
    await model.stop();
  });

  const post = (body: unknown, headers: Record<string, string> = {}) =>
    backend.fetch("/api/v1/code/validate", {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", ...headers },
    });

  it("answers issues with their places and fixes, in the words of the wire", async () => {
    const response = await post({ code: "import os\nx = 한글\n", language: "python" });
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), {
      valid: false,
      total: 2,
      issues: [
        {
          line: 1,
          column: 8,
          end_line: 1,
          end_column: 10,
          severity: "warning",
          code: "F401",
          message: "`os` imported but unused",
          url: "https://docs.astral.sh/ruff/rules/F401",
          tags: ["unnecessary"],
          fix: {
            title: "Remove unused import: os",
            safe: true,
            edits: [{ line: 1, column: 1, end_line: 2, end_column: 1, text: "" }],
          },
        },
        {
          line: 2,
          column: 5,
          end_line: 2,
          end_column: 7,
          severity: "error",
          code: "F821",
          message: "Undefined name `한글`",
          url: "https://docs.astral.sh/ruff/rules/F821",
          tags: [],
        },
      ],
    });
  });

  it("is valid without errors; Python is laid out where asked", async () => {
    const body = { code: "x=1", language: "python", format: true };
    assert.deepEqual(await (await post(body)).json(), { valid: true, total: 0, issues: [], formatted: "x = 1\n" });
    const types = { code: "export const a: string = 1;", language: "typescript", file_path: "/x/a.ts" };
    assert.equal(((await (await post(types)).json()) as { valid: boolean }).valid, false);
  });

  it("what cannot be checked says so, and what does not belong there is refused", async () => {
    const deep = await post({ code: "(".repeat(200_000), language: "python" });
    assert.equal(deep.status, 422);
    assert.equal(((await deep.json()) as { error: { code: string } }).error.code, "too_complex");
    for (const body of [
      { code: "x" },
      { code: "x", language: "rust" },
      { code: "x".repeat(1_000_001), language: "python" },
    ])
      assert.equal((await post(body)).status, 400);
  });

  it("whoever may run programs may ask; a viewer may not", async () => {
    const key = async (role: "runner" | "viewer") =>
      (await backend.client.call("createKey", { params: {}, body: { name: role, role } })).apiKey;
    const body = { code: "x = 1", language: "python" };
    assert.equal((await post(body, { "x-api-key": await key("runner") })).status, 200);
    assert.equal((await post(body, { "x-api-key": await key("viewer") })).status, 403);
  });

  it("a caller who goes away stops it", async () => {
    const stop = new AbortController();
    const asked = backend.client.call(
      "validateCode",
      {
        params: {},
        body: { code: `x = ${"1+".repeat(300_000)}1`, language: "javascript", fragment: false, format: false },
      },
      { signal: stop.signal },
    );
    setImmediate(() => stop.abort());
    await assert.rejects(asked, (error) => error instanceof HapaError && error.code === "client_closed_request");
    assert.equal((await post({ code: "x = 1", language: "python" })).status, 200);
  });

  const generate = (question: string, codeContext?: string) =>
    backend.client.call("generateCode", {
      params: {},
      body: { userQuestion: question, language: "python", strategy: "auto", ...(codeContext ? { codeContext } : {}) },
    });

  it("code a model wrote in words carries its verdict", async () => {
    model.script({ say: fencedAnswer("import os\n\ndef add(a, b):\n    return a + c\n", "Adds.", "python") });
    const { validation } = await generate("Add two numbers");
    assert.deepEqual([validation?.errors, validation?.warnings], [1, 1]);
    assert.deepEqual(validation?.issues.map(issueInWords), [
      "line 4: Undefined name `c`",
      "line 1: `os` imported but unused",
    ]);
    const again = await generate("Add two numbers");
    assert.ok(again.cached);
    assert.deepEqual(again.validation, validation);
  });

  it("clean code has a clean one; names of the code around it are not missed", async () => {
    model.script({ say: fencedAnswer("def add(a, b):\n    return a + b\n", "Adds.", "python") });
    assert.deepEqual((await generate("Add")).validation, { errors: 0, warnings: 0, issues: [] });
    model.script({ say: fencedAnswer("total = add(1, outer)\n", "Uses it.", "python") });
    assert.deepEqual((await generate("Use it", "def add(a, b): ...")).validation, {
      errors: 0,
      warnings: 0,
      issues: [],
    });
  });

  it("code that cannot be checked is answered all the same, without a verdict", async () => {
    model.script({ say: fencedAnswer(`x = ${"(".repeat(20_000)}`, "Deep.", "python") });
    const answer = await generate("Something deep");
    assert.equal(answer.status, "success");
    assert.equal(answer.validation, undefined);
    assert.ok(backend.log.some((line) => line.includes("generated code was not checked")));
  });
});
