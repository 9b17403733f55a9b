/**
 * Collects examples one by one. The box starts with a selected line, to be completed after the arrow; what was given
 * stands below, can be taken out again, or put back into the box by choosing it. Enter on an empty (or untouched) box,
 * Done, or the ✓ button go on.
 */
import * as vscode from "vscode";
import { formatExamples, parseExamples, type TextExample } from "../examples.ts";
import { inWords } from "../in-words.ts";

const { t } = vscode.l10n;

interface Item extends vscode.QuickPickItem {
  readonly at?: number;
}

/** Undefined where the person gave up (Escape). `title` names the command that asks; `given` are there to begin with. */
export function askForExamples(
  title: string,
  lines: readonly string[],
  given: readonly TextExample[] = [],
): Promise<readonly TextExample[] | undefined> {
  return new Promise((resolve) => {
    const examples = [...given];
    const box = vscode.window.createQuickPick<Item>();
    const done: vscode.QuickInputButton = {
      iconPath: new vscode.ThemeIcon("check"),
      tooltip: t("Done: Go on with These Examples"),
    };
    const remove: vscode.QuickInputButton = {
      iconPath: new vscode.ThemeIcon("trash"),
      tooltip: t("Take This Example Out"),
    };
    let offered = "";
    let result: readonly TextExample[] | undefined;

    const offerNext = (): void => {
      const used = new Set(examples.map(({ input }) => input));
      const next = lines.find((line) => !used.has(line));
      offered = next === undefined ? "" : `${sideOf(next)} => `;
      box.value = offered;
    };
    const show = (problem?: string): void => {
      box.title = titleOf(title, examples.length);
      box.items = [
        problem
          ? { label: `$(warning) ${problem}`, alwaysShow: true }
          : examples.length === 0
            ? { label: t("$(info) Complete the line with what it should become, then press Enter."), alwaysShow: true }
            : {
                label: t("$(check) Done"),
                description: whatDoneDoes(examples.length),
                alwaysShow: true,
              },
        ...examples.map((example, at) => ({
          label: `$(pass) ${formatExamples([example])}`,
          alwaysShow: true,
          buttons: [remove],
          at,
        })),
      ];
      box.activeItems = [];
    };
    const finish = (): void => {
      if (examples.length === 0) {
        show(t("Complete the line above with what it should become."));
        return;
      }
      result = examples;
      box.hide();
    };

    box.placeholder = "in => out";
    box.ignoreFocusOut = true;
    box.buttons = [done];
    box.onDidTriggerButton(() => {
      if (take() !== "wrong") finish();
    });
    box.onDidTriggerItemButton(({ item }) => {
      if (item.at !== undefined) examples.splice(item.at, 1);
      show();
    });
    const take = (): "taken" | "empty" | "wrong" => {
      const text = box.value.trim();
      if (text === "" || text === offered.trim()) return "empty";
      const { examples: read, errors } = parseExamples(text);
      const [example] = read;
      if (!example) {
        show(errors[0] ? inWords(errors[0].alone) : t("Write it as: in => out"));
        return "wrong";
      }
      examples.push(example);
      return "taken";
    };
    /** The example goes back into the box, to be typed anew. */
    const change = (at: number): void => {
      const [example] = examples.splice(at, 1);
      show();
      if (example) box.value = formatExamples([example]);
    };
    box.onDidAccept(() => {
      const at = box.selectedItems[0]?.at;
      const taken = take();
      if (taken === "wrong") return;
      if (at !== undefined) return change(at);
      if (taken === "empty") return finish();
      offerNext();
      show();
    });
    box.onDidHide(() => {
      box.dispose();
      resolve(result);
    });
    show();
    box.show();
    offerNext(); // After it is shown: a value that is there before is selected, and typing would replace it.
  });
}

function titleOf(command: string, given: number): string {
  if (given === 0) return t("{0}: give examples as “in => out”", command);
  return given === 1 ? t("{0}: 1 example given", command) : t("{0}: {1} examples given", command, given);
}

function whatDoneDoes(given: number): string {
  if (given === 1) return t("learn from 1 example (three or more work best), or complete the line for one more");
  return given === 2
    ? t("learn from 2 examples (three or more work best), or complete the line for one more")
    : t("learn from {0} examples, or complete the line for one more", given);
}

/** A line as the left side of an example: quoted only where it must be. */
function sideOf(line: string): string {
  return formatExamples([{ input: line, output: "x" }]).slice(0, -" => x".length);
}
