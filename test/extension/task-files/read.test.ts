/** Task files as people write them: what is understood, and what they are told where. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, it } from "mocha";
import { comparisons } from "../../../src/contract/comparison.ts";
import { PrivacyMode } from "../../../src/contract/datasets.ts";
import { spoken } from "../../../src/contract/say.ts";
import { Improve, ProgramLanguage, SamplingStrategy, type Task } from "../../../src/contract/tasks.ts";
import type { JsonValue } from "../../../src/contract/wire.ts";
import { slugOf } from "../../../src/extension/slug.ts";
import { suggest } from "../../../src/extension/task-files/assist.ts";
import { beyond, freely, sentences, without } from "../../../src/extension/task-files/consent.ts";
import { exampleFields, fields } from "../../../src/extension/task-files/fields.ts";
import { readTaskFile } from "../../../src/extension/task-files/read.ts";
import { writeTaskFile } from "../../../src/extension/task-files/write.ts";

const names = `# People, turned around
id: task_names
name: Turn names
language: javascript
examples:
  - input: Lovelace, Ada
    output: Ada Lovelace
  - { input: "Hopper, Grace", output: Grace Hopper }
accuracy_target: 1
`;

const task: Task = {
  id: "task_01ABC",
  name: "Turn names",
  description: "First name first.\nWithout the comma.",
  language: "python",
  inputSchema: null,
  outputSchema: { type: "string" },
  examples: [{ input: "a", output: "b" }],
  accuracyTarget: 0.8,
  latencyTargetMs: 25,
  samplingRate: 0.05,
  comparison: "exact",
  modelVerdictsPerDay: 0,
  modelUsdPerDay: 1,
  privacyMode: "balanced" as const,
  samplingStrategy: "random" as const,
  improve: "auto" as const,
  draft: false,
  activeVersion: 1,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
};

/** What is told of a text: severity, the text it stands at, and the message. */
function told(text: string): string[] {
  return readTaskFile(text, "file").problems.map(
    ({ severity, start, end, message }) =>
      `${severity} at ${JSON.stringify(text.slice(start, end))}: ${spoken(message)}`,
  );
}

describe("task files", () => {
  it("a file says what the task is, and each example where it stands", () => {
    const read = readTaskFile(names, "file");
    assert.deepEqual(read.problems, []);
    assert.equal(read.id, "task_names");
    assert.deepEqual(read.spec, {
      name: "Turn names",
      language: "javascript",
      examples: [
        { input: "Lovelace, Ada", output: "Ada Lovelace" },
        { input: "Hopper, Grace", output: "Grace Hopper" },
      ],
      accuracyTarget: 1,
    });
    const [first, second] = read.examples;
    assert.equal(names.slice(first?.outputPlace.start, first?.outputPlace.end), "Ada Lovelace");
    assert.equal(names.slice(second?.place.start, second?.place.end), 'input: "Hopper, Grace", output: Grace Hopper');
  });

  it("without a name, the file's name is the task's", () => {
    assert.equal(readTaskFile("examples: [{input: 1, output: 2}]", "orders").spec?.name, "orders");
  });

  it("what is wrong is told where it stands, with what to do", () => {
    assert.deepEqual(
      told("exampels: []\n")[0],
      'error at "exampels": “exampels” is not known here. Is “examples” meant?',
    );
    assert.match(
      told("colour: red\nexamples: []")[0] ?? "",
      /^error at "colour": “colour” is not known here: there are id, name/,
    );
    assert.deepEqual(told("examples:\n  - input: a\n"), ['error at "input": This example has no “output”.']);
    assert.deepEqual(told("examples:\n  - output: a\n"), ['error at "output": This example has no “input”.']);
    assert.deepEqual(told("examples:\n  - input: 1\n    outptu: 2\n"), [
      'error at "outptu": “outptu” is not known here. Is “output” meant?',
      'error at "input": This example has no “output”.',
    ]);
    assert.match(told("examples:\n  - a => b\n")[0] ?? "", /An example has an “input” and an “output”/);
    assert.match(
      told("accuracy_target: 90\nexamples: [{input: 1, output: 1}]")[0] ?? "",
      /^error at "90": .* from 0 to 1/,
    );
    assert.match(told("language: rust\nexamples: [{input: 1, output: 1}]")[0] ?? "", /^error at "rust"/);
    assert.match(told("id: names\nexamples: [{input: 1, output: 1}]")[0] ?? "", /^error at "names": An id is “task_”/);
    assert.match(told("examples_file: ../../etc/passwd")[0] ?? "", /^error .*must stand beside this file/);
    assert.match(told("examples_file: /etc/passwd")[0] ?? "", /must stand beside/);
    assert.match(told("name: x")[0] ?? "", /^warning .*no examples/);
    assert.match(told("- a")[0] ?? "", /list of keys/);
    assert.match(told("name: [a")[0] ?? "", /^error/);
    assert.match(told("name: a\nname: b\nexamples: [{input: 1, output: 1}]")[0] ?? "", /unique/i);
    assert.equal(readTaskFile("examples:\n  - input: a\n", "x").spec, undefined, "a wrong file is taken over");
  });

  it("examples that contradict each other are an error, repeated ones a hint, whatever the order of keys", () => {
    const text =
      "examples:\n  - {input: {a: 1, b: 2}, output: x}\n  - {input: {b: 2, a: 1}, output: y}\n  - {input: {a: 1, b: 2}, output: x}\n";
    assert.deepEqual(
      told(text).map((one) => one.replace(/ at .*: (T)/, ": $1")),
      [
        "error: This contradicts the example in line 2: the same input, another output. Remove one of them.",
        "information: The same example stands in line 2.",
      ],
    );
  });

  it("a number that may have been meant as a text is told", () => {
    const one = (input: string) => told(`examples:\n  - input: ${input}\n    output: x\n`);
    assert.match(one("007")[0] ?? "", /information at "007": This is read as the number 7\..*“007”/);
    assert.match(one("1.50")[0] ?? "", /number 1\.5/);
    assert.match(one("12345678901234567890")[0] ?? "", /read as the number 12345678901234567000/);
    assert.match(one(".nan")[0] ?? "", /^error/);
    assert.deepEqual(one('"007"'), []);
    assert.deepEqual(one("2026-01-02"), []);
    assert.deepEqual(one("-1.5"), []);
  });

  const learning = `sampling_rate: 0.2
sampling_strategy: adaptive
comparison: meaning
privacy_mode: strict
improve: off
model_verdicts_per_day: 50
model_usd_per_day: 0.5
`;
  const settings = {
    samplingRate: 0.2,
    samplingStrategy: "adaptive",
    comparison: "meaning",
    privacyMode: "strict",
    improve: "off",
    modelVerdictsPerDay: 50,
    modelUsdPerDay: 0.5,
  } as const;

  it("a file says how its task learns, and what cannot be is told where it stands", () => {
    const read = readTaskFile(names + learning, "file");
    assert.deepEqual(read.problems, []);
    const { name: _, language: __, examples: ___, accuracyTarget: ____, ...said } = read.spec ?? {};
    assert.deepEqual(said, settings);
    const one = (line: string) => told(`${names}${line}\n`);
    assert.deepEqual(one("improve: never"), ['error at "never": “improve” must be one of these: auto, ask, off.']);
    assert.deepEqual(one("privacy_mode: 1"), [
      'error at "1": “privacy_mode” must be one of these: strict, balanced, permissive.',
    ]);
    assert.match(one("sampling_strategy: [edge]")[0] ?? "", /^error .*random, stratified, edge, adaptive/);
    assert.match(one("comparison:")[0] ?? "", /^error .*exact, text/);
    assert.deepEqual(one("model_verdicts_per_day: 0.5"), [
      'error at "0.5": “model_verdicts_per_day” must be a whole number from 0 to 100000.',
    ]);
    assert.match(one("model_usd_per_day: -1")[0] ?? "", /^error at "-1": .* from 0 to 10000/);
    assert.match(one("model_usd_per_day: $1")[0] ?? "", /^error at "\$1"/);
    assert.match(one("privacy: strict")[0] ?? "", /^error at "privacy"/);
  });

  it("how a task learns is written where it is not as usual, and read as the same", () => {
    const usual = writeTaskFile(task, "x", "A task.").yaml;
    assert.doesNotMatch(usual, /sampling|comparison|privacy|improve|model/);
    const { yaml } = writeTaskFile({ ...task, ...settings }, "x", "A task.");
    const { spec, problems } = readTaskFile(yaml, "x");
    assert.deepEqual(problems, []);
    for (const [key, value] of Object.entries(settings)) assert.equal(spec?.[key as keyof typeof settings], value, key);
    assert.equal(writeTaskFile({ ...task, ...spec, examples: task.examples }, "x", "A task.").yaml, yaml);
    fc.assert(
      fc.property(
        fc.record({
          samplingRate: fc.double({ min: 0, max: 1, noNaN: true }),
          samplingStrategy: fc.constantFrom(...SamplingStrategy.options),
          comparison: fc.constantFrom(...comparisons),
          privacyMode: fc.constantFrom(...PrivacyMode.options),
          improve: fc.constantFrom(...Improve.options),
          modelVerdictsPerDay: fc.integer({ min: 0, max: 100_000 }),
          modelUsdPerDay: fc.double({ min: 0, max: 10_000, noNaN: true }),
        }),
        (some) => {
          const read = readTaskFile(writeTaskFile({ ...task, ...some }, "x", "A task.").yaml, "x");
          assert.deepEqual(
            read.problems.filter(({ severity }) => severity === "error"),
            [],
          );
          const { outputSchema: _, ...usually } = task;
          const same = { ...usually, ...read.spec };
          for (const [key, value] of Object.entries(some)) assert.equal(same[key as keyof typeof some], value, key);
        },
      ),
    );
  });

  it("what a file wants to send, spend or keep unmasked beyond what its task allows waits for the person", () => {
    const spec = { name: "x", samplingRate: 1, modelVerdictsPerDay: 50, privacyMode: "permissive" } as const;
    assert.deepEqual(beyond(spec, undefined), { modelVerdictsPerDay: 50, privacyMode: "permissive" });
    assert.deepEqual(without(spec, beyond(spec, undefined)), { name: "x", samplingRate: 1 });
    assert.deepEqual(beyond({ name: "x", modelUsdPerDay: 2 }, task), { modelUsdPerDay: 2 });
    // Less, or as much, is nobody's question.
    assert.deepEqual(beyond({ ...spec, modelUsdPerDay: 1 }, { ...task, ...spec }), {});
    assert.deepEqual(beyond({ name: "x", modelVerdictsPerDay: 0, privacyMode: "strict" }, task), {});
    assert.deepEqual(beyond({ name: "x", privacyMode: "balanced" }, { ...task, privacyMode: "strict" }), {
      privacyMode: "balanced",
    });
    assert.deepEqual(freely({ ...spec, modelUsdPerDay: 3 }), { name: "x", samplingRate: 1 });
    assert.deepEqual(
      sentences(beyond(spec, task), task).map((one) => spoken(one)),
      [
        "A model may judge up to 50 of its runs a day, for at most $1 a day: their inputs are sent to it.",
        "Its dataset on this computer keeps personal data unmasked.",
      ],
    );
    assert.deepEqual(sentences({}, task), []);
  });

  it("completion offers the values a key may have", () => {
    const offered = (line: string) => suggest([line], 0, line.length).map(({ label }) => label);
    assert.deepEqual(offered("privacy_mode: "), ["strict", "balanced", "permissive"]);
    assert.deepEqual(offered("improve: o"), ["auto", "ask", "off"]);
    assert.ok(offered("mod").includes("model_usd_per_day"));
  });

  it("a file made to hurt is refused in time", () => {
    const bomb = `${Array.from({ length: 30 }, (_, at) => `x${at}: &a${at} [${at ? `*a${at - 1}, *a${at - 1}` : "1"}]`).join("\n")}\n`;
    const started = performance.now();
    assert.ok(told(bomb).length > 0);
    assert.ok(
      told(`examples:\n  - input: ${"[".repeat(5_000)}${"]".repeat(5_000)}\n    output: 1\n`).some((one) =>
        one.startsWith("error"),
      ),
    );
    const laughs = `examples:\n  - input:\n      a0: &a0 [1,1,1,1,1,1,1,1,1]\n${Array.from({ length: 12 }, (_, at) => `      a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join()}]`).join("\n")}\n    output: 1\n`;
    assert.ok(
      told(laughs).some((one) => one.startsWith("error")),
      "a billion laughs were read",
    );
    assert.ok(performance.now() - started < 10_000);
  });

  it("a task written as a file is read as the same task", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ input: fc.jsonValue(), output: fc.jsonValue() }), { maxLength: 6 }),
        fc.string({ maxLength: 60, unit: "grapheme" }),
        (given, description) => {
          const examples = (JSON.parse(JSON.stringify(given)) as { input: JsonValue; output: JsonValue }[]).filter(
            ({ input }, at, all) => all.findIndex((one) => JSON.stringify(one.input) === JSON.stringify(input)) === at,
          );
          const { yaml } = writeTaskFile({ ...task, examples, description }, "x", "A task.");
          const read = readTaskFile(yaml, "x");
          const errors = read.problems.filter(
            ({ severity, message }) => severity === "error" && !spoken(message).includes("contradicts"),
          );
          assert.deepEqual(errors, [], yaml);
          assert.deepEqual(
            read.examples.map(({ input, output }) => ({ input, output })),
            examples,
            yaml,
          );
          if (read.spec) assert.equal(read.spec.description ?? "", description.trim());
        },
      ),
      { numRuns: 200 },
    );
  });

  it("many examples stand in a file of their own", () => {
    const examples = Array.from({ length: 500 }, (_, at) => ({ input: at, output: `${at}` }));
    const written = writeTaskFile({ ...task, examples }, "names", "A task.");
    assert.equal(written.examples?.name, "names.examples.jsonl");
    assert.equal(written.examples?.text.split("\n").length, 501);
    const { examplesFile, spec, problems } = readTaskFile(written.yaml, "names");
    assert.deepEqual([examplesFile?.path, spec?.examples, problems], ["names.examples.jsonl", undefined, []]);
  });

  it("a file's name follows the task's, in any script", () => {
    assert.deepEqual(["Turn  names!", "한국어 이름", "../..", "É/è"].map(slugOf), [
      "turn-names",
      "한국어-이름",
      "task",
      "é-è",
    ]);
  });

  it("the JSON schema for other editors says the same", async () => {
    const path = join(import.meta.dirname, "../../../schemas/task.schema.json");
    const schema = JSON.parse(await readFile(path, "utf8"));
    const said = (properties: Record<string, { description: string }>) =>
      Object.entries(properties).map(([key, { description }]) => [key, description]);
    assert.deepEqual(
      said(schema.properties),
      Object.entries(fields).map(([key, { description }]) => [key, spoken(description)]),
    );
    const example = schema.properties.examples.items;
    assert.deepEqual(
      said(example.properties),
      Object.entries(exampleFields).map(([key, { description }]) => [key, spoken(description)]),
    );
    const values = {
      language: ProgramLanguage.options,
      sampling_strategy: SamplingStrategy.options,
      comparison: comparisons,
      privacy_mode: PrivacyMode.options,
      improve: Improve.options,
    };
    for (const [key, allowed] of Object.entries(values)) {
      assert.deepEqual(fields[key]?.values, allowed, key);
      assert.deepEqual(schema.properties[key].enum, allowed, key);
    }
    assert.deepEqual([schema.additionalProperties, example.required], [false, ["input", "output"]]);
  });
});
