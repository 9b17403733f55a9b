/** The one line under the composer that tells, before sending, what would not work. Pure. */
import { strings } from "../shared/strings.ts";
import { includedChips, typedCommand } from "./draft.ts";
import { draftLanguage, type PanelState } from "./state.ts";

/** Commands that only a model can follow. */
const needModel = ["explain", "fix", "test", "docs"];
/** Commands that are about code which is already there. */
const needCode = [...needModel, "validate"];

/** Lines of the examples box that say something. */
export function exampleLines(examples: string): string[] {
  return examples.split("\n").filter((line) => line.trim() !== "");
}

/** The most pressing hint about what the composer holds, or null. */
export function hintFor(state: PanelState): string | null {
  const { draft, context, backend } = state;
  const { question, examples } = draft;
  const command = draft.command ?? typedCommand(question.trim())?.command ?? null;
  const offline = backend.state === "ready" && backend.model === null;
  if (command !== null && offline && needModel.includes(command)) return strings.needsModel(command);
  if (command !== null && needCode.includes(command)) {
    return includedChips(draft, context).length === 0 ? strings.needsContext(command) : null;
  }
  if (exampleLines(examples).length > 0) {
    const broken = examples.split("\n").findIndex((line) => line.trim() !== "" && !line.includes("=>"));
    if (broken >= 0) return strings.examplesWithoutArrow(broken + 1);
    return offline && draftLanguage(state) === "typescript" ? strings.noTypescriptOffline : null;
  }
  return offline && question.trim() !== "" ? strings.needsExamples : null;
}
