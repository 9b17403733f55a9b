/** The chat participant `@hapa`: a proven program from examples; for words, the model the person chose in the chat. */
import * as vscode from "vscode";
import type { Artifact } from "../../contract/artifacts.ts";
import { fenced } from "../../contract/markdown.ts";
import { noted } from "../../contract/notes.ts";
import { spoken } from "../../contract/say.ts";
import { doubtsAbout, oddExamples } from "../doubts.ts";
import { applyProgram } from "../editor/apply-program.ts";
import { currentPlace } from "../editor/place.ts";
import type { Snapshot } from "../editor/selection.ts";
import { explain, Notice } from "../errors.ts";
import type { TextExample } from "../examples.ts";
import { textOf } from "../files/format.ts";
import { inWords } from "../in-words.ts";
import { describeProof, makeProgram, runProgram } from "../programs.ts";
import { saveTask } from "../save-task.ts";
import type { Workshop } from "../workshop.ts";
import { readPrompt } from "./chat-prompt.ts";
import { answerInWords, attachedText } from "./chat-words.ts";

/** What the buttons under an answer work with. */
interface Made {
  readonly program: Artifact;
  readonly name: string;
  /** The lines it was made for, as they were. */
  readonly snapshot: Snapshot | undefined;
  readonly examples: readonly TextExample[];
}

export interface Chat {
  answer(
    request: vscode.ChatRequest,
    stream: vscode.ChatResponseStream,
    token: vscode.CancellationToken,
  ): Promise<vscode.ChatResult>;
  /** Shows what the program makes of the lines it was asked for. @throws Notice */
  apply(id: string): Promise<unknown>;
  save(id: string): Promise<unknown>;
}

const mostKept = 50;
const previewRows = 5;
const shownCode = 8_000;

export function createChat(app: Workshop): Chat {
  const kept = new Map<string, Made>();
  const keep = (made: Made): string => {
    const id = made.program.id;
    kept.set(id, made);
    const oldest = kept.keys().next().value;
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return id;
  };
  const find = (id: string): Made => {
    const made = kept.get(id);
    if (!made)
      throw new Notice(
        vscode.l10n.t("This answer is from before the window was reloaded. Ask again to use its program."),
      );
    return made;
  };

  const make = async (
    { words, examples }: { words: string; examples: readonly TextExample[] },
    snapshot: Snapshot | undefined,
    stream: vscode.ChatResponseStream,
    signal: AbortSignal,
  ): Promise<void> => {
    stream.progress(vscode.l10n.t("Learning from your examples"));
    const { client } = await app.backend.get();
    const lines = snapshot?.lines.map(({ text }) => text) ?? [];
    const question = words || vscode.l10n.t("Transform each line as the examples show.");
    const handlers = { onProgress: ({ message }: { message: string }) => stream.progress(message) };
    const wish = { question, language: app.programLanguage(), examples, inputs: lines };
    const program = await makeProgram(client, wish, handlers, signal);
    const name = (words || `${examples[0]?.input} → ${examples[0]?.output}`).replace(/\s+/g, " ").slice(0, 80);
    const id = keep({ program, name, snapshot, examples });
    stream.markdown(proofMarkdown(program));
    const shown = lines.slice(0, previewRows);
    if (shown.length > 0) {
      const outcomes = await runProgram(client, program, shown, { log: false, signal });
      const rows = outcomes.map(
        (outcome, at) => `${shown[at]} => ${outcome.ok ? textOf(outcome.output) : `✗ ${outcome.error}`}`,
      );
      stream.markdown(
        `\n\n${vscode.l10n.t("On the first lines of your selection:")}\n\n${fenced(rows.join("\n"), "text")}\n`,
      );
      stream.button({ command: "hapa.chat.apply", title: vscode.l10n.t("Apply to Selection"), arguments: [id] });
    }
    const run = { task: program.taskId, version: program.version };
    stream.button({ command: "hapa.runOnFile", title: vscode.l10n.t("Run on File…"), arguments: [run] });
    stream.button({ command: "hapa.chat.save", title: vscode.l10n.t("Save as Task…"), arguments: [id] });
  };

  return {
    async answer(request, stream, token) {
      const stop = new AbortController();
      const cancelling = token.onCancellationRequested(() => stop.abort());
      try {
        if (request.command === "validate") {
          const { answerProblems } = await import("./chat-validate.ts");
          await answerProblems(app, request.references, stream, stop.signal);
          return {};
        }
        const snapshot = currentPlace(app.previews.inFront())?.snapshot;
        const prompt =
          request.command === "explain" ? { words: request.prompt, examples: [] } : readPrompt(request.prompt);
        if (prompt.examples.length > 0) await make(prompt, snapshot, stream, stop.signal);
        else if (request.command === "transform") {
          throw new Notice(
            vscode.l10n.t("Give an example of what a line should become, such as: Lovelace, Ada => Ada Lovelace"),
          );
        } else {
          const attached = await attachedText(request.references, request.command === "explain" ? snapshot : undefined);
          if (request.command === "explain" && attached === "" && request.prompt.trim() === "") {
            throw new Notice(vscode.l10n.t("Select the code to explain, or attach it."));
          }
          await answerInWords(app, request, attached, snapshot, stream, token);
        }
        return {};
      } catch (error) {
        const { message, action, stopped } = explain(error);
        if (stopped || stop.signal.aborted) return {};
        const details = error instanceof Notice ? error.details : undefined;
        if (details) stream.markdown(inWords(details));
        if (action) stream.button({ command: action.command, title: inWords(action.label) });
        app.log.error(`@hapa: ${spoken(message)}`);
        return { errorDetails: { message: inWords(message) } };
      } finally {
        cancelling.dispose();
        app.backend.tell();
      }
    },
    async apply(id) {
      const { program, snapshot, examples } = find(id);
      if (!snapshot) throw new Notice(vscode.l10n.t("Nothing was selected when this was asked."));
      const { verification } = program;
      const lines = snapshot.lines.map(({ text }) => text);
      const doubts = doubtsAbout(lines, verification);
      return applyProgram(app, {
        program,
        snapshot,
        verification,
        doubts,
        oddExamples: oddExamples(examples, verification),
      });
    },
    async save(id) {
      const { program, name } = find(id);
      return saveTask(app, program.taskId, name);
    },
  };
}

/** What was proven, what is in doubt, and the program. */
function proofMarkdown({ code, language, verification }: Artifact): string {
  const notes = verification.notes.map((note) => `> ${inWords(noted(note))}`);
  const open = verification.ambiguous.map(
    ({ input, outputs }) => `- ${inline(input)}: ${outputs.map(inline).join(vscode.l10n.t(" or "))}`,
  );
  const shown = code.length > shownCode ? `${code.slice(0, shownCode)}\n…` : code;
  return [
    vscode.l10n.t("**Proven**: it is {0}.", inWords(describeProof(verification))),
    ...(notes.length > 0 ? [notes.join("\n>\n")] : []),
    ...(open.length > 0
      ? [
          `${vscode.l10n.t("Your examples leave these lines open; give the right one as a further example:")}\n\n${open.join("\n")}`,
        ]
      : []),
    fenced(shown, language),
  ].join("\n\n");
}

function inline(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `\`${text.replaceAll("`", "'").slice(0, 200)}\``;
}
