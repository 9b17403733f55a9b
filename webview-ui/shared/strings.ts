/**
 * Every word a person reads in a webview: a table for each language, all of one type. The page says which one it wants
 * by `<html lang>`, once, at its start.
 */
import { english } from "./words/english.ts";
import { type Formats, formatsOf } from "./words/format.ts";
import { korean } from "./words/korean.ts";

export type Strings = ReturnType<typeof english>;

/** Another language is another entry here. */
const tables: Readonly<Record<string, (format: Formats) => Strings>> = { en: english, ko: korean };

/** What is spoken for a BCP 47 tag ("ko-KR"): the tag itself where there is a table for it, else "en". */
function spokenFor(tag: string): string {
  const [language = ""] = tag.toLowerCase().split("-");
  return Object.hasOwn(tables, language) ? tag : "en";
}

/** The table for a BCP 47 tag ("ko", "en-GB"); English where there is none for it. */
export function stringsFor(tag: string): Strings {
  const spoken = spokenFor(tag);
  const [language = "en"] = spoken.toLowerCase().split("-");
  return (tables[language] ?? english)(formatsOf(spoken));
}

/** Tests of pure parts read the words where there is no page. */
const { document: page } = globalThis as { document?: { documentElement: { lang: string } } };
const spoken = spokenFor(page?.documentElement.lang ?? "en");
// A screen reader speaks the language that the page says it has.
if (page) page.documentElement.lang = spoken;

export const strings = stringsFor(spoken);
