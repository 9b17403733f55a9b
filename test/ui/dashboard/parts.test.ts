/** The parts of the dashboard that need no browser: the wire's spelling, the ledger, the queue, the words, the links. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { z } from "zod";
import { DashboardLink, Overview } from "../../../src/contract/dashboard.ts";
import { ImprovementList } from "../../../src/contract/improvements.ts";
import { Knowing } from "../../../src/contract/knowing.ts";
import type { ReviewItem } from "../../../src/contract/review.ts";
import { DisagreementPage, Replay, RolloutAnswer } from "../../../src/contract/rollouts.ts";
import { ReferenceInfo } from "../../../src/contract/validations.ts";
import { saved } from "../../../webview-ui/dashboard/assumptions.ts";
import { readLink, readPlace, taskAddress } from "../../../webview-ui/dashboard/link.ts";
import { fromWire, toWire } from "../../../webview-ui/dashboard/wire.ts";
import { english } from "../../../webview-ui/dashboard/words/english.ts";
import { korean } from "../../../webview-ui/dashboard/words/korean.ts";
import { wordsFor } from "../../../webview-ui/dashboard/words.ts";
import * as queues from "../../../webview-ui/shared/review-queue.ts";
import { formatsOf } from "../../../webview-ui/shared/words/format.ts";
import { disagreements, improvements, knowing, replay, rollout, rolloutAnswer } from "./played.ts";

describe("the dashboard's reading of the wire", () => {
  it("is the contract's, and leaves the person's own data as it is", () => {
    const overview = {
      tasks: [
        {
          ...{ task_id: "task_1", name: "n", active_version: 1, accuracy_target: 0.9, executions: 4, failed: 0 },
          ...{ p50_ms: 0.1, p95_ms: null, accuracy: { value: 1, low: 0.5, high: 1, n: 4 }, waiting: 2 },
        },
      ],
      latency: { p50_ms: 0.1, p95_ms: 0.2 },
      ledger: {
        ...{ calls_avoided: 4, prompt_tokens: 1, completion_tokens: 2, program_ms: 3, model_calls: 0, model_usd: 0 },
        prices: { model: "m", prompt: 1, completion: 2 },
      },
    };
    const pairs: [z.ZodType, unknown][] = [
      [Knowing, knowing("task_1")],
      [ImprovementList, improvements("task_1")],
      [RolloutAnswer, rolloutAnswer(rollout("task_1"))],
      [DisagreementPage, disagreements(["d1"])],
      [Replay, replay()],
      [ReferenceInfo, { rows: 2, program: { task_id: "t", task_name: null, version: 1, state: "missing" } }],
      [Overview, overview],
      [DashboardLink, { path: "/#open.x", expires_at: "2026-01-01T00:00:00Z" }],
    ];
    for (const [schema, wire] of pairs) {
      const sent = JSON.parse(JSON.stringify(wire));
      assert.deepEqual(fromWire(sent), z.decode(schema, sent));
    }
    const own = { user_name: 1, camelCase: [{ snake_case: 2 }] };
    assert.deepEqual(fromWire({ expected_output: own, input: own }), { expectedOutput: own, input: own });
    assert.deepEqual(toWire({ executionId: "e", expectedOutput: own }), { execution_id: "e", expected_output: own });
  });
});

describe("the ledger", () => {
  const ledger = {
    ...{ callsAvoided: 1_000, promptTokens: 2_000_000, completionTokens: 500_000, programMs: 5_000 },
    ...{ modelCalls: 3, modelUsd: 0.25, prices: { model: "m", prompt: 0.5, completion: 2 } },
  };
  it("takes off what models and programs cost, and may come out below zero", () => {
    assert.deepEqual(saved(ledger, {}), {
      ...{ moneyUsd: 1.75, timeS: 995, seconds: 1 },
      prices: { prompt: 0.5, completion: 2, model: "m" },
    });
    assert.equal(saved({ ...ledger, modelUsd: 5 }, {}).moneyUsd, -3);
    assert.equal(saved(ledger, { seconds: 0 }).timeS, -5);
  });
  it("claims no money where no prices are known, and says whose prices they are", () => {
    assert.equal(saved({ ...ledger, prices: null }, {}).moneyUsd, null);
    assert.equal(saved({ ...ledger, prices: null }, { prompt: 1 }).moneyUsd, null);
    const own = saved({ ...ledger, prices: null }, { prompt: 1, completion: 1 });
    assert.deepEqual([own.moneyUsd, own.prices?.model], [2.25, null]);
  });
});

describe("the review queue", () => {
  const item = (id: string): ReviewItem => ({
    ...{ kind: "execution", id, taskId: "t", taskName: "T", input: id, at: "", version: 1, output: id, failure: null },
  });
  const ids = (queue: queues.ReviewQueue) => queue.items.map(({ id }) => id).join("");
  const some = queues.loaded(queues.emptyQueue, ["a", "b", "c"].map(item), 5);

  it("goes forward and back, and does not ask twice when more are loaded", () => {
    const two = queues.judgedFirst(queues.judgedFirst(some));
    assert.deepEqual([ids(two), two.waiting], ["c", 3]);
    assert.equal(ids(queues.loaded(two, ["a", "b", "c", "d"].map(item), 3)), "cd");
    const again = queues.back(two);
    assert.deepEqual([ids(again), again.waiting], ["bc", 4]);
    assert.equal(ids(queues.back(queues.back(again))), "abc");
  });

  it("puts what was skipped last, and asks again about what could not be kept", () => {
    const skipped = queues.skippedFirst(some);
    assert.equal(ids(skipped), "bca");
    assert.equal(ids(queues.loaded(skipped, [item("d")], 5)), "bcda");
    const failed = queues.failed(queues.judgedFirst(some), item("a"), "no");
    assert.deepEqual([ids(failed), failed.failure, failed.waiting], ["abc", "no", 5]);
    assert.equal(ids(queues.back(failed)), "abc");
  });
});

describe("links of the dashboard", () => {
  it("are read as they are written, and nothing else is", () => {
    assert.deepEqual(readLink("#open.abc.task_1.ko-KR"), { code: "abc", taskId: "task_1", language: "ko-KR" });
    assert.deepEqual(readLink("#open.abc"), { code: "abc", taskId: "", language: "" });
    for (const other of ["", "#", "#/", "#open", "#open.", "#/tasks/open.x"]) assert.equal(readLink(other), undefined);
    assert.deepEqual(readPlace(taskAddress("a/b c")), { page: "task", taskId: "a/b c" });
    assert.deepEqual(readPlace("#/tasks/%"), { page: "task", taskId: "%" });
    assert.deepEqual(readPlace("#/nowhere"), { page: "overview" });
  });
});

describe("words of the dashboard", () => {
  type Words = (...values: readonly unknown[]) => unknown;
  const leaves = (table: unknown, path = ""): [string, string | Words][] =>
    typeof table === "string" || typeof table === "function"
      ? [[path, table as string | Words]]
      : Object.entries(table as object)
          .filter(([key]) => key !== "format")
          .flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key));
  const tables = { en: leaves(english(formatsOf("en"))), ko: new Map(leaves(korean(formatsOf("ko")))) };
  /** Numbers, names and money alone. */
  const sameInAll =
    /^(duration|latencies|rollout\.stages\.|rollout\.of|improvements\.(cost|score)$|feed\.other|health\.(engine|megabytes))/;

  it("are there in Korean, one for one", () => {
    assert.deepEqual(
      [...tables.ko.keys()],
      tables.en.map(([path]) => path),
    );
    for (const [path, words] of tables.en) {
      const other = tables.ko.get(path);
      assert.equal(typeof other, typeof words, path);
      if (sameInAll.test(path)) continue;
      const text = typeof other === "function" ? String(other(2, 3, 4, 5, 6)) : String(other);
      assert.match(text, /[가-힣]/, path);
    }
  });

  it("are English for any other language", () => {
    for (const tag of ["de", "", "not a tag", "__proto__", "en-GB"]) assert.equal(wordsFor(tag).overview, "Overview");
    assert.equal(wordsFor("ko-KR").overview, "개요");
  });
});
