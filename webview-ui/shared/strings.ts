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

/** The table for a BCP 47 tag ("ko", "en-GB"); English where there is none for it. */
export function stringsFor(tag: string): Strings {
  const [language = "en"] = tag.toLowerCase().split("-");
  return Object.hasOwn(tables, language) ? (tables[language] ?? english)(formatsOf(tag)) : english(formatsOf("en"));
}

/** Tests of pure parts read the words where there is no page. */
const { document: page } = globalThis as { document?: { documentElement: { lang: string } } };

export const strings = stringsFor(page?.documentElement.lang || "en");
