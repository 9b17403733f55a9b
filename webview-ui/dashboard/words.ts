/** Every word of the dashboard: a table for each language, chosen by `<html lang>`, which `begin.ts` has set. */
import { formatsOf } from "../shared/words/format.ts";
import { english } from "./words/english.ts";
import { korean } from "./words/korean.ts";

export type Words = ReturnType<typeof english>;

/** The table for a BCP 47 tag; English where there is none for it. */
export function wordsFor(tag: string): Words {
  return tag.toLowerCase().split("-")[0] === "ko"
    ? korean(formatsOf(tag))
    : english(formatsOf(isEnglish(tag) ? tag : "en"));
}

/** What is spoken for a tag: itself where there is a table for it, else "en". */
export function spokenFor(tag: string): string {
  return tag.toLowerCase().split("-")[0] === "ko" || isEnglish(tag) ? tag : "en";
}

function isEnglish(tag: string): boolean {
  return tag.toLowerCase().split("-")[0] === "en";
}
