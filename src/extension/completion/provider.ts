/** Proposes code at the cursor through VS Code's own inline suggestions, which keep their keys: HAPA binds none. */
import { setTimeout as pause } from "node:timers/promises";
import * as vscode from "vscode";
import { maxPrefix, maxSuffix } from "../../contract/completion-limits.ts";
import { spoken } from "../../contract/say.ts";
import type { LazyBackend } from "../backend.ts";
import { explain, isHapaError } from "../errors.ts";
import type { Log } from "../log.ts";
import { refusalFor } from "./allowed.ts";
import { createPace } from "./pace.ts";

/** After a failure nothing is asked for so long, in ms: a model that is down is not called at every key. */
const restMs = 10_000;

interface Around {
  readonly prefix: string;
  readonly suffix: string;
}

interface Proposal extends Around {
  readonly uri: string;
  readonly text: string;
}

export function createProvider(backend: LazyBackend, log: Log): vscode.InlineCompletionItemProvider {
  const pace = createPace();
  let proposed: Proposal | undefined;
  let restUntil = 0;
  let lastProblem = "";

  const onFailure = (error: unknown): void => {
    const { message: said, stopped } = explain(error);
    if (stopped) return;
    const message = spoken(said);
    const details = isHapaError(error) ? (error.details as { retry_after_s?: number } | undefined) : undefined;
    restUntil = Date.now() + (details?.retry_after_s === undefined ? restMs : details.retry_after_s * 1_000);
    if (message !== lastProblem) log.warn(`Completion: ${message}`);
    lastProblem = message;
  };

  const ask = async (document: vscode.TextDocument, { prefix, suffix }: Around, signal: AbortSignal) => {
    const { client } = await backend.get();
    const filePath = vscode.workspace.asRelativePath(document.uri);
    const body = { prefix, suffix, language: document.languageId, filePath };
    const { completions } = await client.call("completeCode", { params: {}, body }, { signal });
    lastProblem = "";
    return completions[0]?.text;
  };

  return {
    async provideInlineCompletionItems(document, position, { triggerKind, selectedCompletionInfo: selected }, token) {
      if (refusalFor(document)) return undefined;
      const at = selected?.range.start ?? position;
      const around = textAround(document, at, selected?.range.end ?? position, selected?.text ?? "");
      const range = selected?.range ?? new vscode.Range(position, position);
      const item = (text: string) => [new vscode.InlineCompletionItem((selected?.text ?? "") + text, range)];
      const uri = document.uri.toString();

      const rest = proposed?.uri === uri ? stillProposed(proposed, around) : undefined;
      if (rest) return item(rest);
      if (triggerKind === vscode.InlineCompletionTriggerKind.Automatic) {
        if (Date.now() < restUntil) return undefined;
        await pause(pace.wait(performance.now()));
      }
      if (token.isCancellationRequested) return undefined;
      const stop = new AbortController();
      const cancelling = token.onCancellationRequested(() => stop.abort());
      try {
        const text = await ask(document, around, stop.signal);
        if (text === undefined || token.isCancellationRequested) return undefined;
        proposed = { ...around, uri, text };
        return item(text);
      } catch (error) {
        onFailure(error);
        return undefined;
      } finally {
        cancelling.dispose();
      }
    },
  };
}

/** As much as is sent; `chosen` is what the list of suggestions would put between. */
function textAround(document: vscode.TextDocument, from: vscode.Position, to: vscode.Position, chosen: string): Around {
  const start = document.positionAt(Math.max(0, document.offsetAt(from) - maxPrefix));
  const end = document.positionAt(document.offsetAt(to) + maxSuffix);
  return {
    prefix: document.getText(new vscode.Range(start, from)) + chosen,
    suffix: document.getText(new vscode.Range(to, end)),
  };
}

/** What is left of a proposal whose beginning was typed; the backend knows, too, but is some milliseconds away. */
function stillProposed({ prefix, suffix, text }: Proposal, now: Around): string | undefined {
  if (now.suffix !== suffix || !now.prefix.startsWith(prefix)) return undefined;
  const typed = now.prefix.slice(prefix.length);
  return typed.length < text.length && text.startsWith(typed) ? text.slice(typed.length) : undefined;
}
