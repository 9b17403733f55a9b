/** The backend answers in the language that is asked for, where it has it. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { createClient } from "../../src/client/client.ts";
import type { HapaError } from "../../src/contract/errors.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";

describe("languages", () => {
  let backend: TestBackend;
  before(async () => {
    backend = await startTestBackend();
  });
  after(() => backend.stop());

  const refusal = async (language?: string): Promise<string> => {
    const headers: Record<string, string> = language === undefined ? {} : { "accept-language": language };
    const response = await backend.fetch("/api/v1/tasks/task_none", { headers });
    assert.equal(response.status, 404);
    return ((await response.json()) as { error: { message: string } }).error.message;
  };
  const english = "There is no task task_none.";
  const korean = "작업 task_none이(가) 없습니다.";

  it("an error is told in Korean to who prefers it", async () => {
    for (const language of ["ko", "ko-KR", "ko-KR,ko;q=0.9,en;q=0.8", "fr,ko;q=0.5"])
      assert.equal(await refusal(language), korean, language);
  });

  it("and in English to all others", async () => {
    for (const language of [undefined, "en", "en-US,ko;q=0.5", "fr", "*", "", "nonsense;;q=x"])
      assert.equal(await refusal(language), english, language);
  });

  it("a request that is refused before it is read is told in Korean, too", async () => {
    const response = await fetch(`${backend.url}/api/v1/tasks`, { headers: { "accept-language": "ko" } });
    assert.equal(response.status, 401);
    const { error } = (await response.json()) as { error: { message: string } };
    assert.equal(error.message, "API 키가 필요합니다. X-API-Key 헤더 또는 Authorization: Bearer로 보내세요.");
  });

  const generate = async (language: string, userQuestion: string, outputs: readonly [string, string]) => {
    const client = createClient({ baseUrl: backend.url, apiKey: backend.apiKey, language });
    const progress: string[] = [];
    const examples = [
      { input: "Lovelace, Ada", output: outputs[0] },
      { input: outputs[1] === "Ada" ? "Lovelace, Ada" : "Hopper, Grace", output: outputs[1] },
    ];
    const body = { userQuestion, language: "javascript" as const, strategy: "offline" as const, examples };
    const onProgress = ({ message }: { message: string }): void => void progress.push(message);
    const error = await client.stream("generateCode", { params: {}, body }, { onProgress }).then(
      () => undefined,
      (thrown: HapaError) => thrown,
    );
    return { progress: progress.join("\n"), error };
  };

  it("progress is told in the language of its stream", async () => {
    // Asked in other words each time, else the second answer comes from the cache.
    const inKorean = await generate("ko", "Turn the name around.", ["Ada Lovelace", "Grace Hopper"]);
    assert.match(inKorean.progress, /예제 2개에서 학습하는 중/);
    const inEnglish = await generate("de", "First name first.", ["Ada Lovelace", "Grace Hopper"]);
    assert.match(inEnglish.progress, /Learning from 2 examples/);
  });

  it("so is an error that ends a stream, with the sentences in it", async () => {
    const inKorean = await generate("ko", "Turn it.", ["Ada Lovelace", "Ada"]);
    assert.equal(inKorean.error?.code, "contradictory_examples");
    assert.match(inKorean.error?.message ?? "", /^예제 1과\(와\) 2이\(가\) 모순됩니다\./);
    const inEnglish = await generate("en", "Turn it.", ["Ada Lovelace", "Ada"]);
    assert.match(inEnglish.error?.message ?? "", /^Examples 1 and 2 contradict each other/);
  });

  it("why something was done is told in the language of who asks now; a person's own words stay as they are", async () => {
    const clientFor = (language: string) => createClient({ baseUrl: backend.url, apiKey: backend.apiKey, language });
    const [english, korean] = [clientFor("en"), clientFor("ko")];
    const examples = [{ input: "a", output: "A" }];
    const fields = { name: "shout", description: "Upper case", language: "javascript" as const, samplingRate: 0 };
    const { id } = await english.call("createTask", {
      params: {},
      body: { ...fields, examples, accuracyTarget: 0.5, latencyTargetMs: 200 },
    });
    for (const code of [
      "function run(x) { return x.toUpperCase(); }",
      "function run(x) { return String(x).toUpperCase(); }",
    ])
      await english.call("createArtifact", { params: {}, body: { taskId: id, code, language: "javascript" } });
    const why = '{"template":"My own words","args":[]}';
    await english.call("startRollout", { params: { id }, body: { candidateVersion: 2, reason: why } });
    await english.call("rollBack", { params: { id }, body: {} });
    const told = async (client: typeof english) => {
      const { rollout } = await client.call("getRollout", { params: { id } });
      return [rollout?.reason, rollout?.endReason];
    };
    assert.deepEqual(await told(english), [why, "By hand."]);
    assert.deepEqual(await told(korean), [why, "사람이 직접 했습니다."]);
    const { reason } = await korean.call("improveTask", { params: { id }, body: {} });
    assert.equal(reason, "사람이 요청했습니다.");
  });
});
