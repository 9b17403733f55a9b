/** The one line under the composer that tells, before sending, what would not work. Pure. */
import { strings } from "../shared/strings.ts";
import { draftLanguage, type PanelState } from "./state.ts";

/** Lines of the examples box that say something. */
export function exampleLines(examples: string): string[] {
  return examples.split("\n").filter((line) => line.trim() !== "");
}

/** The most pressing hint about what the composer holds, or null. */
export function hintFor(state: PanelState): string | null {
  const { question, examples } = state.draft;
  const offline = state.backend.state === "ready" && state.backend.model === null;
  const hasExamples = exampleLines(examples).length > 0;
  if (hasExamples) {
    const broken = examples.split("\n").findIndex((line) => line.trim() !== "" && !line.includes("=>"));
    if (broken >= 0) return strings.examplesWithoutArrow(broken + 1);
    return offline && draftLanguage(state) === "typescript" ? strings.noTypescriptOffline : null;
  }
  return offline && question.trim() !== "" ? strings.needsExamples : null;
}
