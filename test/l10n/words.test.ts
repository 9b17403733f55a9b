/** What the extension and the backend say to a person can be said in Korean, and in nothing that is no longer said. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { projectRoot } from "../../scripts/lib/run.ts";
import { wordsInSource } from "./words-in-source.ts";

type Texts = Readonly<Record<string, string>>;

const read = (name: string) => JSON.parse(readFileSync(join(projectRoot, name), "utf8"));
const catalogue: Texts = read("l10n/bundle.l10n.ko.json");
const manifestWords: { readonly en: Texts; readonly ko: Texts } = {
  en: read("package.nls.json"),
  ko: read("package.nls.ko.json"),
};
const pairs = [
  ...Object.entries(catalogue),
  ...Object.entries(manifestWords.en).map(([key, text]) => [text, manifestWords.ko[key] ?? ""] as const),
];

/** Texts that are the same in every language: names alone. */
const names = new Set(["HAPA", "Python"]);
/** What a person types, such as `@hapa /explain`. */
const isTyped = (text: string): boolean => /^[a-z]+$/.test(text);

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].sort();
const parts = (text: string, form: RegExp): string[] => [...text.matchAll(form)].map(([found]) => found).sort();
/** Whether there is anything to translate: not in "{0}: {1}". */
const hasWords = (text: string): boolean => /\p{L}/u.test(text.replace(/\{\d+\}/g, ""));

describe("words", () => {
  const { texts, unseen } = wordsInSource();

  it("of the code are all translated", () => {
    const missing = [...texts].filter(([text]) => hasWords(text) && !Object.hasOwn(catalogue, text));
    const told = missing.map(([text, place]) => `${place}: ${JSON.stringify(text)}`);
    assert.deepEqual(told, [], "add these to l10n/bundle.l10n.ko.json (docs/translating.md)");
  });

  it("of the catalogue are all used", () => {
    const unused = Object.keys(catalogue).filter((text) => !texts.has(text));
    assert.deepEqual(unused, [], "take these out of l10n/bundle.l10n.ko.json: nothing says them");
  });

  it("are handed to l10n.t as plain texts", () => {
    // What say`…` kept is looked up in one place, under the template that was found where it was said.
    const elsewhere = unseen.filter((place) => !place.startsWith("src/extension/in-words.ts:"));
    assert.deepEqual(elsewhere, [], "a text that is put together cannot be translated");
  });

  it("of the manifest are all in its word files, in both languages and nothing else", () => {
    const used = new Set(JSON.stringify(read("package.json")).match(/(?<=")%[^%"]+%(?=")/g));
    const keys = [...used].map((one) => one.slice(1, -1)).sort();
    assert.deepEqual(Object.keys(manifestWords.en).sort(), keys);
    assert.deepEqual(Object.keys(manifestWords.ko), Object.keys(manifestWords.en), "the same keys in the same order");
  });

  it("of the manifest that people read are keys", () => {
    const { displayName, description, capabilities, contributes } = read("package.json");
    const { languageModelTools, ...shown } = contributes;
    // What tells a model how to use a tool is read by models only.
    const toolTexts = languageModelTools.map((tool: Record<string, unknown>) => [
      tool["displayName"],
      tool["userDescription"],
    ]);
    const plain: string[] = [];
    const visit = (value: unknown, key: string): void => {
      if (Array.isArray(value)) for (const one of value) visit(one, key);
      else if (typeof value === "object" && value !== null)
        for (const [name, one] of Object.entries(value)) visit(one, name);
      else if (typeof value === "string" && readByPeople.test(key) && !/^%.+%$/.test(value))
        if (!names.has(value) && !isTyped(value)) plain.push(`${key}: ${value}`);
    };
    visit({ displayName, description, capabilities, ...shown, title: toolTexts }, "");
    assert.deepEqual(plain, [], "move these to package.nls.json and package.nls.ko.json");
  });

  it("keep their placeholders, icons, code and links in every language", () => {
    const forms = [/\{\d+\}/g, /\$\([a-z~-]+\)/g, /`[^`=]+`/g, /\]\(command:[^)]+\)/g, /\*\*/g];
    const wrong = pairs.filter(([english, korean]) =>
      forms.some((form) => parts(english, form).join() !== parts(korean, form).join()),
    );
    const often = wrong.filter(([english, korean]) => placeholders(english).join() !== placeholders(korean).join());
    assert.deepEqual(often, [], "a placeholder is missing, or is none of the English text");
    assert.deepEqual(wrong, []);
  });

  it("are in Korean", () => {
    const same = pairs.filter(([english, korean]) => !/[\uac00-\ud7a3]/.test(korean) && !names.has(english));
    assert.deepEqual(same, []);
  });

  it("fit whatever is put before a particle", () => {
    // Which of the two is right depends on the last letter of what stands there: both are written.
    const one = /(?:\{\d+\}["”]?)(?:을(?!\()|를(?!\()|이(?= )|가(?= )|은(?!\()|는(?= )|과(?!\()|와(?!\()|로(?= ))/;
    assert.deepEqual(
      pairs.filter(([, korean]) => one.test(korean)),
      [],
    );
  });

  it("name a command as the menus name it", () => {
    const titles = Object.entries(manifestWords.en).filter(([key]) => key.startsWith("commands."));
    const wrong = pairs.filter(([english, korean]) =>
      titles.some(
        ([key, title]) => english.includes(`HAPA: ${title}`) && !korean.includes(`HAPA: ${manifestWords.ko[key]}`),
      ),
    );
    assert.deepEqual(wrong, []);
  });
});

const readByPeople =
  /^(?:title|shortTitle|displayName|description|markdownDescription|label|name|fullName|contents|contextualTitle|altText|patternErrorMessage|deprecationMessage|(?:markdown)?[eE]numDescriptions)$/;
