/** What stands in the editor when the person asks in the panel. */
import type { Language, ProgramLanguage } from "../../contract/tasks.ts";
import type { EditorContext } from "../../contract/webview.ts";
import { chipsOf, type Place } from "./place.ts";

const maxLines = 10_000;

/** @param forData The language of programs that work on data files. */
export function editorContext(place: Place | undefined, forData: ProgramLanguage): EditorContext {
  return {
    fileName: place?.snapshot.fileName ?? null,
    language: codeLanguage(place?.snapshot.languageId) ?? forData,
    selectedLines: place?.snapshot.lines.slice(0, maxLines).map(({ text }) => text) ?? [],
    chips: place ? chipsOf(place) : [],
  };
}

/** Undefined for what is no code of a language that HAPA writes. */
export function codeLanguage(languageId: string | undefined): Language | undefined {
  const language = languageId?.replace(/react$/, "");
  return language === "python" || language === "typescript" || language === "javascript" ? language : undefined;
}
