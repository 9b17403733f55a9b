/** Asks what one doubtful line should become: what programs that fit make of it, something else, or no answer. */
import * as vscode from "vscode";
import type { Doubt } from "../../contract/webview.ts";

const { t } = vscode.l10n;

export type Reply = { readonly output: string } | "skip";

interface Item extends vscode.QuickPickItem {
  readonly reply?: Reply | "other";
}

/**
 * Undefined where the person wants no more questions (Escape), or the signal was aborted.
 * @param place such as "line 7, 1 of 2"
 */
export async function askWhichIsRight(doubt: Doubt, place: string, signal: AbortSignal): Promise<Reply | undefined> {
  const chosen = await choose(doubt, place, signal);
  if (chosen !== "other") return chosen;
  const output = await typeIt(doubt, signal);
  return output === undefined ? undefined : { output };
}

function choose(doubt: Doubt, place: string, signal: AbortSignal): Promise<Reply | "other" | undefined> {
  return new Promise((resolve) => {
    const box = vscode.window.createQuickPick<Item>();
    let result: Reply | "other" | undefined;
    const hide = (): void => box.hide();
    const show = (): void => {
      box.items = itemsFor(doubt, box.value);
    };
    box.title = t("Which is right? ({0})", place);
    box.placeholder = t("{0} → choose what it should become, or type it", doubt.input);
    box.ignoreFocusOut = true; // The diff behind it may be looked at.
    box.onDidChangeValue(show);
    box.onDidAccept(() => {
      result = box.selectedItems[0]?.reply;
      box.hide();
    });
    box.onDidHide(() => {
      signal.removeEventListener("abort", hide);
      box.dispose();
      resolve(signal.aborted ? undefined : result);
    });
    signal.addEventListener("abort", hide, { once: true });
    if (signal.aborted) return resolve(undefined);
    show();
    box.show();
  });
}

function itemsFor({ input, current, others }: Doubt, typed: string): Item[] {
  const asItIs = input === current || others.includes(input) ? [] : [input];
  return [
    ...(current === null
      ? []
      : [{ label: labelOf(current), description: t("as in the preview"), reply: { output: current } }]),
    ...others.map((output) => ({ label: labelOf(output), reply: { output } })),
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    ...asItIs.map(
      (output): Item => ({ label: t("$(lock) Keep it as it is"), description: labelOf(output), reply: { output } }),
    ),
    typed.trim() === ""
      ? { label: t("$(edit) Something else…"), alwaysShow: true, reply: "other" }
      : { label: t("$(edit) Something else: {0}", labelOf(typed)), alwaysShow: true, reply: { output: typed } },
    { label: t("$(debug-step-over) Skip this line"), alwaysShow: true, reply: "skip" },
  ];
}

async function typeIt({ input, current, others }: Doubt, signal: AbortSignal): Promise<string | undefined> {
  const cancelling = new vscode.CancellationTokenSource();
  const cancel = (): void => cancelling.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const title = t("Which is right?");
    const options = { title, prompt: t("What should “{0}” become?", input), value: current ?? others[0] ?? "" };
    return await vscode.window.showInputBox({ ...options, ignoreFocusOut: true }, cancelling.token);
  } finally {
    signal.removeEventListener("abort", cancel);
    cancelling.dispose();
  }
}

/** Text that stands for itself: `$(name)` in it is no icon, and an empty one can be seen. */
function labelOf(output: string): string {
  return output === "" ? t("(empty)") : output.replaceAll("$(", "\\$(");
}
